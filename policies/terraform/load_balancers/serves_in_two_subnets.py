"""Subnets of a load balancer."""

from __future__ import annotations

from block_policy import ResourcePolicy
from checkov.common.models.enums import CheckCategories
from terraform_block import Block, Unresolved

ZONES = 2


def in_two(balancer: Block) -> str | None:
    """One subnet is one zone; omitted, there is none at all."""
    mapped = [mapping.raw("subnet_id") for mapping in balancer.blocks("subnet_mapping")]
    subnets = balancer.items("subnets")
    if any(isinstance(subnet, str) and "[*]" in subnet for subnet in subnets):
        raise Unresolved("subnets holds all of a counted resource")
    count = len({str(subnet) for subnet in (*subnets, *mapped)})
    return None if count >= ZONES else f"it is attached to {count} subnet"


POLICY = ResourcePolicy(
    policy="CKV_ASSURE_20",
    requirement="HAV-02",
    name="Load balancer is attached to at least two subnets",
    remedy="Name a public subnet of each availability zone in subnets or subnet_mapping.",
    resources=("aws_lb", "aws_alb"),
    reads=("subnets", "subnet_mapping"),
    category=CheckCategories.NETWORKING,
    judge=in_two,
)
