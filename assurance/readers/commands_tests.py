"""Commands that run tests."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from assurance.model.actions import Command, Part
from assurance.model.checks import SuiteVerification, TestKind, TestRun
from assurance.model.unknown import unknown
from assurance.readers.arguments import Arguments
from assurance.readers.command_context import Call
from assurance.readers.commands_jest import jest_run, vitest_run
from assurance.readers.test_runs import address_of, kind_of, number

_PYTEST_VALUES = (
    "-k",
    "-m",
    "-n",
    "-p",
    "-c",
    "-o",
    "-W",
    "--maxfail",
    "--tb",
    "--rootdir",
    "--cov",
)
_ONLY_LOOKS = ("--collect-only", "--co", "--version", "--help", "-h", "--fixtures", "--markers")
_SUITE = "verify"
_NO_TESTS = re.compile(r"lint|docs|static|format|type|style|bench|build|package|release")


def _pytest(call: Call) -> tuple[Part, ...]:
    given = call.arguments
    if given.has(*_ONLY_LOOKS):
        return (Command(text=call.invocation.text, directory=call.directory, hides=""),)
    project = call.projects.at(call.directory)
    configured = project.pytest_options if project else ()
    more = tuple(call.variables.get("PYTEST_ADDOPTS", "").split())
    options = Arguments((*configured, *more, *given.words))
    targets = given.rest(*_PYTEST_VALUES)
    reports = options.value("--junitxml", "--junit-xml")
    least = number(options.value("--cov-fail-under"))
    if least is None and project is not None:
        least = project.least_coverage
    return (
        TestRun(
            tool="pytest",
            kind=kind_of(" ".join(given.words), given),
            directory=call.directory,
            targets=targets,
            address=address_of(call),
            reports=(call.path(reports),) if reports else (),
            coverage=least if options.has("--cov") else None,
            coverage_reports=_coverage_reports(options, call),
            in_browser=options.has("--browser", "--headed", "--browser-channel"),
            defeated_by=call.defeated_by,
        ),
    )


def _coverage_reports(options: Arguments, call: Call) -> tuple[str, ...]:
    usual = {
        "xml": "coverage.xml",
        "html": "htmlcov",
        "json": "coverage.json",
        "lcov": "coverage.lcov",
    }
    found = []
    for written in options.values("--cov-report"):
        kind, _, path = written.partition(":")
        if kind in usual:
            found.append(call.path(path or usual[kind]))
    return tuple(found) if options.has("--cov") else ()


def _tox(call: Call) -> tuple[Part, ...]:
    given = call.arguments
    before, after = _divided(given.words)
    environments = _environments(Arguments(before))
    if _SUITE in environments:
        return (_suite(call, Arguments(after)),)
    words = " ".join(environments) or "tests"
    if _NO_TESTS.search(words):
        return (Command(text=call.invocation.text, directory=call.directory, hides=""),)
    run = Arguments(after)
    kept = run.value("--reports")
    reports = run.value("--junitxml", "--junit-xml") or (f"{kept}/junit.xml" if kept else "")
    return (
        TestRun(
            tool="tox",
            kind=kind_of(words, run),
            directory=call.directory,
            targets=environments,
            address=address_of(call),
            reports=(call.path(reports),) if reports else _unseen("which reports tox writes"),
            coverage=_unseen("which coverage tox asks for"),
            coverage_reports=_unseen("which coverage reports tox writes"),
            in_browser=_unseen("whether a browser is driven"),
            defeated_by=call.defeated_by,
        ),
    )


def _unseen(what: str) -> Any:
    return unknown(f"{what} is decided by a configuration that is not seen")


def _divided(words: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    if "--" not in words:
        return words, ()
    mark = words.index("--")
    return words[:mark], words[mark + 1 :]


def _environments(given: Arguments) -> tuple[str, ...]:
    """Return what `-e` names; it may stand at the end of a bundle, as in `-re`."""
    bundled = tuple(
        following
        for word, following in zip(given.words, given.words[1:], strict=False)
        if re.fullmatch(r"-[a-zA-Z]+e", word)
    )
    found = (*given.values("-e", "--env"), *bundled)
    return tuple(name for value in found for name in value.split(",") if name)


def _suite(call: Call, given: Arguments) -> SuiteVerification:
    reports = given.value("--reports", otherwise="reports")
    more = given.value("--junitxml", "--junit-xml")
    written = (f"{reports.rstrip('/')}/junit.xml", *((more,) if more else ()))
    kept = [call.outputs[name] for name in call.invocation.kept_in if name in call.outputs]
    return SuiteVerification(
        environment=given.value("--environment"),
        directory=call.directory,
        reports=tuple(call.path(path) for path in written),
        status_variable=kept[0] if kept else "",
        defeated_by="" if kept else call.defeated_by,
    )


def _playwright(call: Call) -> tuple[Part, ...]:
    given = call.arguments
    if call.program == "playwright" and given.words[:1] != ("test",):
        return (Command(text=call.invocation.text, directory=call.directory, hides=""),)
    variable = "PLAYWRIGHT_JUNIT_OUTPUT_NAME"
    written = call.variables.get(variable) or call.variables.get("PLAYWRIGHT_JUNIT_OUTPUT_FILE", "")
    reports: tuple[str, ...] = (call.path(written),) if written else ()
    if not written and not given.has("--reporter"):
        reports = unknown("which reports it writes is decided by a configuration that is not seen")
    return (_plain(call, TestKind.END_TO_END, reports, in_browser=True),)


def _other(*reports: str) -> Callable[[Call], tuple[Part, ...]]:
    """Return the reading of a tool that writes its reports to a usual place."""

    def read(call: Call) -> tuple[Part, ...]:
        if call.program not in ("locust", "k6") and not re.search(
            r"\b(test|verify|check|integrationTest|install|package)\b",
            " ".join(call.arguments.words),
        ):
            return (
                Command(text=call.invocation.text, directory=call.directory, hides="runs a build"),
            )
        kind = TestKind.LOAD if call.program in ("locust", "k6") else kind_of(call.invocation.text)
        found = tuple(call.path(path) for path in reports)
        return (_plain(call, kind, found, in_browser=False),)

    return read


def _plain(call: Call, kind: TestKind, reports: tuple[str, ...], *, in_browser: bool) -> TestRun:
    return TestRun(
        tool=call.program,
        kind=kind,
        directory=call.directory,
        targets=call.arguments.rest(),
        address=address_of(call),
        reports=reports,
        coverage=None,
        coverage_reports=(),
        in_browser=in_browser,
        defeated_by=call.defeated_by,
    )


TEST_COMMANDS: Mapping[str, Callable[[Call], tuple[Part, ...]]] = {
    "pytest": _pytest,
    "py.test": _pytest,
    "tox": _tox,
    "jest": jest_run,
    "vitest": vitest_run,
    "playwright": _playwright,
    "cypress": _playwright,
    "mvn": _other("target/surefire-reports/TEST-*.xml"),
    "mvnw": _other("target/surefire-reports/TEST-*.xml"),
    "gradle": _other("build/test-results/test/TEST-*.xml"),
    "gradlew": _other("build/test-results/test/TEST-*.xml"),
    "go": _other(),
    "unittest": _other(),
    "rspec": _other(),
    "locust": _other(),
    "k6": _other(),
}
"""Programs that run tests, as they are called; modules of Python by their own name."""
