"""Protocols and ports as security groups and network ACLs write them."""

from __future__ import annotations

from typing import Any

from assurance.model.addresses import ALL_PROTOCOLS, EVERYTHING, Ports
from assurance.model.unknown import is_unknown
from assurance.readers.references import whole
from assurance.readers.state import Block

_NAMES = {"6": "tcp", "17": "udp", "1": "icmp", "58": "icmpv6", "all": ALL_PROTOCOLS}
_PORTLESS = {"icmp", "icmpv6"}


def read_ports(block: Block) -> Ports:
    """Return what a rule admits; `-1`, `all`, and ICMP types and codes included."""
    protocol = _protocol(block)
    if is_unknown(protocol):
        return Ports(protocol=protocol, first=0, last=65535)
    if protocol == ALL_PROTOCOLS:
        return EVERYTHING
    if protocol in _PORTLESS:
        return Ports(protocol=protocol, first=0, last=65535)
    return Ports(protocol=protocol, first=_port(block, "from_port"), last=_port(block, "to_port"))


def _protocol(block: Block) -> Any:
    value = block.get("ip_protocol", None)
    if value is None:
        value = block.get("protocol", None)
    if value is None:
        return ALL_PROTOCOLS
    if is_unknown(value):
        return value
    return _NAMES.get(str(value).lower(), str(value).lower())


def _port(block: Block, path: str) -> Any:
    value = block.get(path, None)
    port = whole(value, default=-1)
    if is_unknown(port) or port >= 0:
        return port
    return 0 if path == "from_port" else 65535
