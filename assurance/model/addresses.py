"""Arithmetic on address ranges and ports, as networks count them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from ipaddress import IPv4Network, IPv6Network, ip_network

from assurance.model.unknown import is_unknown

Network = IPv4Network | IPv6Network

PRIVATE = tuple(
    ip_network(cidr)
    for cidr in (
        "10.0.0.0/8",
        "172.16.0.0/12",
        "192.168.0.0/16",
        "100.64.0.0/10",
        "169.254.0.0/16",
        "127.0.0.0/8",
        "fc00::/7",
        "fe80::/10",
    )
)
"""Ranges that no packet from the internet carries as its source."""

EPHEMERAL = (1024, 65535)
"""The ports on which answers arrive, for all clients that AWS's documentation names."""

LAST_PORT = 65535
ALL_PROTOCOLS = "-1"


def network(cidr: str) -> Network:
    """Return a CIDR as a network; host bits are ignored, as AWS does."""
    return _parsed(str(cidr))


@lru_cache(maxsize=8192)
def _parsed(cidr: str) -> Network:
    return ip_network(cidr, strict=False)


def contains(outer: str, inner: str) -> bool:
    """Whether every address of `inner` is in `outer`."""
    wide, narrow = network(outer), network(inner)
    return wide.version == narrow.version and narrow.subnet_of(wide)  # type: ignore[arg-type]


def overlap(left: str, right: str) -> bool:
    """Whether two ranges share an address."""
    return network(left).overlaps(network(right))


def is_public(cidr: str) -> bool:
    """Whether a range holds an address of the internet, be it one of many."""
    found = network(cidr)
    return not any(
        found.version == private.version and found.subnet_of(private)  # type: ignore[arg-type]
        for private in PRIVATE
    )


def is_anywhere(cidr: str) -> bool:
    """Whether a range is the whole internet."""
    return network(cidr).prefixlen == 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Ports:
    """A protocol and a range of ports.

    Attributes:
        protocol: `tcp`, `udp`, `icmp`, `icmpv6`, a protocol number, or `-1` for all.
        first: The lowest port.
        last: The highest port.
    """

    protocol: str
    first: int
    last: int

    def admits(self, protocol: str, port: int) -> bool:
        """Whether a packet of this protocol to this port is in the range."""
        if self.protocol == ALL_PROTOCOLS:
            return True
        return self.protocol == protocol and self.first <= port <= self.last

    def covers(self, protocol: str, first: int, last: int) -> bool:
        """Whether the whole of another range is in this one."""
        if self.protocol == ALL_PROTOCOLS:
            return True
        return self.protocol == protocol and self.first <= first and last <= self.last

    @property
    def is_everything(self) -> bool:
        """Whether it limits nothing that matters: all protocols, or all ports of one."""
        return self.protocol == ALL_PROTOCOLS or (self.first == 0 and self.last == LAST_PORT)

    def __str__(self) -> str:
        if any(is_unknown(part) for part in (self.protocol, self.first, self.last)):
            return "ports that cannot be known"
        if self.protocol == ALL_PROTOCOLS:
            return "all protocols"
        if self.protocol not in {"tcp", "udp"}:
            return self.protocol
        if (self.first, self.last) == (0, LAST_PORT):
            return f"{self.protocol} all ports"
        span = str(self.first) if self.first == self.last else f"{self.first}-{self.last}"
        return f"{self.protocol} {span}"


EVERYTHING = Ports(protocol=ALL_PROTOCOLS, first=0, last=LAST_PORT)
