"""Route tables, and which one decides for a subnet.

A subnet without an association uses the VPC's main table, and every table holds the local routes
(docs.aws.amazon.com/vpc/latest/userguide/subnet-route-tables.html).
"""

from __future__ import annotations

from typing import Any

from assurance.model.networks import Hop, Route, RouteTable, Vpc
from assurance.model.subjects import Subject
from assurance.model.unknown import is_unknown, unknown, why_unknown
from assurance.readers.state import Block, Resource, State, tokens
from assurance.readers.vpcs import VPC_TYPES, Vpcs, outside, present

TABLE_TYPES = ("aws_route_table", "aws_default_route_table")

_TARGETS: dict[str, Hop] = {
    "nat_gateway_id": Hop.NAT,
    "egress_only_gateway_id": Hop.EGRESS_ONLY,
    "vpc_peering_connection_id": Hop.PEERING,
    "network_interface_id": Hop.INTERFACE,
    "instance_id": Hop.INTERFACE,
    "vpc_endpoint_id": Hop.OTHER,
    "transit_gateway_id": Hop.OTHER,
    "carrier_gateway_id": Hop.OTHER,
    "core_network_arn": Hop.OTHER,
    "local_gateway_id": Hop.OTHER,
    "odb_network_arn": Hop.OTHER,
}
_GATEWAYS = {
    "aws_internet_gateway": Hop.INTERNET,
    "aws_vpn_gateway": Hop.OTHER,
    "aws_vpc_endpoint": Hop.ENDPOINT,
}
_LITERALS = {
    "igw-": Hop.INTERNET,
    "vgw-": Hop.OTHER,
    "vpce-": Hop.ENDPOINT,
    "local": Hop.LOCAL,
    "nat-": Hop.NAT,
    "eigw-": Hop.EGRESS_ONLY,
}
_DESTINATIONS = (
    "cidr_block",
    "ipv6_cidr_block",
    "destination_cidr_block",
    "destination_ipv6_cidr_block",
    "destination_prefix_list_id",
)


