"""What a network ACL decides for a region of packets: a range of addresses and ports."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from ipaddress import ip_network

from assurance.model.addresses import ALL_PROTOCOLS, Network, is_public, network
from assurance.model.networks import AclEntry

_LARGE = 8
"""Ranges up to this prefix are a part of the internet that somebody will need."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """Packets of one protocol from or to a range of addresses, to a range of ports."""

    cidr: str
    protocol: str
    first: int
    last: int

    def __str__(self) -> str:
        span = str(self.first) if self.first == self.last else f"{self.first}-{self.last}"
        return f"{self.protocol} {span} of {self.cidr}"


def admitted(entries: Iterable[AclEntry], region: Region) -> AclEntry | None:
    """Return an entry that lets some packet of the region through, or None where none does."""
    for _, entry in _decisions(entries, region):
        if entry is not None and entry.allows:
            return entry
    return None


def refused(entries: Iterable[AclEntry], region: Region, *, is_broad: bool = False) -> str:
    """Return what refuses some packet of the region, or an empty text where all pass.

    For the internet at large (`is_broad`) small ranges that are refused do not count, nor do
    private ones: nobody needs every address of it.
    """
    for piece, entry in _decisions(entries, region):
        if is_broad and not _is_large(piece.cidr):
            continue
        if entry is None:
            return f"no entry allows {piece}"
        if not entry.allows:
            return f"{entry} refuses {piece}"
    return ""


def _is_large(cidr: str) -> bool:
    return is_public(cidr) and network(cidr).prefixlen <= _LARGE


def _decisions(
    entries: Iterable[AclEntry], region: Region
) -> Iterator[tuple[Region, AclEntry | None]]:
    """Cut the region into pieces, each with the entry that decides it; None is the last denial."""
    rest = [region]
    for entry in entries:
        if not rest:
            return
        if entry.ports.protocol not in (ALL_PROTOCOLS, region.protocol):
            continue
        left: list[Region] = []
        for piece in rest:
            hit, others = _cut(piece, entry)
            left.extend(others)
            if hit is not None:
                yield hit, entry
        rest = left
    for piece in rest:
        yield piece, None


def _cut(piece: Region, entry: AclEntry) -> tuple[Region | None, list[Region]]:
    """Return the part of a piece that an entry speaks of, and the parts it does not."""
    inside, outside = _cut_range(network(piece.cidr), network(entry.cidr))
    is_all = entry.ports.protocol == ALL_PROTOCOLS
    low = piece.first if is_all else max(piece.first, entry.ports.first)
    high = piece.last if is_all else min(piece.last, entry.ports.last)
    if inside is None or low > high:
        return None, [piece]
    others = [_region(piece, cidr, piece.first, piece.last) for cidr in outside]
    if piece.first < low:
        others.append(_region(piece, inside, piece.first, low - 1))
    if high < piece.last:
        others.append(_region(piece, inside, high + 1, piece.last))
    return _region(piece, inside, low, high), others


def _region(piece: Region, cidr: Network, first: int, last: int) -> Region:
    return Region(cidr=str(cidr), protocol=piece.protocol, first=first, last=last)


def _cut_range(piece: Network, entry: Network) -> tuple[Network | None, list[Network]]:
    if piece.version != entry.version or not piece.overlaps(entry):
        return None, [piece]
    if entry.prefixlen <= piece.prefixlen:
        return piece, []
    narrow = ip_network(str(entry))
    return narrow, list(ip_network(str(piece)).address_exclude(narrow))  # type: ignore[arg-type]
