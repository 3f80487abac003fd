"""Parses the Dockerfile of each application into stages of instructions."""

from __future__ import annotations

import re
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any

import dockerfile

from assurance.collectors.docker.request import DockerRequest, ImageRequest

FORMAT = "dockerfiles/1"

_VARIABLE = re.compile(r"\$(?:\{(\w+)(?::?-([^}]*))?\}|(\w+))")
_ERROR_LINE = re.compile(r"line (\d+)")


def collect_dockerfiles(request: DockerRequest) -> dict[str, Any]:
    """Return the evidence body of kind `docker`: one `docker_file` for each application.

    A Dockerfile that is missing or cannot be parsed is a resource with a `fault`, and a diagnostic.
    """
    resources = [_resource(image, request.system) for image in request.images]
    return {
        "format": FORMAT,
        "root": ", ".join(resource["file"] for resource in resources),
        "tools": {"dockerfile": version("dockerfile")},
        "diagnostics": [
            {
                "severity": "error",
                "summary": resource["values"]["fault"],
                "detail": "",
                "file": resource["file"],
                "line": resource["line"],
            }
            for resource in resources
            if resource["values"]["fault"]
        ],
        "resources": resources,
    }


def _resource(image: ImageRequest, system: Path) -> dict[str, Any]:
    fault, line, parsed = _parsed(image.dockerfile)
    stages = [] if fault else _stages(parsed)
    lines = {
        f"/stages/{number}/instructions/{index}": instruction["line"]
        for number, stage in enumerate(stages)
        for index, instruction in enumerate(stage["instructions"])
    } | {f"/stages/{number}": stage["line"] for number, stage in enumerate(stages)}
    return {
        "address": f"docker_file.{image.application}",
        "mode": "managed",
        "type": "docker_file",
        "name": image.application,
        "module": "",
        "provider": "docker",
        "existence": "known",
        "values": {
            "application": image.application,
            "role": image.role,
            "fault": fault,
            "stages": stages,
            "ignored": _ignored(image.ignore_file),
            "context": sorted(path.name for path in image.context.iterdir()),
        },
        "lines": lines,
        "file": _relative(image.dockerfile, system),
        "line": line,
    }


def _parsed(file: Path) -> tuple[str, int, tuple[dockerfile.Command, ...]]:
    """Return what is wrong, in which line, and the instructions."""
    try:
        text = file.read_text(encoding="utf-8")
    except FileNotFoundError:
        return "there is no Dockerfile", 1, ()
    except (OSError, UnicodeDecodeError) as error:
        return f"the Dockerfile cannot be read ({error.__class__.__name__})", 1, ()
    try:
        commands = tuple(found for found in dockerfile.parse_string(text) if found.cmd)
    except dockerfile.GoParseError as error:
        line = _ERROR_LINE.search(str(error))
        return f"this is no Dockerfile: {error}", int(line[1]) if line else 1, ()
    if not any(command.cmd == "FROM" and command.value for command in commands):
        return "the Dockerfile names no image to start from", 1, ()
    return "", 1, commands


def _stages(commands: tuple[dockerfile.Command, ...]) -> list[dict[str, Any]]:
    arguments: dict[str, str] = {}
    stages: list[dict[str, Any]] = []
    for command in commands:
        if command.cmd == "FROM":
            stages.append(_stage(command, arguments))
        elif stages:
            stages[-1]["instructions"].append(_instruction(command))
        elif command.cmd == "ARG":
            _declare(arguments, command.value)
    return stages


def _declare(arguments: dict[str, str], words: tuple[str, ...]) -> None:
    """Add the global arguments that have a default; one may be made of those before it."""
    for word in words:
        name, equals, value = word.partition("=")
        default = _substituted(value.strip("\"'"), arguments)
        if equals and isinstance(default, str):
            arguments[name] = default


def _stage(command: dockerfile.Command, arguments: Mapping[str, str]) -> dict[str, Any]:
    written = command.value[0] if command.value else ""
    named = len(command.value) == 3 and command.value[1].upper() == "AS"
    return {
        "name": command.value[2] if named else "",
        "base": _substituted(written, arguments),
        "written": written,
        "line": command.start_line,
        "instructions": [],
    }


def _substituted(text: str, arguments: Mapping[str, str]) -> Any:
    """Return a base with its arguments in place; unknown where one has no default."""
    missing = []

    def value(match: re.Match[str]) -> str:
        name = match[1] or match[3]
        if name not in arguments and match[2] is None:
            missing.append(name)
        return arguments.get(name, match[2] or "")

    found = _VARIABLE.sub(value, text)
    if missing:
        return {"$unknown": f"the build argument {missing[0]} has no default"}
    return found


def _instruction(command: dockerfile.Command) -> dict[str, Any]:
    return {
        "keyword": command.cmd.upper(),
        "words": list(command.value),
        "exec_form": bool(command.json),
        "flags": list(command.flags),
        "text": command.original,
        "line": command.start_line,
    }


def _ignored(file: Path) -> list[str] | None:
    """Return the patterns of an ignore file; None where there is none."""
    if not file.is_file():
        return None
    lines = file.read_text(encoding="utf-8", errors="replace").splitlines()
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]


def _relative(path: Path, system: Path) -> str:
    return path.relative_to(system).as_posix() if path.is_relative_to(system) else str(path)
