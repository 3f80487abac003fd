"""The other ends that a security group's rule names: ranges, groups, prefix lists, itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from assurance.model.networks import Peer, PeerKind
from assurance.model.unknown import is_unknown
from assurance.readers.ranges import address_range
from assurance.readers.state import Block, Resource, State, is_token
from assurance.readers.vpcs import VPC_TYPES, named, outside

_RANGES = ("cidr_blocks", "ipv6_cidr_blocks", "cidr_ipv4", "cidr_ipv6")
_LISTS = ("prefix_list_ids", "prefix_list_id")
_GROUPS = ("security_groups", "source_security_group_id", "referenced_security_group_id")

GroupId = Callable[[Block, object], str]


class Peers:
    """Reads peers; what a group's value leads to is decided by the caller's function."""

    def __init__(self, state: State, group_id: GroupId) -> None:
        self._group_id = group_id
        self._entries = state.of("aws_ec2_managed_prefix_list_entry")

    def of(self, block: Block, group: str) -> Iterator[Peer]:
        """Yield every peer of a rule that belongs to the security group with this id."""
        for path in _RANGES:
            for value in self._values(block, path):
                yield self._range(block, value)
        for path in _LISTS:
            for value in self._values(block, path):
                yield from self._prefix_list(block, value)
        for path in _GROUPS:
            for value in self._values(block, path):
                name = self._group_id(block, value)
                text = named(value, "security group") if is_unknown(name) else name
                yield Peer(kind=PeerKind.GROUP, value=name, text=text)
        yield from self._self(block, group)

    def _values(self, block: Block, path: str) -> tuple[Any, ...]:
        found = block.listed(path)
        return (found,) if is_unknown(found) else tuple(found)

    def _self(self, block: Block, group: str) -> Iterator[Peer]:
        stated = block.get("self", False)
        if is_unknown(stated):
            yield Peer(kind=PeerKind.GROUP, value=stated, text="perhaps itself")
        elif stated:
            yield Peer(kind=PeerKind.GROUP, value=group, text=group)

    def _range(self, block: Block, value: Any) -> Peer:
        if is_unknown(value):
            return Peer(kind=PeerKind.CIDR, value=value, text="an unknown range")
        if not is_token(value):
            found = address_range(value, block.resource.id)
            return Peer(kind=PeerKind.CIDR, value=found, text=str(value))
        target = block.resource.resolve(value)
        if target is not None and target.type in VPC_TYPES:
            # Whatever range it is, it is a VPC's own: no packet of the internet comes from there.
            return Peer(kind=PeerKind.VPC, value=target.id, text=f"the range of {target.id}")
        return Peer(kind=PeerKind.CIDR, value=outside(value, "the range"), text=str(value))

    def _prefix_list(self, block: Block, value: Any) -> Iterator[Peer]:
        target = block.resource.resolve(value)
        is_list = target is not None and target.type == "aws_ec2_managed_prefix_list"
        if target is not None and is_list and target.is_managed:
            yield from self._own_list(target)
            return
        yield Peer(
            kind=PeerKind.PREFIX_LIST, value=_list_name(value, target), text=_text(value, target)
        )

    def _own_list(self, target: Resource) -> Iterator[Peer]:
        inline = target.blocks("entry")
        separate = [
            entry
            for entry in self._entries
            if (found := entry.target("prefix_list_id")) is not None and found.id == target.id
        ]
        for entry in (*((inline,) if is_unknown(inline) else inline), *separate):
            value = entry if is_unknown(entry) else entry.get("cidr", None)
            yield self._range(target, value)


def _list_name(value: Any, target: Resource | None) -> str:
    if is_unknown(value):
        return value
    if target is None:
        return str(value)
    for path in ("name", "service_name"):
        found = target.get(path, None)
        if found is not None:
            return found
    return target.id


def _text(value: Any, target: Resource | None) -> str:
    name = _list_name(value, target)
    return "a prefix list that cannot be known" if is_unknown(name) else f"prefix list {name}"
