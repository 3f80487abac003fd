"""Networks: VPCs, their subnets, routes, filters and gateways, in AWS's words."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from assurance.model.addresses import Ports
from assurance.model.findings import any_of
from assurance.model.subjects import Location, Subject
from assurance.model.unknown import is_unknown, unknown, why_unknown


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Vpc:
    """A virtual private cloud.

    Attributes:
        cidr_blocks: Its IPv4 and IPv6 ranges.
        is_default: Whether it is the one that AWS made in every region.
        is_written_here: True; unknown where others may have put more into it.
    """

    subject: Subject
    cidr_blocks: tuple[str, ...]
    is_default: bool
    is_written_here: bool


class Hop(StrEnum):
    """What a route leads to."""

    LOCAL = "local"
    INTERNET = "internet gateway"
    NAT = "NAT gateway"
    EGRESS_ONLY = "egress-only internet gateway"
    ENDPOINT = "gateway endpoint"
    PEERING = "VPC peering connection"
    INTERFACE = "network interface or instance"
    OTHER = "gateway to another network"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Route:
    """One route.

    Attributes:
        destination: A CIDR, or the name of a prefix list.
        hop: The kind of its target.
        target: The id of its target.
    """

    destination: str
    hop: Hop
    target: str
    location: Location


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RouteTable:
    """A route table with its routes, the implicit local ones included.

    Attributes:
        is_main: Whether subnets without a table of their own use it.
    """

    subject: Subject
    vpc: Vpc
    is_main: bool
    routes: tuple[Route, ...]


class PeerKind(StrEnum):
    """How a rule names the other end."""

    CIDR = "address range"
    GROUP = "security group"
    PREFIX_LIST = "prefix list"
    VPC = "range of a VPC"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Peer:
    """The other end that a rule names.

    Attributes:
        value: The CIDR, the subject id of the security group or VPC, or the prefix list's name.
        text: How a message calls it, also when its value is unknown.
    """

    kind: PeerKind
    value: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SecurityGroupRule:
    """One permission of a security group, for one peer."""

    ports: Ports
    peer: Peer
    location: Location

    def __str__(self) -> str:
        return f"{self.ports} for {self.peer.text}"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SecurityGroup:
    """A security group with all its rules, wherever they are written.

    Attributes:
        is_default: Whether it is the group that AWS made with its VPC.
    """

    subject: Subject
    vpc: Vpc
    is_default: bool
    ingress: tuple[SecurityGroupRule, ...]
    egress: tuple[SecurityGroupRule, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class AclEntry:
    """One numbered entry of a network ACL; the lowest number that matches decides."""

    number: int
    allows: bool
    ports: Ports
    cidr: str
    location: Location

    def __str__(self) -> str:
        verb = "allows" if self.allows else "denies"
        return f"entry {self.number} {verb} {self.ports} for {self.cidr}"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class NetworkAcl:
    """A network ACL, each direction in order of number.

    Attributes:
        is_default: Whether subnets without an ACL of their own use it.
    """

    subject: Subject
    vpc: Vpc
    is_default: bool
    ingress: tuple[AclEntry, ...]
    egress: tuple[AclEntry, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Subnet:
    """A subnet with what decides over its traffic.

    Attributes:
        zone: Its availability zone, by name or id.
        gives_public_addresses: Whether an interface in it gets a public address by default.
        is_explicit: Whether it was associated with its route table, rather than left to the main.
    """

    subject: Subject
    vpc: Vpc
    cidr_blocks: tuple[str, ...]
    zone: str
    gives_public_addresses: bool
    route_table: RouteTable
    is_explicit: bool
    acl: NetworkAcl

    @property
    def is_public(self) -> bool:
        """Whether it has a route to an internet gateway, which is what AWS calls public."""
        routes = self.route_table.routes
        known: tuple[Route, ...] = (unknown(why_unknown(routes)),) if is_unknown(routes) else routes
        return any_of(known, lambda route: route.hop == Hop.INTERNET)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class NatGateway:
    """A NAT gateway.

    Attributes:
        is_public: Whether it leads to the internet, rather than to other networks.
        is_regional: Whether it spans the zones by itself.
        subnets: Where it stands; none for a regional one.
    """

    subject: Subject
    is_public: bool
    is_regional: bool
    subnets: tuple[Subnet, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class FlowLog:
    """A flow log.

    Attributes:
        watches: The subject id of the VPC, subnet or interface that it records.
        traffic: `ALL`, `ACCEPT` or `REJECT`.
        destination: Where the records go; empty where nothing is said.
    """

    subject: Subject
    watches: str
    traffic: str
    destination: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class VpcEndpoint:
    """A VPC endpoint.

    Attributes:
        service: The service without region and prefix: `s3`, `ecr.api`.
        type: `Gateway`, `Interface`, `GatewayLoadBalancer`.
        has_policy: Whether a policy of our own is set.
        is_open: Whether that policy lets everybody do everything.
        private_dns: Whether the service's public name leads to the endpoint.
        route_tables: Subject ids of the tables that lead to a gateway endpoint.
    """

    subject: Subject
    vpc: Vpc
    service: str
    type: str
    has_policy: bool
    is_open: bool
    private_dns: bool
    subnets: tuple[Subnet, ...]
    security_groups: tuple[SecurityGroup, ...]
    route_tables: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Networks:
    """Everything of the network."""

    vpcs: tuple[Vpc, ...]
    subnets: tuple[Subnet, ...]
    route_tables: tuple[RouteTable, ...]
    acls: tuple[NetworkAcl, ...]
    security_groups: tuple[SecurityGroup, ...]
    default_groups: tuple[SecurityGroup, ...]
    nat_gateways: tuple[NatGateway, ...]
    flow_logs: tuple[FlowLog, ...]
    endpoints: tuple[VpcEndpoint, ...]