class Routing:
    """The route tables of a state."""

    def __init__(self, state: State, vpcs: Vpcs) -> None:
        self._state = state
        self._vpcs = vpcs
        self._main = self._main_ids()
        self._routes = self._separate_routes()
        found = {each.id: self._table(each) for each in state.of(*TABLE_TYPES)}
        self.managed = tuple(found.values())
        self._found = found
        for vpc in vpcs.managed:
            name = self._main_id(vpc)
            if name not in found:
                found[name] = self._implicit(vpc, name)
        self._subnets = self._associations()

    def of_subnet(self, subnet: Resource) -> tuple[RouteTable, bool]:
        """Return the table that decides for a subnet, and whether it was associated with it."""
        association = self._subnets.get(subnet.id)
        if association is not None:
            return self._at(association), True
        stray = self._subnets.get("")
        if stray is not None:
            reason = f"{stray.id} associates a subnet that cannot be known"
            return unknown(reason), unknown(reason)
        vpc = self._vpcs.at(subnet)
        if is_unknown(vpc):
            reason = why_unknown(vpc)
            return unknown(reason), False
        table = self._found.get(self._main_id(vpc))
        return table or unknown(f"the main route table of {vpc.subject.id} is not here"), False

    def id_at(self, block: Block, value: object) -> str:
        """Return the subject id of the table that a value names; unknown when it is outside."""
        target = block.resource.resolve(value)
        if target is not None and target.type in VPC_TYPES:
            attributes = {attribute for _, attribute in tokens(value)}
            vpc = self._vpcs.of(target)
            if "default_route_table_id" in attributes:
                return _default_id(self._state, self._vpcs, vpc)
            if "main_route_table_id" in attributes:
                return self._main_id(vpc)
        if target is not None and target.type in TABLE_TYPES and target.is_managed:
            return target.id
        return outside(value, "route table")

    def _at(self, association: Resource) -> RouteTable:
        value = association.get("route_table_id", None)
        name = self.id_at(association, value)
        found = None if is_unknown(name) else self._found.get(name)
        return found if found is not None else outside(value, "route table")

    def _main_ids(self) -> dict[str, str]:
        found = {}
        for each in self._state.of("aws_main_route_table_association"):
            vpc = self._vpcs.at(each)
            table = each.target("route_table_id", *TABLE_TYPES)
            if not is_unknown(vpc):
                found[vpc.subject.id] = table.id if table else f"table of {each.id}"
        return found

    def _main_id(self, vpc: Vpc) -> str:
        return self._main.get(vpc.subject.id) or _default_id(self._state, self._vpcs, vpc)

    def _associations(self) -> dict[str, Resource]:
        found = {}
        for each in self._state.of("aws_route_table_association"):
            if is_unknown(each.get("subnet_id", None)):
                found[""] = each
            target = each.target("subnet_id", "aws_subnet", "aws_default_subnet")
            if target is not None:
                found[target.id] = each
        return found

    def _separate_routes(self) -> dict[str, list[Any]]:
        found: dict[str, list[Any]] = {}
        for each in self._state.of("aws_route"):
            value = each.get("route_table_id", None)
            name = "" if is_unknown(value) else self.id_at(each, value)
            if not is_unknown(name):
                stray = unknown(f"{each.id}: which table it is in")
                route = present(each, _route(each)) if name else stray
                found.setdefault(name, []).append(route)
        return found

    def _table(self, resource: Resource) -> RouteTable:
        vpc = self._vpc_of(resource)
        main: Any = vpc if is_unknown(vpc) else self._main_id(vpc) == resource.id
        inline = resource.blocks("route")
        routes = (inline,) if is_unknown(inline) else tuple(_inline(block) for block in inline)
        return RouteTable(
            subject=resource.subject(),
            vpc=vpc,
            is_main=main,
            routes=(*routes, *self._routes.get(resource.id, ()), *self._routes.get("", ())),
        )

    def _vpc_of(self, resource: Resource) -> Vpc:
        if resource.type == "aws_route_table":
            return self._vpcs.at(resource)
        target = resource.target("default_route_table_id", *VPC_TYPES)
        if target is not None:
            return self._vpcs.of(target)
        return outside(resource.get("default_route_table_id", None), "the VPC of route table")

    def _implicit(self, vpc: Vpc, name: str) -> RouteTable:
        return RouteTable(
            subject=Subject(
                id=name,
                location=vpc.subject.location,
                evidence=vpc.subject.evidence,
                existence=vpc.subject.existence,
            ),
            vpc=vpc,
            is_main=True,
            routes=(*self._routes.get(name, ()), *self._routes.get("", ())),
        )


def _default_id(state: State, vpcs: Vpcs, vpc: Vpc) -> str:
    for each in state.of("aws_default_route_table"):
        target = each.target("default_route_table_id", *VPC_TYPES)
        if target is not None and vpcs.of(target) is vpc:
            return each.id
    return f"main route table of {vpc.subject.id}"


def _inline(block: Any) -> Any:
    return block if is_unknown(block) else _route(block)


def _route(block: Block) -> Route:
    destination = next(
        (block.get(path) for path in _DESTINATIONS if block.is_set(path)),
        unknown(f"{block.resource.id}: no destination"),
    )
    if not is_unknown(destination) and tokens(destination):
        target = block.resource.resolve(destination)
        destination = target.id if target else unknown(f"destination {destination}")
    hop, target_id = _target(block)
    return Route(
        destination=destination, hop=hop, target=target_id, location=block.resource.location
    )


def _target(block: Block) -> tuple[Hop, str]:
    for path, hop in _TARGETS.items():
        value = block.get(path)
        if is_unknown(value):
            return value, value
        if value != "":
            return hop, _name(block, path)
    value = block.get("gateway_id", None)
    if value is None or is_unknown(value):
        why = why_unknown(value) if is_unknown(value) else f"{block.resource.id} names no target"
        return unknown(why), unknown(why)
    target = block.target("gateway_id")
    if target is not None and target.type in _GATEWAYS:
        return _GATEWAYS[target.type], target.id
    for prefix, hop in _LITERALS.items():
        if str(value).startswith(prefix):
            return hop, str(value)
    return outside(value, "gateway"), str(value)


def _name(block: Block, path: str) -> str:
    value = block.get(path)
    target = block.target(path)
    return target.id if target is not None else value
