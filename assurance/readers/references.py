"""From a reference in the evidence to the record that it means."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from assurance.model.unknown import is_unknown, unknown, why_unknown
from assurance.readers.kinds import Judged
from assurance.readers.state import TOKEN, Block, Resource, is_token

R = TypeVar("R", bound=Judged)


def by_id(records: Iterable[R]) -> dict[str, R]:
    """Return the records by the id of their subject."""
    return {record.subject.id: record for record in records}


def record_of(block: Block, value: Any, records: Mapping[str, R], noun: str, *types: str) -> R:
    """Return the record that a value means; unknown where it is outside the configuration."""
    if is_unknown(value):
        return unknown(f"the {noun} is not known: {why_unknown(value)}")
    target = block.resource.resolve(value, *types)
    found = records.get(target.id) if target is not None else None
    if found is not None:
        return found
    return unknown(f"{noun} {value} is not part of this configuration")


def identity(block: Block, path: str, *types: str) -> str:
    """Return what a reference means as an id: of the resource, else the text that is written."""
    value = block.get(path)
    if is_unknown(value) or not value:
        return value
    target = block.resource.resolve(value, *types)
    return str(value) if target is None else target.id


def is_missing(block: Block, value: Any) -> bool:
    """Whether a value refers to a resource that the configuration does not hold."""
    return is_token(value) and block.resource.resolve(value) is None


def sources(value: Any) -> tuple[str, ...]:
    """Return `TYPE.attribute` of every reference in a string, `data.` first for data sources."""
    found = TOKEN.findall(value) if isinstance(value, str) else ()
    return tuple(f"{_type(address)}.{attribute}" for address, attribute in found)


def _type(address: str) -> str:
    names = address.split(".")
    while names[0] == "module":
        names = names[2:]
    return f"data.{names[1]}" if names[0] == "data" else names[0]


def whole(value: Any, default: int = 0) -> int:
    """Return a whole number, also where it is written as text; unknown values stay unknown."""
    if is_unknown(value):
        return value
    if value in ("", None):
        return default
    try:
        return int(float(value))
    except (TypeError, ValueError):
        return unknown(f"{value!r} is not a number")


def flag(value: Any) -> bool:
    """Return a truth value, also where it is written as text; unknown values stay unknown."""
    return value if is_unknown(value) else value is True or str(value).lower() == "true"


def named(resources: Iterable[Resource], attribute: str, name: Any) -> tuple[Resource, ...]:
    """Return the resources whose attribute is known to have this value."""
    return tuple(
        resource
        for resource in resources
        if not is_unknown(resource.get(attribute)) and resource.get(attribute) == name
    )
