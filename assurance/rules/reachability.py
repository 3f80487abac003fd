"""Who reaches the database, worked out from routes, ACLs and security groups together."""

from __future__ import annotations

from collections.abc import Iterator

from assurance.model.addresses import contains, overlap
from assurance.model.findings import Finding
from assurance.model.networks import Hop, PeerKind, SecurityGroup, SecurityGroupRule, Subnet
from assurance.model.parties import Parties, Party, Role
from assurance.model.unknown import UnknownValue, is_unknown
from assurance.rules.acl_regions import Region
from assurance.rules.callers import may_call
from assurance.rules.passages import (
    Passage,
    Step,
    between,
    elements,
    first,
    through_acl,
    through_groups,
    walk,
)


def flow(source: Party, here: Subnet, destination: Party, there: Subnet, port: int) -> Passage:
    """Join every passage of a connection from one party's subnet to another's, and back."""
    steps: list[Step] = [
        lambda: through_groups(source, destination, there, port, outward=True),
        lambda: between(here, there),
        lambda: through_groups(destination, source, here, port, outward=False),
    ]
    if is_unknown(here) or is_unknown(there) or here is not there:
        steps[1:2] = [steps[1], *_acl_steps(source, here, there, port)]
    return walk(steps)


def _acl_steps(source: Party, here: Subnet, there: Subnet, port: int) -> list[Step]:
    """Return the four passages of ACLs; inside one subnet no ACL is passed."""

    def passed(
        subnet: Subnet, peer: Subnet, first_port: int, last: int, *, outward: bool
    ) -> Passage:
        cidr = next(cidr for cidr in peer.cidr_blocks)
        region = Region(cidr=cidr, protocol="tcp", first=first_port, last=last)
        return through_acl(subnet, region, outward=outward)

    low, high = source.callers
    return [
        lambda: passed(here, there, port, port, outward=True),
        lambda: passed(there, here, port, port, outward=False),
        lambda: passed(there, here, low, high, outward=True),
        lambda: passed(here, there, low, high, outward=False),
    ]


def way_between(source: Party, destination: Party, port: int) -> Passage | None:
    """Return an open way from one party to another on a port, or None."""

    def from_subnet(here: Subnet) -> Passage | None:
        def to_subnet(there: Subnet) -> Passage | None:
            found = flow(source, here, destination, there, port)
            return found if found.is_open else None

        return first(destination.subnets, to_subnet)

    return first(source.subnets, from_subnet)


def is_reached_by_the_backend_alone(database: Party, parties: Parties) -> Finding:
    """The services that use the database reach it, and nothing else does."""
    expected = "only services that use the database reach it"
    good: list[str] = []
    bad: list[str] = []
    reaching: list[str] = []
    doubts: list[UnknownValue] = []
    for source in _callers(database, parties):
        try:
            way = _way_to(database, source)
            if way is None:
                continue
            text = f"{source.subject.id} → {way.text} → {database.subject.id}"
            (good if _is_backend(source, parties) else bad).append(text)
            if source.role == Role.SERVICE:
                reaching.append(source.subject.id)
        except UnknownValue as reason:
            doubts.append(reason)
    bad.extend(_from_elsewhere(database, doubts))
    if bad:
        return Finding(holds=False, expected=expected, actual="; ".join(bad))
    doubts.extend(_unheld(database, parties))
    if len(reaching) > 1 and not _users(parties):
        doubts.append(UnknownValue(f"which of {', '.join(reaching)} uses the database"))
    if doubts:
        raise doubts[0]
    if not good and parties.of(Role.SERVICE):
        return Finding(holds=False, expected=expected, actual="no service reaches it")
    return Finding(holds=True, expected=expected, actual="; ".join(good) or "nothing reaches it")


def _way_to(database: Party, source: Party) -> Passage | None:
    way = first(database.ports, lambda port: way_between(source, database, port))
    if way is not None and source.subject.existence:
        raise UnknownValue(source.subject.existence)
    return way


def _callers(database: Party, parties: Parties) -> Iterator[Party]:
    """Yield what could call a database: neither others of its kind nor its services' instances."""
    for party in may_call(database, parties):
        if party.role in (Role.DATABASE, Role.ENDPOINT) or party is database:
            continue
        if parties.carries_tasks(party):
            continue
        yield party


def _is_backend(source: Party, parties: Parties) -> bool:
    """Whether a caller may reach the database: a service that uses it, or what rotates its secret.

    Where no service is known to use a database, the evidence does not tell them apart.
    """
    if source.role == Role.ROTATION:
        return True
    if source.role != Role.SERVICE:
        return False
    users = _users(parties)
    return True if not users else bool(source.uses_database)


def _users(parties: Parties) -> tuple[Party, ...]:
    """Return the services that are known to use a database."""
    return tuple(
        service
        for service in parties.of(Role.SERVICE)
        if not is_unknown(service.uses_database) and service.uses_database
    )


def _from_elsewhere(database: Party, doubts: list[UnknownValue]) -> Iterator[str]:
    """Yield the ways from other networks: a rule that names their range, and a route to them."""
    for group in elements(database.security_groups):
        try:
            for rule in group.ingress:
                if rule.peer.kind == PeerKind.CIDR:
                    yield from _foreign(database, group, rule)
        except UnknownValue as reason:
            doubts.append(reason)


def _foreign(database: Party, group: SecurityGroup, rule: SecurityGroupRule) -> Iterator[str]:
    if not any(rule.ports.admits("tcp", port) for port in database.ports):
        return
    if any(contains(cidr, rule.peer.value) for cidr in database.vpc.cidr_blocks):
        return
    for subnet in database.subnets:
        for route in subnet.route_table.routes:
            leads = route.hop in (Hop.PEERING, Hop.OTHER)
            if leads and "/" in route.destination and overlap(route.destination, rule.peer.value):
                yield (
                    f"{rule.peer.text} → {route.target} (by {subnet.route_table.subject.id}) → "
                    f"{group.subject.id} ({rule}) → {database.subject.id}"
                )


def _unheld(database: Party, parties: Parties) -> Iterator[UnknownValue]:
    """Yield a doubt for each group that is admitted, and held by nothing that is written here."""
    for group in elements(database.security_groups):
        if is_unknown(group) or is_unknown(group.ingress):
            continue
        for rule in group.ingress:
            if is_unknown(rule) or is_unknown(rule.peer.value):
                continue
            if rule.peer.kind == PeerKind.GROUP and not parties.holding(rule.peer.value):
                yield UnknownValue(f"nothing that is written here holds {rule.peer.text}")
