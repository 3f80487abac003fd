"""What must hold of VPCs, subnets and their ways out."""

from __future__ import annotations

from assurance.model.findings import Finding, NotApplicable, Verdict, each
from assurance.model.networks import (
    FlowLog,
    Hop,
    NatGateway,
    Networks,
    Route,
    RouteTable,
    SecurityGroup,
    Subnet,
    Vpc,
)
from assurance.model.parties import Parties, Party, Role
from assurance.model.unknown import UnknownValue, is_unknown
from assurance.rules.passages import elements, first

_EVERYWHERE = ("0.0.0.0/0", "::/0")


def is_our_own(vpc: Vpc) -> Finding:
    """The VPC was made for the system, not by AWS for everything."""
    return Finding(
        holds=not vpc.is_default,
        expected="a VPC of its own",
        actual=f"{vpc.subject.id} is {'a default VPC' if vpc.is_default else 'a VPC of its own'}",
    )


def lies_in_our_own_vpc(resident: Party | SecurityGroup) -> Finding:
    """The resident lies in no default VPC."""
    return Finding(
        holds=not resident.vpc.is_default,
        expected="it lies in a VPC of its own",
        actual=f"it lies in {resident.vpc.subject.id}",
    )


def spans_zones(vpc: Vpc, networks: Networks, *, zones: int) -> Finding:
    """The VPC has public subnets in enough zones, and private subnets in enough zones."""
    public: set[str] = set()
    private: set[str] = set()
    for subnet in networks.subnets:
        if subnet.vpc == vpc:
            (public if subnet.is_public else private).add(subnet.zone)
    if len(public) < zones or len(private) < zones:
        _is_complete(vpc)
    counts = f"public subnets in {_zones(public)}, private subnets in {_zones(private)}"
    return Finding(
        holds=len(public) >= zones and len(private) >= zones,
        expected=f"public and private subnets in at least {zones} zones each",
        actual=counts,
    )


def _is_complete(vpc: Vpc) -> bool:
    """Raise where others may have put more into a VPC than is written here."""
    return bool(vpc.is_written_here)


def _zones(found: set[str]) -> str:
    return f"{len(found)} zones ({', '.join(sorted(found))})" if found else "no zone"


def runs_in_private_subnets(party: Party) -> Finding:
    """No subnet of the party has a route to an internet gateway."""

    def is_private(subnet: Subnet) -> Finding:
        public = subnet.is_public
        word = "public: its route table leads to an internet gateway" if public else "private"
        return Finding(
            holds=not public,
            expected="",
            actual=f"{subnet.subject.id} is {word}",
            location=subnet.subject.location if public else None,
        )

    return each(
        elements(party.subnets),
        is_private,
        expected="all its subnets are private",
        none="it names no subnet",
    )


def has_no_public_address(party: Party) -> Finding:
    """The party gets no public address."""
    return Finding(
        holds=not party.has_public_address,
        expected="no public address",
        actual="it has a public address" if party.has_public_address else "no public address",
    )


def leaves_through_the_nat_of_its_zone(subnet: Subnet, networks: Networks) -> Verdict:
    """A private subnet's way to the internet is a NAT gateway that stands in its own zone."""
    ways = tuple(route for route in subnet.route_table.routes if _leads_out(route))
    if not ways:
        return NotApplicable("no_internet")
    return each(
        ways,
        lambda route: _is_local_nat(route, subnet, networks.nat_gateways),
        expected=f"a NAT gateway in zone {subnet.zone}",
        none="",
    )


def _leads_out(route: Route) -> bool:
    return route.destination in _EVERYWHERE and route.hop != Hop.EGRESS_ONLY


def _is_local_nat(route: Route, subnet: Subnet, gateways: tuple[NatGateway, ...]) -> Finding:
    if route.hop != Hop.NAT:
        text = f"{route.destination} leads to {route.target}, a {route.hop}"
        return Finding(holds=False, expected="", actual=text, location=route.location)
    gateway = first(gateways, lambda one: one if one.subject.id == route.target else None)
    if gateway is None:
        raise UnknownValue(f"{route.target} is not part of this configuration")
    if gateway.is_regional:
        return Finding(holds=True, expected="", actual=f"{route.target} spans all zones")
    (place,) = gateway.subnets
    good = gateway.is_public and place.zone == subnet.zone and place.is_public
    kind = "public" if gateway.is_public and place.is_public else "private"
    text = f"{route.target}, {kind}, in zone {place.zone}"
    return Finding(holds=good, expected="", actual=text, location=route.location)


def has_an_explicit_route_table(subnet: Subnet) -> Finding:
    """The subnet was associated with a route table, rather than left to the main one."""
    text = "it is associated with" if subnet.is_explicit else "it is left to the main table"
    table = subnet.route_table
    name = "" if is_unknown(table) else f" {table.subject.id}"
    return Finding(
        holds=subnet.is_explicit, expected="a route table of its own choice", actual=f"{text}{name}"
    )


def holds_no_private_thing(table: RouteTable, networks: Networks, parties: Parties) -> Finding:
    """A table that leads to an internet gateway serves only subnets of load balancers and NAT."""
    expected = "it leads to no internet gateway, or serves public subnets only"
    way_out = first(table.routes, lambda route: route if route.hop == Hop.INTERNET else None)
    if way_out is None:
        return Finding(holds=True, expected=expected, actual="no route to an internet gateway")
    if table.is_main:
        text = f"the main table, for every subnet that names none, leads to {way_out.target}"
        return Finding(holds=False, expected=expected, actual=text, location=way_out.location)
    served = [subnet for subnet in networks.subnets if _uses(subnet, table)]
    inside = [
        f"{party.subject.id} in {subnet.subject.id}"
        for party in parties.of(Role.SERVICE, Role.DELEGATE, Role.DATABASE)
        for subnet in served
        if any(subnet is one for one in elements(party.subnets))
    ]
    names = ", ".join(subnet.subject.id for subnet in served) or "no subnet"
    if inside:
        text = f"{way_out.target} is open to {', '.join(inside)}"
        return Finding(holds=False, expected=expected, actual=text, location=way_out.location)
    return Finding(holds=True, expected=expected, actual=f"it serves {names}")


def _uses(subnet: Subnet, table: RouteTable) -> bool:
    return not is_unknown(subnet.route_table) and subnet.route_table == table


def is_recorded_by_flow_logs(vpc: Vpc, networks: Networks) -> Finding:
    """A flow log with a destination records all traffic of the VPC, or of each of its subnets."""
    expected = "a flow log of all traffic, accepted and rejected"

    def records(target: str) -> FlowLog | None:
        return first(networks.flow_logs, lambda log: log if _records(log, target) else None)

    log = records(vpc.subject.id)
    if log is not None:
        return Finding(holds=True, expected=expected, actual=f"{log.subject.id} records it")
    subnets = [one for one in networks.subnets if one.vpc == vpc]
    missing = [one.subject.id for one in subnets if records(one.subject.id) is None]
    if subnets and not missing:
        return Finding(holds=True, expected=expected, actual="each subnet is recorded")
    _is_complete(vpc)
    partial = [f"{one.subject.id} records {one.traffic}" for one in networks.flow_logs]
    actual = "; ".join(("no flow log records all its traffic", *partial))
    return Finding(holds=False, expected=expected, actual=actual)


def _records(log: FlowLog, target: str) -> bool:
    if log.watches != target or log.traffic != "ALL" or not log.destination:
        return False
    if log.subject.existence:
        raise UnknownValue(log.subject.existence)
    return True
