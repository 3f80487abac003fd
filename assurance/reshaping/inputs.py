"""The fields that a template leaves open, and what its users put there."""

from __future__ import annotations

import re
from typing import Any

from assurance.reshaping.definitions import Path

RUNTIME = re.compile(r"<\+input>.*", re.DOTALL)
"""A field that is filled in later."""

OPENABLE = ("timeout", "serviceRef", "environmentRef", "command", "minimumCount", "message")
"""Fields whose value a template may take from its user."""

_NAMES = ("identifier", "name")


def inputs_of(node: Any) -> Any:
    """Return the part of a node that is filled in later, in its own shape; None where nothing is.

    What an input belongs to is found again by its type and identifier, or its name.
    """
    if isinstance(node, str):
        return node if RUNTIME.fullmatch(node) else None
    if isinstance(node, list):
        return [found for each in node if (found := inputs_of(each)) is not None] or None
    if not isinstance(node, dict):
        return None
    found = {key: part for key, each in node.items() if (part := inputs_of(each)) is not None}
    named = {key: node[key] for key in ("identifier", "name", "type") if key in node}
    if not found:
        return None
    wanted = {
        key: value for key, value in named.items() if key != "name" or "identifier" not in named
    }
    return {**wanted, **found}


def scalar_fields(node: Any, path: Path = ()) -> list[Path]:
    """Return the paths to fields that a template may leave open; through mappings only."""
    found: list[Path] = []
    for key, value in node.items() if isinstance(node, dict) else ():
        here = (*path, key)
        if isinstance(value, dict):
            found.extend(scalar_fields(value, here))
        elif key in OPENABLE and isinstance(value, str | int) and "<+" not in str(value):
            found.append(here)
    return found


def open_field(spec: dict[str, Any], inputs: dict[str, Any], path: Path) -> None:
    """Leave a field open and hand its value over, in place."""
    node, given = spec, inputs
    for key in ("", *path[:-1]):
        if key:
            node = node[str(key)]
            given = given.setdefault(str(key), {})
        if "type" in node:
            given.setdefault("type", node["type"])
    given[str(path[-1])] = node[str(path[-1])]
    node[str(path[-1])] = "<+input>"


def filled(spec: Any, inputs: Any) -> Any:
    """Return what a template holds, with the inputs put into it."""
    if isinstance(spec, dict) and isinstance(inputs, dict):
        for key, value in inputs.items():
            spec[key] = filled(spec[key], value) if key in spec else value
        return spec
    if isinstance(spec, list) and isinstance(inputs, list):
        return _filled_list(spec, inputs)
    is_open = isinstance(spec, str) and RUNTIME.fullmatch(spec)
    return inputs if is_open and inputs is not None else spec


def _filled_list(spec: list[Any], inputs: list[Any]) -> list[Any]:
    for given in inputs:
        index = next((i for i, each in enumerate(spec) if _key(each) == _key(given)), None)
        if index is not None:
            spec[index] = filled(spec[index], given)
    return spec


def _key(item: Any) -> tuple[object, ...]:
    """Return what identifies an item of a list: its kind and identifier, or its name."""
    if not isinstance(item, dict):
        return ("", item)
    if len(item) == 1:
        ((kind, body),) = item.items()
        if kind == "parallel":
            return ("parallel", *(_key(each) for each in body))
        return (kind, *_key(body)) if isinstance(body, dict) else (kind, "")
    named = next((item[key] for key in _NAMES if key in item), None)
    return ("", named)
