"""The reference definitions, read as plain values, with every step of them found."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

REPOSITORY = Path(__file__).parents[2]
PROJECT = REPOSITORY / "harness" / "orgs" / "default" / "projects" / "workshop"
PARTIAL = ("templateInputs", "serviceInputs")


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a pipeline or of a template, wherever it stands."""

    file: Path
    values: dict[str, Any]

    @property
    def name(self) -> str:
        return f"{self.file.relative_to(PROJECT)}:{self.values['identifier']}"

    @property
    def type(self) -> str:
        return str(self.values["type"])

    @property
    def spec(self) -> dict[str, Any]:
        return dict(self.values["spec"])

    @property
    def command(self) -> str:
        return str(self.spec.get("command", ""))


def read(file: Path) -> Any:
    return yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)


def files(kind: str = "") -> list[Path]:
    """Every definition, or those of one kind; manifests are no definitions."""
    found = [file for file in PROJECT.rglob("*.yaml") if "manifests" not in file.parts]
    return sorted(file for file in found if not kind or set(read(file)) == {kind})


def nodes(value: Any, key: str) -> Iterator[dict[str, Any]]:
    """Everything under a key, at any depth, except in the partial copies that templates take."""
    if isinstance(value, dict):
        for name, item in value.items():
            if name == key and isinstance(item, dict):
                yield item
            if name not in PARTIAL:
                yield from nodes(item, key)
    elif isinstance(value, list):
        for item in value:
            yield from nodes(item, key)


def steps(*types: str) -> list[Step]:
    found = [
        Step(file, values)
        for kind in ("pipeline", "template")
        for file in files(kind)
        for values in nodes(read(file), "step")
    ]
    return [step for step in found if not types or step.type in types]


def entity(kind: str, identifier: str) -> dict[str, Any]:
    """The one definition of a kind with this identifier."""
    [found] = [
        values for file in files(kind) if (values := read(file)[kind])["identifier"] == identifier
    ]
    return dict(found)


def manifest(path: str) -> Any:
    return read(PROJECT / "manifests" / path)
