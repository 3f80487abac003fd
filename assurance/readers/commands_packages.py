"""Commands that run other commands: the scripts of a package, and containers."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Mapping
from dataclasses import replace

from assurance.model.actions import Command, Part
from assurance.model.checks import TestRun
from assurance.model.unknown import is_unknown, unknown
from assurance.readers.command_context import Call
from assurance.readers.shell import Invocation, read_script
from assurance.readers.shell_words import Unreadable
from assurance.readers.test_runs import address_of, kind_of

_DEEPEST = 4
_RUN_VALUES = (
    *("-v", "--volume", "-e", "--env", "--env-file", "-w", "--workdir", "-u", "--user", "--name"),
    *("--network", "--net", "--entrypoint", "--mount", "-p", "--publish", "--add-host", "--label"),
    *("--cap-add", "--cap-drop", "-l", "-m", "--memory", "--cpus", "--platform", "--pull", "-h"),
    *("--security-opt", "--tmpfs", "--ulimit", "--device", "--hostname", "--gpus", "--shm-size"),
)
_ENTRY_POINTS = {
    "aquasec/trivy": "trivy",
    "anchore/grype": "grype",
    "snyk/snyk": "snyk",
    "sonarsource/sonar-scanner-cli": "sonar-scanner",
    "zaproxy/zaproxy": "",
    "ghcr.io/zaproxy/zaproxy": "",
    "owasp/zap2docker-stable": "",
    "semgrep/semgrep": "",
    "returntocorp/semgrep": "",
    "projectdiscovery/nuclei": "nuclei",
    "hashicorp/terraform": "terraform",
    "amazon/aws-cli": "aws",
    "gcr.io/kaniko-project/executor": "executor",
    "cypress/included": "cypress",
    "grafana/k6": "k6",
    "owasp/dependency-check": "dependency-check",
}
"""Images with the program that they start; empty for those that are given one."""


def container(call: Call) -> tuple[Part, ...]:
    """Read `docker run`: the command is that of the image, or its arguments."""
    words = list(call.invocation.words[2:])
    settings = dict(call.variables)
    entry: str | None = None
    while words and words[0].startswith("-"):
        option, sign, value = words.pop(0).partition("=")
        if not sign and option in _RUN_VALUES and words:
            value = words.pop(0)
        if option in ("-e", "--env") and "=" in value:
            name, _, text = value.partition("=")
            settings[name] = text
        entry = value if option == "--entrypoint" else entry
    image = words.pop(0) if words else ""
    known = image.partition("@")[0].rpartition(":")[0] or image
    program = (
        entry if entry is not None else _ENTRY_POINTS.get(known.removeprefix("docker.io/"), "")
    )
    inner = (*((program,) if program else ()), *words)
    if not inner:
        hides = f"runs the image {image or 'of a command that is not seen'}"
        return (Command(text=call.invocation.text, directory=call.directory, hides=hides),)
    return _inner(call, " ".join(shlex.quote(word) for word in inner), settings)


def _inner(call: Call, script: str, variables: Mapping[str, str]) -> tuple[Part, ...]:
    """Read a command that this one runs."""
    if call.depth >= _DEEPEST:
        hides = f"runs `{script}`"
        return (Command(text=call.invocation.text, directory=call.directory, hides=hides),)
    outer = call.invocation
    directory: str = outer.directory
    try:
        found = read_script(script, stops_on_error=False, variables=variables, directory=directory)
    except Unreadable:
        hides = f"runs `{script}`"
        return (Command(text=outer.text, directory=call.directory, hides=hides),)
    parts: list[Part] = []
    for invocation in found:
        within = replace(_lost(invocation, outer), text=outer.text)
        parts += call.read(replace(call, invocation=within, depth=call.depth + 1))
    return tuple(parts)


def _lost(invocation: Invocation, within: Invocation) -> Invocation:
    """Return a command with the defeat of the one that runs it, where that has one."""
    if is_unknown(within.defeated_by) or within.defeated_by:
        return replace(invocation, defeated_by=within.defeated_by, kept_in=within.kept_in)
    return invocation


def _script(call: Call) -> tuple[Part, ...]:
    """Read `npm`, `yarn` and `pnpm`: what a script says, run with what follows `--`."""
    name, arguments, directory = _chosen(call)
    if not name:
        return (Command(text=call.invocation.text, directory=call.directory, hides=""),)
    if directory:
        moved = replace(call.invocation, directory=f"{call.invocation.directory}/{directory}")
        call = replace(call, invocation=moved)
    project = call.projects.at(call.directory)
    if project is None:
        return (_unseen(call, name),)
    text = project.scripts.get(name)
    if text is None:
        hides = f"runs the script {name}, which package.json does not hold"
        return (Command(text=call.invocation.text, directory=call.directory, hides=hides),)
    whole = " ".join((text, *(shlex.quote(word) for word in arguments)))
    return _inner(call, whole, call.variables)


def _chosen(call: Call) -> tuple[str, tuple[str, ...], str]:
    """Return the script, its arguments, and the directory that `--prefix` names."""
    given = call.arguments
    directory = given.value("--prefix", "--cwd", "-C", "--dir")
    words = list(given.rest("--prefix", "--cwd", "-C", "--dir", "-w", "--workspace"))
    if words[:1] in (["t"], ["tst"], ["test"]):
        name = "test"
    elif words[:1] in (["run"], ["run-script"]) and len(words) > 1:
        name = words[1]
    elif call.program in ("yarn", "pnpm") and words and words[0] not in _MANAGES:
        name = words[0]
    else:
        return "", (), ""
    after = given.words[given.words.index("--") + 1 :] if "--" in given.words else ()
    return name, after, directory


_MANAGES = (
    *("install", "add", "remove", "config", "set", "cache", "audit", "dlx", "exec", "why", "list"),
    *("init", "link", "pack", "version", "node", "bin", "info", "outdated", "up", "ci", "i"),
)


def _unseen(call: Call, name: str) -> Part:
    """Return a script that is not seen: tests where its name says so."""
    said = f"is decided by the script {name} of a package.json that is not seen"
    if "test" not in name and "e2e" not in name:
        hides = (
            "" if name in ("build", "lint", "typecheck", "format") else f"runs the script {name}"
        )
        return Command(text=call.invocation.text, directory=call.directory, hides=hides)
    return TestRun(
        tool=f"{call.program} {name}",
        kind=kind_of(name),
        directory=call.directory,
        targets=(),
        address=address_of(call),
        reports=unknown(f"which reports it writes {said}"),
        coverage=unknown(f"which coverage it asks for {said}"),
        coverage_reports=unknown(f"which coverage reports it writes {said}"),
        in_browser=unknown(f"whether it drives a browser {said}"),
        defeated_by=call.defeated_by,
    )


PACKAGE_COMMANDS: Mapping[str, Callable[[Call], tuple[Part, ...]]] = {
    "npm": _script,
    "yarn": _script,
    "pnpm": _script,
}
"""Programs that run the scripts of a package."""
