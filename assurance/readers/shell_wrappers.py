"""Commands that run the command in their arguments."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

_TAKES_VALUE: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "env": frozenset({"-u", "--unset", "-C", "--chdir"}),
        "sudo": frozenset({"-u", "--user", "-g", "--group"}),
        "timeout": frozenset({"-s", "--signal", "-k", "--kill-after"}),
        "nice": frozenset({"-n", "--adjustment"}),
        "npx": frozenset({"-p", "--package"}),
        "bunx": frozenset(),
        "time": frozenset(),
        "nohup": frozenset(),
        "command": frozenset(),
        "exec": frozenset({"-a"}),
        "xvfb-run": frozenset({"-s", "--server-args", "-n"}),
        "dotenv": frozenset({"-e"}),
        "cross-env": frozenset(),
    }
)
"""Each with the options of its own that take a word."""

_RUNNERS = (
    ("poetry", "run"),
    ("pipenv", "run"),
    ("uv", "run"),
    ("uvx",),
    ("pdm", "run"),
    ("hatch", "run"),
    ("rye", "run"),
    ("pnpm", "exec"),
    ("pnpm", "dlx"),
    ("npm", "exec"),
    ("yarn", "exec"),
    ("yarn", "dlx"),
    ("coverage", "run"),
    ("aws-vault", "exec"),
    ("busybox",),
)
_SHELLS = ("bash", "sh", "zsh", "dash", "ash")
_MANY = 12
_INSTALLED = re.compile(r"node_modules/(?:\.bin/|@[\w.-]+/)?([\w-]+)(?:$|/)")


def unwrapped(words: tuple[str, ...]) -> tuple[tuple[str, ...], Mapping[str, str]]:
    """Return the command that runs in the end, and the variables that wrappers set for it."""
    settings: dict[str, str] = {}
    for _ in range(_MANY):
        inner = _within(words, settings)
        if inner is None:
            break
        words = inner
    return words, settings


def _within(words: tuple[str, ...], settings: dict[str, str]) -> tuple[str, ...] | None:
    if not words:
        return None
    program = words[0].rpartition("/")[2]
    for runner in _RUNNERS:
        if words[: len(runner)] == runner and len(words) > len(runner):
            return _after_options(words[len(runner) :], frozenset(), settings) or None
    if program in _TAKES_VALUE and len(words) > 1:
        rest = _after_options(words[1:], _TAKES_VALUE[program], settings)
        return (rest[1:] if program == "timeout" else rest) or None
    if _is_python(program) and len(words) > 2 and words[1] == "-m":
        return words[2:]
    return _package(words) if program == "node" else None


def _package(words: tuple[str, ...]) -> tuple[str, ...] | None:
    """Return the program of an installed package that Node is told to run by its path."""
    for number, word in enumerate(words[1:], 1):
        if not word.startswith("-"):
            found = _INSTALLED.search(word)
            return (found[1], *words[number + 1 :]) if found else None
    return None


def _is_python(program: str) -> bool:
    return (
        program.startswith("python") and program.removeprefix("python").strip("0123456789.") == ""
    )


def _after_options(
    words: tuple[str, ...], with_value: frozenset[str], settings: dict[str, str]
) -> tuple[str, ...]:
    """Return the words after options and assignments, which are taken into `settings`."""
    while words:
        name, sign, value = words[0].partition("=")
        if words[0] == "--":
            return words[1:]
        if words[0].startswith("-"):
            words = words[2 if words[0] in with_value else 1 :]
        elif sign and name.isidentifier():
            settings[name] = value
            words = words[1:]
        else:
            break
    return words


def nested_script(words: tuple[str, ...]) -> tuple[str, bool] | None:
    """Return the text that `sh -c` or `eval` runs, and whether it stops at errors."""
    if words[:1] == ("eval",) and len(words) > 1:
        return " ".join(words[1:]), False
    if not words or words[0].rpartition("/")[2] not in _SHELLS:
        return None
    stops = False
    for number, word in enumerate(words[1:], 1):
        if not word.startswith("-"):
            return None
        stops = stops or ("e" in word and not word.startswith("--"))
        if not word.startswith("--") and "c" in word and number + 1 < len(words):
            return words[number + 1], stops
    return None
