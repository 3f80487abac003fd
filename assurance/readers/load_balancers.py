"""Load balancers with what listens on them, and the attributes AWS leaves off by default.

Unset, a load balancer is not protected against deletion, keeps malformed headers and writes no
access logs, also where a bucket is named but `enabled` is not
(registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/lb).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from assurance.model.load_balancers import LoadBalancer, LoadBalancers
from assurance.model.unknown import is_unknown
from assurance.readers.classic_listeners import read_classic_listeners
from assurance.readers.kinds import Judged, Kind
from assurance.readers.listeners import LISTENER_TYPES, Listeners
from assurance.readers.networks import NetworkReading
from assurance.readers.outside import (
    Doubt,
    load_balancers_of,
    or_elsewhere,
    placed,
    target_groups_of,
)
from assurance.readers.state import Block, Resource, State
from assurance.readers.target_groups import TARGET_GROUP_TYPES, TargetGroups

LOAD_BALANCER_TYPES = ("aws_lb", "aws_alb", "aws_elb")

if TYPE_CHECKING:
    from assurance.readers.view import View


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LoadBalancerReading:
    """The load balancers, and what a target group's id or name leads to.

    Attributes:
        target_groups: Finds groups: `target_groups.at(block, "target_group_arn")`.
        records: The records.
    """

    records: LoadBalancers
    target_groups: TargetGroups


def read_load_balancers(state: State, networks: NetworkReading) -> LoadBalancerReading:
    """Read the load balancers of a state."""
    groups = TargetGroups(state, networks.vpcs)
    listeners = Listeners(state, groups)
    found = tuple(
        _load_balancer(each, networks, listeners) for each in state.of(*LOAD_BALANCER_TYPES)
    )
    classic = (
        one
        for each in found
        if not is_unknown(each.type) and each.type == "classic"
        for one in each.listeners
    )
    records = LoadBalancers(
        load_balancers=found,
        target_groups=groups.managed,
        listeners=(*listeners.all, *classic),
    )
    return LoadBalancerReading(records=records, target_groups=groups)


def _load_balancer(
    resource: Resource, networks: NetworkReading, listeners: Listeners
) -> LoadBalancer:
    kind = (
        "classic"
        if resource.type == "aws_elb"
        else resource.get("load_balancer_type", "application")
    )
    return LoadBalancer(
        subject=resource.subject(),
        type=kind,
        is_internal=resource.get("internal", False),
        subnets=_subnets(resource, networks),
        security_groups=_groups(resource, networks, kind),
        listeners=tuple(read_classic_listeners(resource))
        if resource.type == "aws_elb"
        else listeners.of(resource),
        drops_invalid_headers=resource.get("drop_invalid_header_fields", False),
        is_protected=resource.get("enable_deletion_protection", False),
        writes_access_logs=_logs(resource, kind),
    )


def _subnets(resource: Resource, networks: NetworkReading) -> Any:
    if resource.is_set("subnets"):
        return networks.subnets.at(resource, "subnets")
    mapped = resource.blocks("subnet_mapping")
    if is_unknown(mapped):
        return mapped
    return tuple(
        each if is_unknown(each) else networks.subnets.one(each, each.get("subnet_id", None))
        for each in mapped
    )


def _groups(resource: Resource, networks: NetworkReading, kind: Any) -> Any:
    found = networks.security_groups.at(resource, "security_groups")
    if is_unknown(found) or found:
        return found
    if not is_unknown(kind) and kind in ("network", "gateway"):
        return ()
    subnets = _subnets(resource, networks)
    if is_unknown(subnets) or not subnets:
        return subnets if is_unknown(subnets) else ()
    first = subnets[0]
    vpc = first if is_unknown(first) else first.vpc
    return (networks.security_groups.default_of(vpc),)


def _logs(resource: Resource, kind: Any) -> Any:
    blocks = resource.blocks("access_logs")
    if is_unknown(blocks) or not blocks:
        return blocks if is_unknown(blocks) else False
    block: Block = blocks[0]
    # Only the classic one writes as soon as a bucket is named.
    default = not is_unknown(kind) and kind == "classic"
    return block if is_unknown(block) else block.get("enabled", default)


def _kind(noun: str, attribute: str, inventory: tuple[str, ...], doubt: Doubt) -> Kind:
    def population(view: View) -> tuple[Judged, ...]:
        found = getattr(view.load_balancers.records, attribute)
        return or_elsewhere(found, noun, placed(view), doubt)

    return Kind(noun=noun, plural=f"{noun}s", population=population, inventory=inventory)


KINDS: tuple[Kind, ...] = (
    _kind("load balancer", "load_balancers", LOAD_BALANCER_TYPES, load_balancers_of),
    _kind("target group", "target_groups", TARGET_GROUP_TYPES, target_groups_of),
    _kind("listener", "listeners", LISTENER_TYPES, load_balancers_of),
)
