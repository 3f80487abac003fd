"""What must hold for how images are declared: stages, user, health, stopping, what they ship."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from assurance.model.findings import Finding
from assurance.model.image_definitions import ImageDefinition, Instruction, Invoked, is_test
from assurance.rules.lists import listing

_COMPILERS = re.compile(
    r"^(gcc|g\+\+|cpp|clang|llvm|make|cmake|automake|autoconf|build-essential|build-base|gfortran|"
    r"cargo|rustc|golang(-go)?|go|python3?-dev|.*-dev|git|default-jdk|openjdk-\d+-jdk.*|npm|yarn)"
    r"(-\d[\w.]*)?([=~].*)?$"
)
_INSTALLERS = {
    ("apt-get", "install"),
    ("apt", "install"),
    ("apk", "add"),
    ("yum", "install"),
    ("dnf", "install"),
    ("microdnf", "install"),
}
_INITS = {"tini", "dumb-init", "catatonit", "s6-svscan", "init"}
_SHELLS = {"sh", "bash", "ash", "dash"}
_DEAF = {"npm", "yarn", "pnpm", "npx", "make"}
"""Programs that start another and do not pass signals on to it reliably."""


def _read(image: ImageDefinition, rule: Callable[[], Finding]) -> Finding:
    """Put a rule to a Dockerfile that could be read."""
    if image.fault:
        return Finding(holds=False, expected="a Dockerfile that says so", actual=image.fault)
    return rule()


def _absent(found: Iterable[tuple[Instruction, str]], expected: str, none: str) -> Finding:
    """Hold when nothing of a kind is found; else say where the first is."""
    all_found = tuple(found)
    return Finding(
        holds=not all_found,
        expected=expected,
        actual=listing(what for _, what in all_found) if all_found else none,
        location=all_found[0][0].location if all_found else None,
    )


def of(image: ImageDefinition, keyword: str) -> tuple[Instruction, ...]:
    """Return the instructions of a kind that the image is made of."""
    return tuple(each for each in image.shipped if each.keyword == keyword)


def installed(command: Invoked) -> tuple[str, ...]:
    """Return the packages that a command installs from a distribution."""
    words = [word.rpartition("/")[2] for word in command.words[:1]] + [
        word for word in command.words[1:] if not word.startswith("-")
    ]
    return tuple(words[2:]) if tuple(words[:2]) in _INSTALLERS else ()


def is_built_in_stages(image: ImageDefinition) -> Finding:
    """What is shipped is copied from a stage that is not shipped."""

    def rule() -> Finding:
        copied = [each for each in of(image, "COPY") if each.flag("from")]
        return Finding(
            holds=len(image.stages) > 1 and bool(copied),
            expected="a last stage that copies from an earlier one what it ships",
            actual=f"{len(image.stages)} stages, and the last copies from "
            f"{listing(each.flag('from') for each in copied) or 'none'}",
        )

    return _read(image, rule)


def ships_no_compiler(image: ImageDefinition) -> Finding:
    """Nothing that compiles, and no headers, are installed in what is shipped."""

    def found() -> Iterator[tuple[Instruction, str]]:
        for run in of(image, "RUN"):
            for command in run.commands:
                for package in installed(command):
                    if _COMPILERS.match(package):
                        yield run, f"{package} is installed in line {run.location.line}"

    expected = "no compiler, header or package manager is installed in the last stage"
    return _read(image, lambda: _absent(found(), expected, "none is"))


def ships_no_package_cache(image: ImageDefinition) -> Finding:
    """What installs in the last stage leaves no downloaded package behind."""

    def found() -> Iterator[tuple[Instruction, str]]:
        for run in of(image, "RUN"):
            for manager in _cache_left(image, run):
                yield run, f"{manager} leaves its cache in line {run.location.line}"

    expected = "what the last stage installs leaves no cache"
    return _read(image, lambda: _absent(found(), expected, "no cache is left"))


def _cache_left(image: ImageDefinition, run: Instruction) -> Iterator[str]:
    if run.flag("mount").startswith("type=cache") or any(
        "type=cache" in flag for flag in run.flags
    ):
        return
    texts = [command.text for command in run.commands]
    whole = " ".join(texts)
    for command in run.commands:
        program = command.words[0].rpartition("/")[2] if command.words else ""
        words = set(command.words)
        if program in ("apt-get", "apt") and "install" in words:
            if not re.search(r"rm\s+-\w*r\w*\s+(-\w+\s+)*.*/var/lib/apt/lists", whole):
                yield program
        elif program == "apk" and "add" in words and "--no-cache" not in words:
            yield program
        elif _installs_python(command) and not words & {"--no-cache-dir"} and not _pip_quiet(image):
            yield "pip"
        elif (
            program in ("npm", "yarn") and words & {"ci", "install"} and "cache clean" not in whole
        ):
            yield program


def _pip_quiet(image: ImageDefinition) -> bool:
    return any("PIP_NO_CACHE_DIR" in each.words for each in of(image, "ENV"))


def _installs_python(command: Invoked) -> bool:
    return "install" in command.words and any(
        re.fullmatch(r"(.*/)?pip[\d.]*", word) for word in command.words
    )


def ships_no_tests(image: ImageDefinition) -> Finding:
    """No test of the application is copied into the last stage from the context."""

    def found() -> Iterator[tuple[Instruction, str]]:
        for copy in (*of(image, "COPY"), *of(image, "ADD")):
            if copy.flag("from"):
                continue
            for source in copy.words[:-1]:
                for path in _tests_of(image, source):
                    yield copy, f"{path} is copied in line {copy.location.line}"

    expected = "no test is copied into the last stage"
    return _read(image, lambda: _absent(found(), expected, "none is"))


def _tests_of(image: ImageDefinition, source: str) -> tuple[str, ...]:
    plain = source.strip("./*").strip("/")
    if not plain:
        return image.test_paths
    return (plain,) if any(is_test(part) for part in plain.split("/")) else ()


def runs_as_numeric_user(image: ImageDefinition) -> Finding:
    """The last USER is a number other than 0, which an orchestrator can check without the image."""

    def rule() -> Finding:
        users = of(image, "USER")
        user = users[-1].words[0] if users and users[-1].words else ""
        identity = user.partition(":")[0]
        return Finding(
            holds=identity.isdigit() and int(identity) != 0,
            expected="a last USER with a numeric id other than 0",
            actual=f"USER {user}" if user else "no USER is set, so it may be root",
            location=users[-1].location if users else None,
        )

    return _read(image, rule)


def declares_health_check(image: ImageDefinition) -> Finding:
    """The last HEALTHCHECK is a command."""

    def rule() -> Finding:
        checks = of(image, "HEALTHCHECK")
        words = checks[-1].words if checks else ()
        return Finding(
            holds=bool(words) and words[0].upper() != "NONE",
            expected="a HEALTHCHECK",
            actual=str(checks[-1]) if checks else "none is declared",
            location=checks[-1].location if checks else None,
        )

    return _read(image, rule)


def stops_on_sigterm(image: ImageDefinition) -> Finding:
    """The application, or an init, is process 1 and gets SIGTERM.

    https://docs.docker.com/reference/dockerfile/#shell-form-entrypoint-example
    """
    return _read(image, lambda: _stopping(image))


def _stopping(image: ImageDefinition) -> Finding:
    signals = [each.words[0] for each in of(image, "STOPSIGNAL") if each.words]
    starts = of(image, "ENTRYPOINT") or of(image, "CMD")
    wanted = signals[-1] if signals else "SIGTERM"
    fault = _deafness(starts[-1]) if starts else "it declares neither ENTRYPOINT nor CMD"
    if wanted.upper() not in ("SIGTERM", "TERM", "15"):
        fault = f"it asks to be stopped by {wanted}"
    return Finding(
        holds=not fault,
        expected="an entry point in exec form, or an init, that is stopped by SIGTERM",
        actual=fault or str(starts[-1]),
        location=starts[-1].location if starts else None,
    )


def _deafness(start: Instruction) -> str:
    """Say why the application would not hear a signal; empty where it does."""
    words = start.words if start.exec_form else tuple(" ".join(start.words).split())
    program = words[0].rpartition("/")[2] if words else ""
    if program in _INITS:
        return ""
    script = words[-1] if program in _SHELLS else " ".join(words)
    is_shell = not start.exec_form or program in _SHELLS
    if is_shell and not re.search(r"(^|[;&\s])exec\s", script):
        return f"{start.keyword} starts it under a shell, which does not pass signals on"
    if program in _DEAF:
        return f"{start.keyword} starts it under {program}, which does not pass signals on reliably"
    return ""
