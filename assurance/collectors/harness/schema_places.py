"""Names the place of a value in a definition: the step or stage that it is in, and its field."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

_PARTS: Final = {"stage": "stage", "stepGroup": "step group", "step": "step"}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a value stands.

    Attributes:
        label: What to call the part that it is in: `step 'scan' (AquaTrivy)`.
        field: The way from that part to it: `spec.target.type`; empty for the part itself.
    """

    label: str
    field: str


def place_of(values: Any, path: list[str | int]) -> Place:
    """Return the place that a path leads to."""
    label, start, found = "the definition", 0, values
    for depth, part in enumerate(path, 1):
        try:
            found = found[part]
        except (KeyError, IndexError, TypeError):
            break
        if part in _PARTS and isinstance(found, dict):
            label, start = _label(_PARTS[str(part)], found), depth
    return Place(label=label, field=_field(path[start:]))


def _label(kind: str, values: dict[str, Any]) -> str:
    name = values.get("name") or values.get("identifier") or ""
    type_ = values.get("type")
    label = f"{kind} '{name}'" if name else f"a {kind}"
    return f"{label} ({type_})" if type_ and kind != "step group" else label


def _field(path: list[str | int]) -> str:
    field = ""
    for part in path:
        field += f"[{part}]" if isinstance(part, int) else f".{part}"
    return field.lstrip(".")
