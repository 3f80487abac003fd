"""Jest and Vitest, whose reports and limits come from options, variables and configuration."""

from __future__ import annotations

import json
import posixpath
from collections.abc import Mapping
from typing import Any

from assurance.model.actions import Command, Part
from assurance.model.checks import TestRun
from assurance.model.unknown import is_unknown, unknown, why_unknown
from assurance.readers.arguments import Arguments
from assurance.readers.command_context import Call
from assurance.readers.test_runs import address_of, kind_of, number

_UNSEEN = "is decided by a configuration that is not seen"
_ONLY_LOOKS = ("--listTests", "--version", "--help", "--showConfig", "--clearCache")


def jest_run(call: Call) -> tuple[Part, ...]:
    """Read `jest`, with the reports that jest-junit writes."""
    given = call.arguments
    if given.has(*_ONLY_LOOKS):
        return (Command(text=call.invocation.text, directory=call.directory, hides=""),)
    project = call.projects.at(call.directory)
    config = project.jest if project else None
    package = project.package if project else {}
    covers = _covers(given, config)
    return (
        TestRun(
            tool="jest",
            kind=kind_of(" ".join(given.words)),
            directory=call.directory,
            targets=given.rest("--reporters", "--config", "-c", "--maxWorkers"),
            address=address_of(call),
            reports=_reports(call, config, package),
            coverage=_least(given, config) if covers else None,
            coverage_reports=_coverage_reports(call, config) if covers else (),
            in_browser=False,
            defeated_by=call.defeated_by,
        ),
    )


def _covers(given: Arguments, config: Mapping[str, Any] | None) -> bool:
    if given.has("--coverage", "--collectCoverage"):
        return given.value("--coverage", "--collectCoverage") != "false"
    return config is None or config.get("collectCoverage") is True


def _least(given: Arguments, config: Mapping[str, Any] | None) -> float | None:
    """Return the least percentage of lines over all files."""
    written = given.value("--coverageThreshold")
    if config is None and not (written and given.has("--coverage", "--collectCoverage")):
        return unknown(f"the coverage below which Jest fails {_UNSEEN}")
    if not written:
        stated: Any = (config or {}).get("coverageThreshold") or {}
    else:
        try:
            stated = json.loads(written)
        except json.JSONDecodeError:
            return unknown(f"--coverageThreshold {written} is decided by the run")
    found = (stated.get("global") or {}).get("lines") if isinstance(stated, dict) else None
    return float(found) if isinstance(found, int | float) else None


def _coverage_reports(call: Call, config: Mapping[str, Any] | None) -> tuple[str, ...]:
    directory = call.arguments.value("--coverageDirectory")
    if not directory:
        directory = str((config or {}).get("coverageDirectory") or "coverage")
    return (call.path(posixpath.join(directory.replace("<rootDir>/", ""), "lcov.info")),)


def _reports(
    call: Call, config: Mapping[str, Any] | None, package: Mapping[str, Any]
) -> tuple[str, ...]:
    options = _reporter(call.arguments, config)
    if options is None:
        return ()
    if is_unknown(options):
        found: tuple[str, ...] = unknown(why_unknown(options))
        return found
    settings = {**(package.get("jest-junit") or {}), **options}
    known = call.variables
    whole = known.get("JEST_JUNIT_OUTPUT_FILE") or settings.get("outputFile")
    if whole:
        return (call.path(_rooted(str(whole))),)
    directory = known.get("JEST_JUNIT_OUTPUT_DIR") or settings.get("outputDirectory") or ""
    name = known.get("JEST_JUNIT_OUTPUT_NAME") or settings.get("outputName") or "junit.xml"
    return (call.path(posixpath.join(_rooted(str(directory)), str(name))),)


def _rooted(path: str) -> str:
    return path.replace("<rootDir>/", "").replace("<rootDir>", ".")


def _reporter(given: Arguments, config: Mapping[str, Any] | None) -> Mapping[str, Any] | None:
    """Return the options of jest-junit; None where it does not report, unknown where unseen."""
    if given.has("--reporters"):
        named = [name for value in given.values("--reporters") for name in value.split(",")]
        return {} if "jest-junit" in named else None
    if config is None:
        return unknown(f"whether Jest writes a JUnit report {_UNSEEN}")
    for reporter in config.get("reporters") or ():
        name, options = (reporter, {}) if isinstance(reporter, str) else (reporter[0], reporter[-1])
        if name == "jest-junit":
            return options if isinstance(options, dict) else {}
    return None


def vitest_run(call: Call) -> tuple[Part, ...]:
    """Read `vitest`, whose reporter has the output file as an option of its own."""
    given = call.arguments
    if given.words[:1] not in ((), ("run",)) and not given.has("--run"):
        return (Command(text=call.invocation.text, directory=call.directory, hides=""),)
    reporters = given.values("--reporter")
    file = given.value("--outputFile.junit", "--outputFile")
    reports: tuple[str, ...] = ()
    if "junit" in reporters and file:
        reports = (call.path(file),)
    elif not reporters:
        reports = unknown(f"whether Vitest writes a JUnit report {_UNSEEN}")
    least = number(given.value("--coverage.thresholds.lines"))
    covers = given.has("--coverage", "--coverage.enabled")
    unseen: float = unknown(f"the coverage below which Vitest fails {_UNSEEN}")
    return (
        TestRun(
            tool="vitest",
            kind=kind_of(" ".join(given.words)),
            directory=call.directory,
            targets=given.rest("--reporter", "--outputFile", "--config")[1:],
            address=address_of(call),
            reports=reports,
            coverage=(unseen if least is None else least) if covers else None,
            coverage_reports=(call.path("coverage/lcov.info"),) if covers else (),
            in_browser=given.has("--browser"),
            defeated_by=call.defeated_by,
        ),
    )
