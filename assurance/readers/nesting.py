"""What is nested in a value of the evidence, found in one walk for all who look for something."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

Containers = list[tuple[str, dict[str, Any] | list[Any]]]
"""Mappings and lists with their JSON pointers, the outer before the inner."""

_NESTED = frozenset({dict, list})


def containers_in(value: Any, pointer: str = "") -> Containers:
    """Return every mapping and list of a value, itself included; evidence holds plain ones.

    Args:
        value: The value, thawed.
        pointer: Where it stands.
    """
    found: Containers = []
    if type(value) in _NESTED:
        _gather(value, pointer, found)
    return found


def _gather(value: Any, pointer: str, found: Containers) -> None:
    found.append((pointer, value))
    if type(value) is dict:
        for key, item in value.items():
            if type(item) in _NESTED:
                _gather(item, f"{pointer}/{escaped(key)}", found)
    else:
        for index, item in enumerate(value):
            if type(item) in _NESTED:
                _gather(item, f"{pointer}/{index}", found)


@lru_cache(maxsize=1 << 14)
def escaped(key: str) -> str:
    """Return a key as a part of a JSON pointer (RFC 6901)."""
    return key.replace("~", "~0").replace("/", "~1") if "~" in key or "/" in key else key
