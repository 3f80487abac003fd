"""A nested block of a resource, as values that can be asked and references that can be followed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from assurance.model.unknown import is_unknown

if TYPE_CHECKING:
    from assurance.readers.state import Resource


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """A nested block, or an object, of a resource.

    Attributes:
        values: Its thawed content.
        resource: The resource that it stands in.
    """

    values: Mapping[str, Any]
    resource: Resource

    def get(self, path: str, default: Any = "") -> Any:
        """Return the value at a dotted path, or `default` where it is unset.

        Single blocks are stepped into without an index. An unknown value on the way is returned.
        """
        found: Any = self.values
        for name in path.split(".") if "." in path else (path,):
            if type(found) is list:
                found = found[0] if found else {}
            if type(found) is not dict:
                return found if is_unknown(found) else default
            found = found.get(name)
            if found is None:
                return default
        return found

    def is_set(self, path: str) -> bool:
        """Whether the configuration sets something here, be it unknown."""
        return self.get(path, None) is not None

    def blocks(self, path: str) -> Any:
        """Return the blocks at a path as a tuple of `Block`; unknown where they are unknown."""
        found = self.get(path, ())
        if is_unknown(found):
            return found
        items = found if isinstance(found, list | tuple) else (found,)
        return tuple(
            item if is_unknown(item) else Block(item, self.resource)
            for item in items
            if is_unknown(item) or isinstance(item, dict)
        )

    def listed(self, path: str) -> Any:
        """Return a list or set of plain values as a tuple; a scalar counts as a list of one."""
        found = self.get(path, ())
        if is_unknown(found):
            return found
        return tuple(found) if isinstance(found, list | tuple) else (found,)

    def target(self, path: str, *types: str) -> Resource | None:
        """Return the resource that the value at a path refers to, or None where there is none."""
        return self.resource.resolve(self.get(path, None), *types)

    def targets(self, path: str, *types: str) -> tuple[Resource | None, ...]:
        """Return for each item of a list the resource that it refers to, or None."""
        found = self.listed(path)
        items = () if is_unknown(found) else found
        return tuple(self.resource.resolve(item, *types) for item in items)
