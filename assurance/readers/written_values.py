"""Values of a definition as the type that is wanted, whatever is written; nothing raises."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from assurance.model.unknown import is_unknown, unknown

_READ_DIFFERENTLY = ("yes", "on", "y", "1")
"""What older programs take for true, and others for text."""


def at(value: Any, *path: str) -> Any:
    """Return what stands at a path of mappings; None for nothing, unknown below what is unknown."""
    for key in path:
        if is_unknown(value):
            return value
        is_mapping = type(value) is dict or isinstance(value, dict)
        value = value.get(key) if is_mapping else None
    return value


def text(value: Any) -> str:
    """Return a scalar as text, as YAML writes it; empty for what is none."""
    if type(value) is str:
        return value
    if is_unknown(value):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, str | int | float) else ""


def texts(value: Any) -> tuple[str, ...]:
    """Return a list of scalars as texts; a single one is a list of one."""
    if is_unknown(value):
        return value
    if isinstance(value, dict) or value is None:
        return ()
    many = value if isinstance(value, Sequence) and not isinstance(value, str) else [value]
    return tuple(text(item) for item in many)


def truth(value: Any, what: str) -> bool:
    """Return whether something is switched on; unknown where the run decides it.

    Args:
        value: What is written.
        what: What it decides, for the reason.
    """
    if is_unknown(value):
        return value
    said = text(value).lower()
    if "<+" in said:
        found: bool = unknown(f"{what} is decided by the run: {said}")
        return found
    if said in _READ_DIFFERENTLY:
        doubted: bool = unknown(
            f"{what} is not certain: it is written {said}, which not all programs take for true"
        )
        return doubted
    return said == "true"


def whole(value: Any, what: str) -> int | None:
    """Return a number; None for nothing, unknown where the run decides it."""
    if is_unknown(value):
        return value
    said = text(value)
    if not said:
        return None
    try:
        return int(float(said))
    except ValueError:
        found: int = unknown(f"{what} is decided by the run: {said}")
        return found


def texts_by_name(value: Any) -> dict[str, str]:
    """Return variables, written as a mapping or as a list of names and values."""
    if isinstance(value, dict):
        found = {str(name): text(item) for name, item in value.items()}
    elif isinstance(value, Sequence) and not isinstance(value, str):
        found = {
            text(at(item, "name")): text(at(item, "value"))
            for item in value
            if isinstance(item, dict)
        }
    else:
        found = {}
    return {
        name: item for name, item in found.items() if not is_unknown(name) and not is_unknown(item)
    }
