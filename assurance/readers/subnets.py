"""Subnets with the route table and the ACL that decide for them, and what a subnet id leads to."""

from __future__ import annotations

from typing import Any

from assurance.model.networks import Hop, Route, RouteTable, Subnet, Vpc
from assurance.model.subjects import Subject
from assurance.model.unknown import is_unknown, unknown
from assurance.readers.network_acls import NetworkAcls
from assurance.readers.ranges import address_range
from assurance.readers.routing import Routing
from assurance.readers.state import Block, Resource, State
from assurance.readers.vpcs import Vpcs, followed, outside

SUBNET_TYPES = ("aws_subnet", "aws_default_subnet")
_LOOKED_UP = ("data.aws_subnet", "data.aws_subnets", "data.aws_subnet_ids")


class Subnets:
    """The subnets of a state, managed or looked up."""

    def __init__(self, state: State, vpcs: Vpcs, routing: Routing, acls: NetworkAcls) -> None:
        self._vpcs = vpcs
        self.routing = routing
        self._acls = acls
        managed = {each.id: self._subnet(each) for each in state.of(*SUBNET_TYPES)}
        self.managed = tuple(managed.values())
        self._found = managed | {each.id: self._outside(each) for each in state.of(*_LOOKED_UP)}

    def at(self, block: Block, path: str) -> tuple[Subnet, ...]:
        """Return the subnets that a block names; unknown ones for those from outside."""
        pairs = followed(block, path, *SUBNET_TYPES)
        if is_unknown(pairs):
            return pairs
        return tuple(self.one(place, value) for place, value in pairs)

    def one(self, block: Block, value: object) -> Subnet:
        """Return the subnet that one value names."""
        target = None if is_unknown(value) else block.resource.resolve(value)
        found = None if target is None else self._found.get(target.id)
        return found if found is not None else outside(value, "subnet")

    def default_of(self, resource: Resource) -> tuple[Subnet, ...]:
        """Return what AWS places a thing in that names no subnet: those of the default VPC.

        They are public, where nobody changed them
        (docs.aws.amazon.com/vpc/latest/userguide/default-vpc.html).
        """
        vpc = self._vpcs.at(Block({}, resource))
        name = f"default subnets of {vpc.subject.id}"
        here = vpc.subject.location
        subject = Subject(id=name, location=here, evidence=resource.digest)
        way_out = Route(
            destination="0.0.0.0/0", hop=Hop.INTERNET, target="its gateway", location=here
        )
        table = RouteTable(subject=subject, vpc=vpc, is_main=True, routes=(way_out,))
        why = unknown(f"the {name} are not written here")
        subnet = Subnet(
            subject=subject,
            vpc=vpc,
            cidr_blocks=vpc.cidr_blocks,
            zone=why,
            gives_public_addresses=True,
            route_table=table,
            is_explicit=False,
            acl=why,
        )
        return (subnet,)

    def _subnet(self, resource: Resource) -> Subnet:
        table, is_explicit = self.routing.of_subnet(resource)
        return Subnet(
            subject=resource.subject(),
            vpc=self._vpc_of(resource),
            cidr_blocks=_ranges(resource),
            zone=_zone(resource),
            gives_public_addresses=resource.get(
                "map_public_ip_on_launch", resource.type == "aws_default_subnet"
            ),
            route_table=table,
            is_explicit=is_explicit,
            acl=self._acls.of_subnet(resource),
        )

    def _vpc_of(self, resource: Resource) -> Vpc:
        # A default subnet names no VPC: it lies in the region's default one, as `at` returns.
        return self._vpcs.at(resource)

    def _outside(self, resource: Resource) -> Subnet:
        why = unknown(f"{resource.id} is looked up: what it is like is not written here")
        return Subnet(
            subject=resource.subject(),
            vpc=self._vpc_looked_up(resource),
            cidr_blocks=why,
            zone=resource.get("availability_zone", why),
            gives_public_addresses=why,
            route_table=why,
            is_explicit=why,
            acl=why,
        )

    def _vpc_looked_up(self, resource: Resource) -> Vpc:
        if resource.is_set("vpc_id"):
            return self._vpcs.at(resource)
        filters = resource.blocks("filter")
        for found in () if is_unknown(filters) else filters:
            if not is_unknown(found) and found.get("name", None) == "vpc-id":
                values = found.listed("values")
                if not is_unknown(values) and len(values) == 1:
                    return self._vpcs.at(Block({"vpc_id": values[0]}, resource))
        return unknown(f"the VPC of {resource.id} is not written here")


def _zone(resource: Resource) -> str:
    for path in ("availability_zone", "availability_zone_id"):
        value = resource.get(path, None)
        if value is not None:
            return value
    return unknown(f"{resource.id} leaves its zone to AWS")


def _ranges(resource: Resource) -> tuple[str, ...]:
    found = [
        address_range(value, resource.id)
        for path in ("cidr_block", "ipv6_cidr_block")
        if (value := resource.get(path, None)) is not None
    ]
    doubt: Any = next((value for value in found if is_unknown(value)), None)
    if is_unknown(doubt):
        return doubt
    return tuple(found) or unknown(f"the address range of {resource.id} is not decided yet")
