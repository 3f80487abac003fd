"""Capacity providers of a cluster."""

from __future__ import annotations

from block_policy import ResourcePolicy
from terraform_block import Block


def mixed(cluster: Block) -> str | None:
    """Spot capacity can be taken away all at once."""
    missing = {"FARGATE", "FARGATE_SPOT"} - set(map(str, cluster.items("capacity_providers")))
    if missing:
        return f"it does not use {' and '.join(sorted(missing))}"
    bases = {
        strategy.text("capacity_provider"): strategy.number("base", unset=0)
        for strategy in cluster.blocks("default_capacity_provider_strategy")
    }
    return None if bases.get("FARGATE", 0) >= 1 else "no base runs on FARGATE"


POLICY = ResourcePolicy(
    policy="CKV_ASSURE_42",
    requirement="CST-01",
    name="Cluster mixes Fargate and Fargate Spot with a base on Fargate",
    remedy=(
        "Name FARGATE and FARGATE_SPOT, and give FARGATE a base of at least 1 in "
        "default_capacity_provider_strategy."
    ),
    resources=("aws_ecs_cluster_capacity_providers",),
    reads=("capacity_providers", "default_capacity_provider_strategy"),
    judge=mixed,
)
