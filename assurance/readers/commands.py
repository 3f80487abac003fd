"""Read a script as the parts of an action.

A command that is neither known to check, build, publish or deploy something, nor known to do
nothing of that, says so in `Command.hides`: what it does is not seen.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from assurance.model.actions import Command, Part, Unrecognised
from assurance.model.checks import TestRun
from assurance.model.unknown import is_unknown
from assurance.readers.command_context import Call
from assurance.readers.commands_images import IMAGE_COMMANDS
from assurance.readers.commands_packages import PACKAGE_COMMANDS, container
from assurance.readers.commands_releases import RELEASE_COMMANDS
from assurance.readers.commands_scans import SCAN_COMMANDS
from assurance.readers.commands_tests import TEST_COMMANDS
from assurance.readers.projects import Projects
from assurance.readers.shell import read_script
from assurance.readers.shell_words import Unreadable
from assurance.readers.test_runs import number

_HARMLESS = frozenset(
    json.loads(Path(__file__).with_name("harmless_commands.json").read_text(encoding="utf-8"))
)
"""Programs that neither check, build, publish nor deploy, whatever their arguments."""

_COMMANDS: Mapping[str, Callable[[Call], tuple[Part, ...]]] = {
    **TEST_COMMANDS,
    **SCAN_COMMANDS,
    **IMAGE_COMMANDS,
    **RELEASE_COMMANDS,
    **PACKAGE_COMMANDS,
}


def read_commands(
    text: str,
    *,
    stops_on_error: bool,
    variables: Mapping[str, str],
    directory: str,
    projects: Projects,
    outputs: Mapping[str, str],
) -> tuple[Part, ...]:
    """Return what a script does, in its order.

    Args:
        text: The script.
        stops_on_error: Whether it starts under `set -e`.
        variables: The environment that the step sets.
        directory: Where it starts.
        projects: The applications in the repository.
        outputs: Output variables of the step by the shell variable that they take.
    """
    try:
        found = read_script(
            text, stops_on_error=stops_on_error, variables=variables, directory=directory
        )
    except Unreadable as reason:
        return (Unrecognised(what=str(reason)),)
    names: dict[str, str] = {}
    parts: list[Part] = []
    for invocation in found:
        call = Call(
            invocation=invocation, projects=projects, outputs=outputs, names=names, read=read_call
        )
        parts += _with_coverage(call, parts) or read_call(call)
    return tuple(parts)


def read_call(call: Call) -> tuple[Part, ...]:
    """Return what one command does."""
    words = call.invocation.words
    program = call.program
    if words[:2] == ("docker", "run") or words[:2] == ("podman", "run"):
        return container(call)
    known = _COMMANDS.get(f"{program} {words[1]}" if len(words) > 1 else "") or _COMMANDS.get(
        program
    )
    if known is not None:
        return known(call)
    return (_other(call),)


def _other(call: Call) -> Command:
    program, words = call.program, call.invocation.words
    hides = ""
    if words[0].startswith(("$", "<+", "`")):
        hides = f"what {words[0]} stands for is decided by the run"
    elif program.endswith("activate") or words[1:] in (("--version",), ("--help",), ("-v",)):
        hides = ""
    elif program not in _HARMLESS:
        hides = f"runs `{call.invocation.text.strip()[:80]}`"
    elif words[0] in (".", "source") and not words[-1].endswith("activate"):
        hides = f"runs `{' '.join(words)}`"
    return Command(text=call.invocation.text, directory=call.directory, hides=hides)


def _with_coverage(call: Call, parts: list[Part]) -> tuple[Part, ...]:
    """Read `coverage report`, whose limit belongs to the tests before it."""
    if call.invocation.words[:2] != ("coverage", "report"):
        return ()
    least = number(call.arguments.value("--fail-under"))
    project = call.projects.at(call.directory)
    if least is None and project is not None:
        least = project.least_coverage
    for place in range(len(parts) - 1, -1, -1):
        run = parts[place]
        known = not is_unknown(call.defeated_by) and not call.defeated_by
        if isinstance(run, TestRun) and run.coverage is None and known:
            parts[place] = replace(run, coverage=least)
            break
    return (Command(text=call.invocation.text, directory=call.directory, hides=""),)
