"""The network of the system, put together from its parts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from assurance.model.networks import (
    FlowLog,
    NatGateway,
    Networks,
)
from assurance.model.parties import Party
from assurance.model.unknown import UnknownValue, is_unknown, unknown
from assurance.readers.endpoints import Endpoints
from assurance.readers.kinds import Judged, Kind
from assurance.readers.network_acls import ACL_TYPES, NetworkAcls
from assurance.readers.outside import Doubt, groups_of, or_elsewhere, placed, subnets_of
from assurance.readers.routing import TABLE_TYPES, Routing
from assurance.readers.security_groups import GROUP_TYPES, SecurityGroups
from assurance.readers.state import Resource, State
from assurance.readers.subnets import SUBNET_TYPES, Subnets
from assurance.readers.vpcs import VPC_TYPES, Vpcs

if TYPE_CHECKING:
    from assurance.readers.view import View


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class NetworkReading:
    """The network, and what the values of other concepts lead to in it.

    Attributes:
        records: The records.
        vpcs: Finds a VPC: `vpcs.at(block)`.
        subnets: Finds subnets: `subnets.at(block, "network_configuration.subnets")`.
        security_groups: Finds groups: `security_groups.at(block, "vpc_security_group_ids")`.
    """

    records: Networks
    vpcs: Vpcs
    subnets: Subnets
    security_groups: SecurityGroups


def read_networks(state: State) -> NetworkReading:
    """Read the network of a state."""
    vpcs = Vpcs(state)
    routing = Routing(state, vpcs)
    acls = NetworkAcls(state, vpcs)
    subnets = Subnets(state, vpcs, routing, acls)
    groups = SecurityGroups(state, vpcs)
    records = Networks(
        vpcs=(*vpcs.managed, *vpcs.looked_up),
        subnets=subnets.managed,
        route_tables=routing.managed,
        acls=acls.managed,
        security_groups=groups.managed,
        default_groups=groups.defaults,
        nat_gateways=tuple(_nat(each, subnets) for each in state.of("aws_nat_gateway")),
        flow_logs=tuple(_flow_log(each) for each in state.of("aws_flow_log")),
        endpoints=Endpoints(state, vpcs, subnets, groups).read(),
    )
    return NetworkReading(records=records, vpcs=vpcs, subnets=subnets, security_groups=groups)


def _nat(resource: Resource, subnets: Subnets) -> NatGateway:
    mode = resource.get("availability_mode", "zonal")
    kind = resource.get("connectivity_type", "public")
    return NatGateway(
        subject=resource.subject(),
        is_public=kind if is_unknown(kind) else kind == "public",
        is_regional=mode if is_unknown(mode) else mode == "regional",
        subnets=subnets.at(resource, "subnet_id"),
    )


def _flow_log(resource: Resource) -> FlowLog:
    watched = next(
        (
            path
            for path in ("vpc_id", "subnet_id", "eni_id", "transit_gateway_id")
            if resource.is_set(path)
        ),
        "",
    )
    target = resource.target(watched) if watched else None
    return FlowLog(
        subject=resource.subject(),
        watches=_watched(resource, watched) if target is None else target.id,
        traffic=resource.get("traffic_type", "ALL"),
        destination=_destination(resource),
    )


def _watched(resource: Resource, path: str) -> str:
    value = resource.get(path, None) if path else None
    if value is None or is_unknown(value):
        return unknown(f"{resource.id}: what it records")
    return str(value)


def _destination(resource: Resource) -> str:
    for path in ("log_destination", "log_group_name"):
        value: Any = resource.get(path, None)
        if value is not None:
            target = resource.target(path)
            return target.id if target is not None else value
    return ""


def _private_subnets(view: View) -> tuple[Judged, ...]:
    """Return the subnets that are not known to be public."""
    found = []
    for subnet in view.networks.records.subnets:
        try:
            if subnet.is_public:
                continue
        except UnknownValue:
            pass
        found.append(subnet)
    return or_elsewhere(found, "private subnet", placed(view), subnets_of)


def _tables(view: View) -> tuple[Judged, ...]:
    """Return the tables that are written, and those that AWS adds and subnets use."""
    records = view.networks.records
    used = [subnet.route_table for subnet in records.subnets]
    known = {table.subject.id: table for table in used if not is_unknown(table)}
    written = {table.subject.id: table for table in records.route_tables}
    found = (known | written).values()
    return or_elsewhere(found, "route table", placed(view), subnets_of)


def _default_groups(view: View) -> tuple[Judged, ...]:
    found = view.networks.records.default_groups
    return or_elsewhere(found, "default security group", placed(view), _vpc_of)


def _vpc_of(party: Party) -> Any:
    return party.vpc if is_unknown(party.vpc) else party.vpc.is_written_here


def _kind(
    noun: str, attribute: str, inventory: tuple[str, ...], doubt: Doubt | None = None
) -> Kind:
    def population(view: View) -> tuple[Judged, ...]:
        found = getattr(view.networks.records, attribute)
        return or_elsewhere(found, noun, placed(view), doubt) if doubt else found

    return Kind(noun=noun, plural=f"{noun}s", population=population, inventory=inventory)


KINDS: tuple[Kind, ...] = (
    _kind("VPC", "vpcs", VPC_TYPES, _vpc_of),
    _kind("subnet", "subnets", SUBNET_TYPES, subnets_of),
    Kind(
        noun="private subnet",
        plural="private subnets",
        population=_private_subnets,
        made_of=SUBNET_TYPES,
    ),
    Kind(
        noun="default security group",
        plural="default security groups",
        population=_default_groups,
        made_of=VPC_TYPES,
    ),
    Kind(noun="route table", plural="route tables", population=_tables, inventory=TABLE_TYPES),
    _kind("network ACL", "acls", ACL_TYPES),
    _kind("security group", "security_groups", GROUP_TYPES, groups_of),
    _kind("NAT gateway", "nat_gateways", ("aws_nat_gateway",)),
    _kind("flow log", "flow_logs", ("aws_flow_log",)),
    _kind("VPC endpoint", "endpoints", ("aws_vpc_endpoint",), _vpc_of),
)
