"""Single passages of a packet: a route, an ACL, a security group; and whole ways made of them.

Each passage says whether it is open and which entry decides. A way is closed as soon as one
passage is known to be closed, also where others cannot be known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from assurance.model.addresses import overlap
from assurance.model.networks import (
    Hop,
    PeerKind,
    SecurityGroup,
    SecurityGroupRule,
    Subnet,
)
from assurance.model.parties import Party
from assurance.model.unknown import UnknownValue, is_unknown, unknown, why_unknown
from assurance.rules.acl_regions import Region, admitted

T = TypeVar("T")
F = TypeVar("F")


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """One passage, with the words for it."""

    is_open: bool
    text: str


Step = Callable[[], Passage]


def elements(parts: Iterable[T]) -> tuple[T, ...]:
    """Return the parts; parts that are unknown as a whole count as one unknown part."""
    return (unknown(why_unknown(parts)),) if is_unknown(parts) else tuple(parts)


def first(parts: Iterable[T], find: Callable[[T], F | None]) -> F | None:
    """Return the first thing found in a part; raises where only unknown parts could hold one."""
    doubt: UnknownValue | None = None
    for part in elements(parts):
        try:
            found = find(part)
        except UnknownValue as reason:
            doubt = doubt or reason
        else:
            if found is not None:
                return found
    if doubt:
        raise doubt
    return None


def ingress_of(groups: Iterable[SecurityGroup]) -> tuple[SecurityGroupRule, ...]:
    """Return the ingress rules of all groups; a group that is unknown counts as an unknown rule."""
    return tuple(
        rule
        for group in elements(groups)
        for rule in (
            (unknown(why_unknown(group)),) if is_unknown(group) else elements(group.ingress)
        )
    )


def walk(steps: Iterable[Step]) -> Passage:
    """Join steps into one way: open with its path, or closed with what closes it."""
    path: list[str] = []
    doubt: UnknownValue | None = None
    for step in steps:
        try:
            passage = step()
        except UnknownValue as reason:
            doubt = doubt or reason
            continue
        if not passage.is_open:
            return passage
        path.append(passage.text)
    if doubt:
        raise doubt
    return Passage(is_open=True, text=" → ".join(path))


def through_gateway(subnet: Subnet, version: int) -> Passage:
    """Whether the internet gateway leads to a subnet, for IPv4 or IPv6."""
    table = subnet.route_table
    route = first(
        table.routes,
        lambda one: (
            one if one.hop == Hop.INTERNET and _version(one.destination) == version else None
        ),
    )
    if route is None:
        return Passage(
            is_open=False,
            text=f"{table.subject.id} of {subnet.subject.id} has no IPv{version} route to an "
            "internet gateway",
        )
    return Passage(is_open=True, text=f"{route.target} (by {table.subject.id})")


def _version(destination: str) -> int:
    return 6 if ":" in destination else 4


def through_acl(subnet: Subnet, region: Region, *, outward: bool) -> Passage:
    """Whether the ACL of a subnet lets any packet of a region in or out."""
    acl = subnet.acl
    entries = acl.egress if outward else acl.ingress
    word = "out" if outward else "in"
    entry = admitted(entries, region)
    if entry is None:
        return Passage(is_open=False, text=f"{acl.subject.id} lets no {region} {word}")
    return Passage(is_open=True, text=f"{acl.subject.id} ({word}: {entry})")


def between(source: Subnet, destination: Subnet) -> Passage:
    """Whether routes lead from one subnet to another: inside a VPC always."""
    if source.vpc == destination.vpc:
        return Passage(is_open=True, text="the local route")
    table = source.route_table
    route = first(
        table.routes,
        lambda one: (
            one
            if one.hop in (Hop.PEERING, Hop.OTHER)
            and any(overlap(one.destination, cidr) for cidr in destination.cidr_blocks)
            else None
        ),
    )
    if route is None:
        text = f"{table.subject.id} has no route to {destination.vpc.subject.id}"
        return Passage(is_open=False, text=text)
    return Passage(is_open=True, text=f"{route.target} (by {table.subject.id})")


def through_groups(
    party: Party, other: Party, there: Subnet, port: int, *, outward: bool
) -> Passage:
    """Whether the groups of a party let it speak to, or be spoken to by, another on a port."""
    name = party.subject.id
    word = "call" if outward else "accept"
    if not party.is_filtered:
        return Passage(is_open=True, text=f"{name} has no security group")

    def rule_of(group: SecurityGroup) -> Passage | None:
        rules = group.egress if outward else group.ingress
        return first(rules, lambda rule: _matches(rule, group, other, there, port))

    found = first(party.security_groups, rule_of)
    if found is None:
        text = f"no group of {name} lets it {word} {other.subject.id} on {port}"
        return Passage(is_open=False, text=text)
    return found


def _matches(
    rule: SecurityGroupRule, group: SecurityGroup, other: Party, there: Subnet, port: int
) -> Passage | None:
    if rule.ports.admits("tcp", port) and is_peer(rule, other, there):
        return Passage(is_open=True, text=f"{group.subject.id} ({rule})")
    return None


def is_peer(rule: SecurityGroupRule, other: Party, there: Subnet) -> bool:
    """Whether a rule names a party, as it stands in one of its subnets."""
    peer = rule.peer
    if peer.kind == PeerKind.GROUP:
        return (
            first(
                other.security_groups,
                lambda group: group if group.subject.id == peer.value else None,
            )
            is not None
        )
    if peer.kind == PeerKind.CIDR:
        return any(overlap(peer.value, cidr) for cidr in there.cidr_blocks)
    if peer.kind == PeerKind.VPC:
        return peer.value == there.vpc.subject.id
    # AWS's own lists, and lists of others, hold addresses of services and edges.
    return False
