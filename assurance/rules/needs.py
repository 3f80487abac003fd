"""The flows that a system needs: those that security groups open on both ends.

Groups say what is wanted, in both directions of a call; the ACLs have to agree with them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from assurance.model.addresses import is_public
from assurance.model.networks import Hop, PeerKind, SecurityGroupRule, Subnet
from assurance.model.parties import Parties, Party, Role
from assurance.model.unknown import UnknownValue, is_unknown, unknown
from assurance.rules.callers import may_call, named_callers
from assurance.rules.passages import elements, first, through_groups

INTERNET = "0.0.0.0/0"

_LISTENERS = (Role.SERVICE, Role.DATABASE, Role.ENDPOINT, Role.LOAD_BALANCER)
_CALLERS = (
    Role.LOAD_BALANCER,
    Role.SERVICE,
    Role.DELEGATE,
    Role.FUNCTION,
    Role.ROTATION,
    Role.HOST,
)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Need:
    """A flow that is needed; no `destination` means the internet, or a service outside the VPC."""

    source: Party
    destination: tuple[Party, ...]
    port: int

    def __str__(self) -> str:
        to = self.destination[0].subject.id if self.destination else "the internet"
        return f"{self.source.subject.id} → {to}:{self.port}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Half:
    """One direction of a need, as it passes the ACL of one subnet.

    Attributes:
        need: The flow.
        outward: Whether it leaves the subnet.
        is_answer: Whether it is the answer to a call.
        cidr: The range at the other end.
        first: The lowest port that packets go to.
        last: The highest port.
    """

    need: Need
    outward: bool
    is_answer: bool
    cidr: str
    first: int
    last: int


@lru_cache(maxsize=8)
def needs_of(parties: Parties) -> tuple[Need, ...]:
    """Return the needed flows; an unknown one for each that cannot be decided."""
    return (*_inside(parties), *_outside(parties))


def _inside(parties: Parties) -> Iterator[Need]:
    for destination in parties.of(*_LISTENERS):
        for source in _callers_of(destination, parties):
            if source is not destination and source.role in _CALLERS:
                yield from _between(source, destination)


def _callers_of(destination: Party, parties: Parties) -> tuple[Party, ...]:
    """Return those whose calls inside the VPC may be meant.

    A public load balancer is called by its public name, from outside; a flow inside the VPC is
    meant only by a rule that names the caller's group.
    """
    public = destination.has_public_address
    if destination.role == Role.LOAD_BALANCER and not is_unknown(public) and public:
        return named_callers(destination, parties)
    return may_call(destination, parties)


def _between(source: Party, destination: Party) -> Iterator[Need]:
    for port in elements(destination.ports):
        try:
            if _groups_agree(source, destination, port):
                yield Need(source=source, destination=(destination,), port=port)
        except UnknownValue as reason:
            name = f"{source.subject.id} → {destination.subject.id}"
            yield unknown(f"whether {name} is needed: {reason.reason}")


def _groups_agree(source: Party, destination: Party, port: int) -> bool:
    def with_subnets(here: Subnet) -> bool | None:
        def to(there: Subnet) -> bool | None:
            asked = through_groups(destination, source, here, port, outward=False)
            if not asked.is_open:
                return None
            called = through_groups(source, destination, there, port, outward=True)
            return True if called.is_open else None

        return first(destination.subnets, to)

    return first(source.subnets, with_subnets) is True


def _outside(parties: Parties) -> Iterator[Need]:
    for source in parties.of(Role.SERVICE, Role.DELEGATE, Role.FUNCTION, Role.ROTATION):
        for group in elements(source.security_groups):
            for rule in () if is_unknown(group) else elements(group.egress):
                try:
                    if _leaves(rule) and _has_a_way_out(source, rule):
                        port = 443 if rule.ports.is_everything else rule.ports.first
                        yield Need(source=source, destination=(), port=port)
                except UnknownValue as reason:
                    yield unknown(f"what {source.subject.id} calls outside: {reason.reason}")


def _leaves(rule: SecurityGroupRule) -> bool:
    if rule.ports.protocol not in ("tcp", "-1"):
        return False
    if rule.peer.kind == PeerKind.PREFIX_LIST:
        return True
    return rule.peer.kind == PeerKind.CIDR and is_public(rule.peer.value)


def _has_a_way_out(source: Party, rule: SecurityGroupRule) -> bool:
    wanted = (Hop.NAT, Hop.INTERNET, Hop.INTERFACE, Hop.OTHER, Hop.ENDPOINT)
    if rule.peer.kind == PeerKind.PREFIX_LIST:
        return True
    found = first(
        source.subnets,
        lambda subnet: first(
            subnet.route_table.routes, lambda route: True if route.hop in wanted else None
        ),
    )
    return found is True


@lru_cache(maxsize=8)
def _by_subnet(parties: Parties) -> tuple[dict[Subnet, list[Need]], tuple[Need, ...]]:
    """Return the known needs by the subnets at their ends, and the unknown ones."""
    found: dict[Subnet, list[Need]] = {}
    doubts = []
    for need in needs_of(parties):
        if is_unknown(need):
            doubts.append(need)
            continue
        ends = (need.source, *need.destination)
        places = [one for party in ends for one in elements(party.subnets) if not is_unknown(one)]
        for subnet in dict.fromkeys(places):
            found.setdefault(subnet, []).append(need)
    return found, tuple(doubts)


def halves(parties: Parties, subnet: Subnet) -> Iterator[Half]:
    """Yield what passes the ACL of a subnet; unknown where a need is unknown."""
    known, doubts = _by_subnet(parties)
    yield from doubts  # type: ignore[misc]
    for need in known.get(subnet, ()):
        if need.destination and _stands_in(need.destination[0], subnet):
            yield from _as_destination(need, subnet)
        if _stands_in(need.source, subnet):
            yield from _as_source(need, subnet)


def _stands_in(party: Party, subnet: Subnet) -> bool:
    return any(one is subnet for one in elements(party.subnets))


def _as_destination(need: Need, subnet: Subnet) -> Iterator[Half]:
    low, high = need.source.callers
    for peer in _ranges(need.source, subnet):
        yield Half(
            need=need, outward=False, is_answer=False, cidr=peer, first=need.port, last=need.port
        )
        yield Half(need=need, outward=True, is_answer=True, cidr=peer, first=low, last=high)


def _as_source(need: Need, subnet: Subnet) -> Iterator[Half]:
    low, high = need.source.callers
    peers = _ranges(need.destination[0], subnet) if need.destination else (INTERNET,)
    for peer in peers:
        yield Half(
            need=need, outward=True, is_answer=False, cidr=peer, first=need.port, last=need.port
        )
        yield Half(need=need, outward=False, is_answer=True, cidr=peer, first=low, last=high)


def _ranges(party: Party, subnet: Subnet) -> Iterator[str]:
    """Yield the IPv4 ranges of a party's other subnets: inside one subnet no ACL is passed."""
    for other in elements(party.subnets):
        if is_unknown(other) or is_unknown(other.cidr_blocks):
            yield unknown(f"where {party.subject.id} stands is not written here")
        elif other is not subnet:
            yield from (cidr for cidr in other.cidr_blocks if ":" not in cidr)
