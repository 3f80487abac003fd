"""Bounds of a service's scaling."""

from __future__ import annotations

from block_policy import NotSubject, ResourcePolicy
from terraform_block import Block

LEAST = 2


def bounded(target: Block) -> str | None:
    """With one task the loss of a zone is the loss of the service."""
    if target.text("service_namespace") != "ecs":
        raise NotSubject("its target is not an ECS service")
    least, most = target.number("min_capacity", unset=0), target.number("max_capacity", unset=0)
    if least < LEAST:
        return f"its minimum is {least:g}"
    return None if most > least else f"it cannot grow: minimum {least:g}, maximum {most:g}"


POLICY = ResourcePolicy(
    policy="CKV_ASSURE_40",
    requirement="SCL-01",
    name="Service scales between at least two tasks and a higher maximum",
    remedy="Set min_capacity to at least one task for each zone, and max_capacity above it.",
    resources=("aws_appautoscaling_target",),
    reads=("min_capacity", "max_capacity"),
    judge=bounded,
)
