"""The network of the system, put together from its parts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from assurance.model.networks import (
    FlowLog,
    NatGateway,
    Networks,
    Subnet,
)
from assurance.model.unknown import UnknownValue, is_unknown, unknown
from assurance.readers.endpoints import Endpoints
from assurance.readers.kinds import Kind
from assurance.readers.network_acls import ACL_TYPES, NetworkAcls
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


def _kind(noun: str, plural: str, attribute: str, inventory: tuple[str, ...]) -> Kind:
    population: Callable[..., Any] = lambda view: getattr(view.networks.records, attribute)  # noqa: E731
    return Kind(noun=noun, plural=plural, population=population, inventory=inventory)


def _private_subnets(view: View) -> tuple[Subnet, ...]:
    """Return the subnets that are not known to be public."""
    found = []
    for subnet in view.networks.records.subnets:
        try:
            if subnet.is_public:
                continue
        except UnknownValue:
            pass
        found.append(subnet)
    return tuple(found)


KINDS: tuple[Kind, ...] = (
    _kind("VPC", "VPCs", "vpcs", VPC_TYPES),
    _kind("subnet", "subnets", "subnets", SUBNET_TYPES),
    Kind(noun="private subnet", plural="private subnets", population=_private_subnets),
    _kind("default security group", "default security groups", "default_groups", ()),
    _kind("route table", "route tables", "route_tables", TABLE_TYPES),
    _kind("network ACL", "network ACLs", "acls", ACL_TYPES),
    _kind("security group", "security groups", "security_groups", GROUP_TYPES),
    _kind("NAT gateway", "NAT gateways", "nat_gateways", ("aws_nat_gateway",)),
    _kind("flow log", "flow logs", "flow_logs", ("aws_flow_log",)),
    _kind("VPC endpoint", "VPC endpoints", "endpoints", ("aws_vpc_endpoint",)),
)
