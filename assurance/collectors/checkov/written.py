"""Definitions and Dockerfiles as evidence holds them, in the form in which checkov wants them.

checkov's own reading of YAML takes the first document of a file, passes over what does not parse
and counts lines by YAML 1.1. The collector of definitions has read everything already, so its
values are handed over with their lines, and every verdict comes back for one entity.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from assurance.collectors.harness.entities import TYPES

YAML = "yaml"
DOCKERFILE = "dockerfile"
DOCKER_FILE = "docker_file"
_ROOTS = {kind: root for root, kind in TYPES.items()}

Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """One definition or Dockerfile.

    Attributes:
        address: Of the entity, as its own evidence calls it.
        type: Its type there.
        root: The `root` of that evidence.
        file: Relative to the system's directory.
        line: Of its beginning.
        values: What a definition holds, under its root key; empty for a Dockerfile.
        lines: JSON pointer into the values → line.
        text: The file's text, for comments that skip a policy, and all of a Dockerfile.
        fault: Why it could not be read, or empty.
    """

    address: str
    type: str
    root: str
    file: str
    line: int
    text: str
    values: Values = field(default_factory=dict)
    lines: Mapping[str, int] = field(default_factory=dict)
    fault: str = ""

    @property
    def framework(self) -> str:
        """Checkov's name for what reads it."""
        return DOCKERFILE if self.type == DOCKER_FILE else YAML


def entity_type(framework: str, entity: str) -> str:
    """The type of entity that a policy of a framework judges; the entity's own name elsewhere."""
    return DOCKER_FILE if framework == DOCKERFILE else TYPES.get(entity, entity)


def written(bodies: Iterable[Mapping[str, Any]], system: Path) -> tuple[Written, ...]:
    """Every definition and Dockerfile of the evidence bodies of a system."""
    return tuple(
        _written(resource, str(body["root"]), system)
        for body in bodies
        for resource in body["resources"]
        if resource["type"] in (*_ROOTS, DOCKER_FILE)
    )


def _written(resource: Mapping[str, Any], root: str, system: Path) -> Written:
    is_definition = resource["type"] in _ROOTS
    values = resource["values"]
    return Written(
        address=resource["address"],
        type=resource["type"],
        root=root,
        file=resource["file"],
        line=resource["line"],
        values=values if is_definition else {},
        lines=resource["lines"] if is_definition else {},
        text=_text(system / resource["file"]),
        fault="" if is_definition else values["fault"],
    )


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def order(found: Written, name: str, policies: Iterable[str] = ()) -> dict[str, Any]:
    """What the scanner is told about one of them; without policies, all are run."""
    definition = {}
    if found.framework == YAML:
        definition = {_ROOTS[found.type]: _marked(found.values, "", found.lines, found.line)}
    return {
        "name": name,
        "framework": found.framework,
        "definition": definition,
        "text": found.text,
        "policies": sorted(policies),
    }


def _marked(value: Any, pointer: str, lines: Mapping[str, int], line: int) -> Any:
    """The value with the lines that checkov's own reading would have put into every mapping."""
    line = lines.get(pointer, line)
    if isinstance(value, dict):
        marked = {
            name: _marked(held, f"{pointer}/{_escaped(name)}", lines, line)
            for name, held in value.items()
        }
        return {**marked, "__startline__": line, "__endline__": line}
    if isinstance(value, list):
        return [_marked(held, f"{pointer}/{n}", lines, line) for n, held in enumerate(value)]
    return value


def _escaped(name: str) -> str:
    return str(name).replace("~", "~0").replace("/", "~1")


def silent(
    found: Iterable[Written], types: Mapping[str, Iterable[str]], answered: set[tuple[str, str]]
) -> Iterator[tuple[Written, str]]:
    """Yield entity and policy where a policy of its type said nothing at all.

    Args:
        found: The entities.
        types: Policy → the types that it judges.
        answered: Address and policy of every verdict.
    """
    by_type: dict[str, list[str]] = {}
    for policy, judged in types.items():
        for kind in judged:
            by_type.setdefault(kind, []).append(policy)
    for one in found:
        for policy in sorted(set(by_type.get(one.type, ()))):
            if (one.address, policy) not in answered:
                yield one, policy
