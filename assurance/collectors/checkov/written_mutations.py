"""Breaks one definition or Dockerfile in every simple way; pure.

Of places that are alike, such as the timeouts of ten steps of one type, the first stands for all.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from assurance.collectors.checkov.mutations import changed

Path = tuple[str | int, ...]

_IGNORED = [{"onFailure": {"errors": ["AllErrors"], "action": {"type": "Ignore"}}}]
_RETRIED = [
    {
        "onFailure": {
            "errors": ["AllErrors"],
            "action": {
                "type": "Retry",
                "spec": {"retryCount": 2, "onRetryFailure": {"action": {"type": "StageRollback"}}},
            },
        }
    }
]
# What a careless hand writes into a field, by its name.
WRITTEN: Mapping[str, tuple[Any, ...]] = {
    "failureStrategies": (_IGNORED, _RETRIED),
    "type": ("Ignore", "ManualConfig", "Production?"),
    "tags": (["latest"],),
    "image": ("busybox",),
    "webhookUrl": ("https://hooks.example.com/services/1",),
    "userGroups": (["_project_all_users"],),
    "secretManagerIdentifier": ("harnessSecretManager",),
    "valueType": ("Inline",),
    "minimumCount": (0,),
    "fail_on_severity": ("none",),
}
# What it adds to a block, by the field that the block is under.
ADDED: Mapping[str, tuple[tuple[str, Any], ...]] = {
    "step": (("failureStrategies", _IGNORED), ("failureStrategies", _RETRIED), ("reports", {})),
    "spec": (
        ("privileged", True),
        ("autoApproval", {"action": "APPROVE"}),
        ("rollbackSteps", []),
        ("accessKey", "AKIAIOSFODNN7EXAMPLE"),
        ("executeOnDelegate", False),
        ("variables", [{"name": "password", "type": "String", "value": "example"}]),
    ),
    "": (
        ("allowStageExecutions", True),
        ("enabled", False),
        ("variables", [{"name": "password", "type": "String", "value": "example"}]),
    ),
}
# Lines that a careless hand adds to the end of a Dockerfile.
LINES = (
    "USER root",
    'ENTRYPOINT ["sh", "-c", "application"]',
    "HEALTHCHECK NONE",
    "STOPSIGNAL SIGKILL",
    "RUN pip install flask",
    "RUN npm install",
    "RUN apt-get update",
    "RUN apt install curl",
    "ENV DATABASE_PASSWORD=example",
    "ADD https://example.com/archive /archive",
    "WORKDIR relative",
    "EXPOSE 22",
    "MAINTAINER somebody",
    "FROM debian:latest",
    "FROM debian:12.1 AS twice\nFROM debian:12.1 AS twice",
)


def broken_values(values: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield what was done to a definition, in words, and the broken values."""
    yield from (
        (f"with {name}", {**values, name: added})
        for name, added in ADDED[""]
        if values.get(name) != added
    )
    seen: set[tuple[str, ...]] = set()
    for path, held, kinds in _places(values, (), ()):
        if kinds in seen:
            continue
        seen.add(kinds)
        where = ".".join(map(str, path))
        yield f"without {where}", changed(values, path, remove=True)
        name = path[-1] if isinstance(path[-1], str) else ""
        for other in (*WRITTEN.get(name, ()), *_turned(held)):
            if other != held:
                yield f"{where} = {other}", changed(values, path, to=other)
        for added, content in ADDED.get(name, ()) if name and isinstance(held, dict) else ():
            yield f"{where} with {added}", changed(values, path, to={**held, added: content})


def _turned(held: Any) -> tuple[Any, ...]:
    if isinstance(held, bool):
        return (not held,)
    return ([],) if isinstance(held, list) and held else ()


def _places(
    value: Any, path: Path, kinds: tuple[str, ...]
) -> Iterator[tuple[Path, Any, tuple[str, ...]]]:
    """Every place, with what tells it from others: its fields, and types in place of indexes."""
    if isinstance(value, dict):
        for name, held in value.items():
            here = (*kinds, f"{name}:{_type(held)}")
            yield (*path, name), held, here
            yield from _places(held, (*path, name), here)
    elif isinstance(value, list):
        for index, held in enumerate(value):
            yield from _places(held, (*path, index), (*kinds, _type(held)))


def _type(value: Any) -> str:
    """What a block is: its type, and which fields it sets beneath."""
    if not isinstance(value, dict) or "type" not in value:
        return ""
    spec = value.get("spec")
    return " ".join((str(value["type"]), *(sorted(spec) if isinstance(spec, dict) else ())))


def broken_texts(text: str) -> Iterator[tuple[str, str]]:
    """Yield what was done to a Dockerfile, in words, and the broken text."""
    instructions = list(_instructions(text.splitlines()))
    for number, instruction in enumerate(instructions):
        rest = instructions[:number] + instructions[number + 1 :]
        yield f"without {instruction[:60]}", "\n".join(rest)
    for line in LINES:
        yield f"with {line}", "\n".join((*instructions, line))


def _instructions(lines: list[str]) -> Iterator[str]:
    """Yield the instructions, each with the lines that continue it, without comments."""
    held: list[str] = []
    for line in lines:
        if line.strip() and not line.lstrip().startswith("#"):
            held.append(line)
            if not line.rstrip().endswith("\\"):
                yield "\n".join(held)
                held = []
    if held:
        yield "\n".join(held)
