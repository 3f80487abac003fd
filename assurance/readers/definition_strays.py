"""Finds the fields of a part that stand a level too high or too low."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from assurance.model.definitions import Stray
from assurance.readers import definition_places as places
from assurance.readers.definition_outline import Node
from assurance.readers.definition_places import Table
from assurance.readers.state import Resource

_LEVELS: Final[Mapping[str, tuple[tuple[str, Table], ...]]] = {
    "pipeline": (("", places.PIPELINE),),
    "stage": (
        ("", places.STAGE),
        ("/spec", places.STAGE_SPEC),
        ("/spec/execution", places.EXECUTION),
        ("/when", places.STAGE_CONDITION),
    ),
    "step group": (("", places.GROUP), ("/when", places.STEP_CONDITION)),
    "step": (
        ("", places.STEP),
        ("/spec", places.STEP_SPEC),
        ("/when", places.STEP_CONDITION),
    ),
    "service": (
        ("", places.OF_TYPE["harness_service"]),
        ("/serviceDefinition", places.SERVICE_DEFINITION),
    ),
    "template": (("", places.OF_TYPE["harness_template"]),),
    "infrastructure definition": (
        ("", places.OF_TYPE["harness_infrastructure"]),
        ("/spec", places.INFRASTRUCTURE_SPEC),
    ),
    "connector": (("", places.OF_TYPE["harness_connector"]),),
    "secret": (("", places.OF_TYPE["harness_secret"]),),
    "trigger": (("", places.OF_TYPE["harness_trigger"]),),
    "input set": (("", places.OF_TYPE["harness_input_set"]),),
}
"""For each kind of part, the mappings in it that are looked at, by pointer from the part."""


def strays_of(node: Node, resource: Resource) -> tuple[Stray, ...]:
    """Return the fields of a part that stand where Harness does not look for them."""
    return tuple(
        Stray(name=name, belongs=belongs, location=resource.location_of(node.pointer + pointer))
        for pointer, name, belongs in _found(node)
    )


def _found(node: Node) -> Iterator[tuple[str, str, str]]:
    for pointer, table in _LEVELS.get(node.kind, ()):
        yield from _in(_at(node.values, pointer), pointer, table)
    if node.kind == "stage":
        yield from _older(node.values.get("spec"))
    for key, table in (
        ("failureStrategies", places.FAILURE_STRATEGY),
        ("notificationRules", places.NOTIFICATION_RULE),
    ):
        listed = node.values.get(key)
        for number, item in enumerate(listed if isinstance(listed, list) else ()):
            pointer = f"/{key}/{number}"
            yield from _in(item, pointer, table)
            if key == "failureStrategies":
                action = f"{pointer}/onFailure/action"
                yield from _in(_at(item, "/onFailure/action"), action, places.ACTION)


def _older(spec: Any) -> Iterator[tuple[str, str, str]]:
    """Yield what stands in the form that Harness has left."""
    for name, (now, known_by) in places.OLDER.items():
        written = spec.get(name) if isinstance(spec, dict) else None
        if isinstance(written, dict) and (not known_by or not known_by.isdisjoint(written)):
            yield f"/spec/{name}", name, now


def _in(values: Any, pointer: str, table: Table) -> Iterator[tuple[str, str, str]]:
    if isinstance(values, dict) and not table.keys().isdisjoint(values):
        for name in values:
            if name in table:
                yield f"{pointer}/{name}", name, table[name]


def _at(values: Any, pointer: str) -> Any:
    if not pointer:
        return values
    for name in pointer.split("/")[1:]:
        values = values.get(name) if isinstance(values, dict) else None
    return values
