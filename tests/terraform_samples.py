"""Where the sample Terraform roots lie, and how to look into a collected body."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

SAMPLES = Path(__file__).parent / "fixtures/terraform"

Body = dict[str, Any]
Collect = Callable[..., Body]


def resource(body: Body, address: str) -> dict[str, Any]:
    """The one resource with an address."""
    return next(entry for entry in body["resources"] if entry["address"] == address)


def values(body: Body, address: str) -> dict[str, Any]:
    """The values of one resource."""
    found: dict[str, Any] = resource(body, address)["values"]
    return found
