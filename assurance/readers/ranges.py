"""Address ranges as configurations write them."""

from __future__ import annotations

from ipaddress import ip_network
from typing import Any

from assurance.model.unknown import is_unknown, unknown


def address_range(value: Any, where: str) -> Any:
    """Return a CIDR; unknown where it is not decided yet, or is no range at all."""
    if is_unknown(value):
        return value
    text = str(value)
    if "$" in text:
        return unknown(f"the range {text} of {where} is not decided yet")
    try:
        ip_network(text, strict=False)
    except ValueError:
        return unknown(f"{text!r} of {where} is no address range")
    return text
