"""The region of a resource, as a region that must be known to be compared."""

from __future__ import annotations

from typing import Any

from assurance.model.unknown import is_unknown, unknown
from assurance.readers.state import Resource


def region_of(resource: Resource) -> str:
    """Return the region that a resource is made in; unknown where nothing says it."""
    region: Any = resource.region
    if is_unknown(region) or region:
        return region if is_unknown(region) else str(region)
    hidden: str = unknown(f"the region of {resource.id} is not known")
    return hidden
