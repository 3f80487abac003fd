"""Placement of tasks over subnets."""

from __future__ import annotations

from block_policy import ResourcePolicy
from checkov.common.models.enums import CheckCategories
from terraform_block import Block, Unresolved

ZONES = 2


def spread(service: Block) -> str | None:
    """A service in one subnet lives and dies with one zone."""
    on_instances = service.has("launch_type") and service.text("launch_type") == "EC2"
    named = service.has("launch_type") or service.has("capacity_provider_strategy")
    if (on_instances or not named) and not service.has("network_configuration"):
        raise Unresolved("its tasks run in the subnets of their instances")
    subnets = service.block("network_configuration").items("subnets")
    if any(isinstance(subnet, str) and "[*]" in subnet for subnet in subnets):
        raise Unresolved("network_configuration.subnets holds all of a counted resource")
    distinct = {str(subnet) for subnet in subnets}
    return None if len(distinct) >= ZONES else f"its tasks have {len(distinct)} subnet to run in"


POLICY = ResourcePolicy(
    policy="CKV_ASSURE_3",
    requirement="HAV-01",
    name="ECS service is placed in at least two subnets",
    remedy="Name a private subnet of each availability zone in network_configuration.subnets.",
    resources=("aws_ecs_service",),
    reads=("network_configuration/[0]/subnets",),
    category=CheckCategories.NETWORKING,
    judge=spread,
)
