"""Fargate, and its platform version, whichever way it is asked for."""

from __future__ import annotations

from block_policy import ResourcePolicy
from terraform_block import Block

CURRENT = ("", "LATEST", "1.4.0")


def on_fargate(service: Block) -> str | None:
    """By launch type, or by capacity providers that are Fargate's own."""
    providers = [
        strategy.text("capacity_provider")
        for strategy in service.blocks("capacity_provider_strategy")
    ]
    launch_type = service.text("launch_type")
    if providers:
        foreign = [provider for provider in providers if not provider.startswith("FARGATE")]
        if foreign:
            return f"it uses the capacity provider {', '.join(foreign)}"
    elif launch_type != "FARGATE":
        return f"its launch type is {launch_type or 'not set, which means EC2'}"
    version = service.text("platform_version")
    return None if version in CURRENT else f"its platform version is {version}"


POLICY = ResourcePolicy(
    policy="CKV_ASSURE_4",
    requirement="ECS-01",
    name="ECS service runs on Fargate on a current platform version",
    remedy=(
        "Use launch_type FARGATE or FARGATE capacity providers, and leave platform_version "
        "at LATEST."
    ),
    resources=("aws_ecs_service",),
    reads=("launch_type", "capacity_provider_strategy", "platform_version"),
    judge=on_fargate,
)
