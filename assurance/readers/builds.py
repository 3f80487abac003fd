"""What the runs that a trigger starts clone: from its inputs, its input sets or the pipeline."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from assurance.model.triggers import Build
from assurance.model.unknown import is_unknown, unknown
from assurance.readers.embedded_yaml import decoded_yaml
from assurance.readers.entities import Entities
from assurance.readers.state import Resource

_PATHS = (
    ("properties", "ci", "codebase", "build"),
    ("template", "templateInputs", "properties", "ci", "codebase", "build"),
)
_VALUES = {"branch": "branch", "tag": "tag", "PR": "number", "commitSha": "commitSha"}


def read_build(trigger: Resource, pipeline: str, entities: Entities) -> Build:
    """Return the build of a trigger's runs; later inputs win over earlier ones.

    Inputs that the trigger itself gives win over those of its input sets; what neither gives is
    what the pipeline states.
    """
    found = Build(kind="", value="")
    for written in _inputs(trigger, pipeline, entities):
        if is_unknown(written):
            return written
        for path in _PATHS:
            build = _at(written, path)
            if isinstance(build, dict):
                found = _build(build)
    return found


def _inputs(trigger: Resource, pipeline: str, entities: Entities) -> Iterator[Any]:
    for found in entities.find("pipeline", pipeline, trigger):
        yield found.values
    listed = trigger.get("inputSetRefs", [])
    for name in listed if isinstance(listed, list) else ():
        yield from _input_set(str(name), trigger, entities, frozenset())
    inputs = decoded_yaml(trigger.get("inputYaml", None))
    if inputs is not None:
        yield inputs if is_unknown(inputs) else _pipeline_of(inputs)


def _input_set(
    name: str, trigger: Resource, entities: Entities, within: frozenset[str]
) -> Iterator[Any]:
    """Yield what an input set gives; an overlay gives what its parts give, one after another."""
    found = entities.one("input set", name, trigger)
    if found is None:
        yield unknown(f"the input set {name} is not in the repository")
        return
    for part in found.get("inputSetReferences", []) or ():
        if str(part) not in within | {name}:
            yield from _input_set(str(part), trigger, entities, within | {name})
    yield _pipeline_of(found.values)


def _pipeline_of(inputs: Any) -> Any:
    return inputs.get("pipeline") if isinstance(inputs, dict) else None


def _at(value: Any, path: tuple[str, ...]) -> Any:
    for name in path:
        value = value.get(name) if isinstance(value, dict) else None
    return value


def _build(build: Mapping[str, Any]) -> Build:
    kind = str(build.get("type") or "")
    value = _at(build, ("spec", _VALUES.get(kind, "branch")))
    return Build(kind=kind, value=str(value or ""))
