"""The separate resources in which a configuration writes the settings of another one."""

from __future__ import annotations

from typing import Any

from assurance.model.unknown import is_unknown, unknown
from assurance.readers.state import Resource


def attached(owner: Resource, path: str, *types: str) -> tuple[Any, ...]:
    """Return the resources of some types whose value at a path refers to the owner.

    One that may refer to it, or may not exist, stands in its place as unknown.
    """
    found = (_one(each, owner, path) for each in owner.state.of(*types))
    return tuple(each for each in found if each is not None)


def _one(each: Resource, owner: Resource, path: str) -> Any:
    value = each.get(path)
    if is_unknown(value):
        return unknown(f"whether {each.id} belongs to {owner.id} is not known")
    if each.target(path, owner.type) is not owner:
        return None
    missing = each.subject().existence
    return unknown(f"whether {each.id} exists: {missing}") if missing else each


def known_parts(*groups: tuple[Any, ...]) -> tuple[Resource, ...]:
    """Return the resources among what is attached, for the parts of a subject."""
    return tuple(each for group in groups for each in group if isinstance(each, Resource))
