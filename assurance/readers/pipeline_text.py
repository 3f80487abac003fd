"""A part of a definition of Harness with the place where it is written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from assurance.model.expressions import has_expression
from assurance.model.records import record
from assurance.model.subjects import Location
from assurance.model.unknown import is_unknown, unknown, why_unknown
from assurance.readers.state import Resource


@record(eq=False)
class Written:
    """A value of a definition.

    Attributes:
        value: As the evidence holds it.
        resource: The definition that it is written in.
        pointer: Where in it, as a JSON pointer.
    """

    value: Any
    resource: Resource
    pointer: str

    @property
    def location(self) -> Location:
        """Its file and line."""
        return self.resource.location_of(self.pointer)

    @property
    def mapping(self) -> Mapping[str, Any]:
        """Its value where it is a mapping; else an empty one."""
        value = self.value
        return value if isinstance(value, dict) else {}

    def at(self, *keys: str) -> Written:
        """Return what stands under the keys; a value of None where nothing does."""
        found, pointer = self.value, self.pointer
        for key in keys:
            found = found.get(key) if isinstance(found, dict) else None
            pointer = f"{pointer}/{key}"
        return Written(found, self.resource, pointer)

    def items(self) -> tuple[Written, ...]:
        """Return the items of a list; none where it is not one."""
        if not isinstance(self.value, list):
            return ()
        return tuple(
            Written(item, self.resource, f"{self.pointer}/{index}")
            for index, item in enumerate(self.value)
        )

    def text(self, key: str) -> str:
        """Return the text under a key: empty where there is none, unknown where a run decides."""
        found: Any = self.mapping.get(key)
        if is_unknown(found):
            return unknown(why_unknown(found))
        if has_expression(found):
            return unknown(f"{key} is {found}, which the run decides")
        return "" if found is None else str(found)

    def label(self, key: str) -> str:
        """Return the text under a key as it is written, expressions included."""
        found = self.mapping.get(key)
        if isinstance(found, str):
            return found
        return "" if found is None or is_unknown(found) else str(found)
