"""What operations make: where it is then, and which operations work on it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import unquote, urlsplit

from assurance.collectors.http.description import Description, Operation


def below(described: Description, creation: Operation) -> Iterator[Operation]:
    """Yield the operations on what an operation makes."""
    for each in described.operations:
        if each.template.startswith(f"{creation.template}/{{"):
            yield each


def place_of(exchange: Mapping[str, Any]) -> str:
    """Return the path of what was made, as the answer tells it; empty where it does not."""
    location: str = exchange.get("response", {}).get("headers", {}).get("location", "")
    return urlsplit(location).path


def values_of(
    described: Description, creation: Operation, exchange: Mapping[str, Any]
) -> dict[str, Any]:
    """Return the parameter of paths below an operation that leads to what it made.

    It is the end of its place, or what the body of the answer calls by the same name.
    """
    first = next(below(described, creation), None)
    if first is None:
        return {}
    name = first.template.removeprefix(f"{creation.template}/{{").partition("}")[0]
    if place := place_of(exchange):
        return {name: unquote(place.rpartition("/")[2])}
    told = exchange.get("response", {}).get("json")
    return {name: told[name]} if isinstance(told, dict) and name in told else {}
