"""Capacity during a rolling deployment."""

from __future__ import annotations

from block_policy import NotSubject, ResourcePolicy
from terraform_block import Block

FULL, DOUBLE = 100, 200


def keeps_capacity(service: Block) -> str | None:
    """Nothing is stopped before its replacement is healthy, and at most twice the tasks run."""
    if service.block("deployment_controller").text("type") not in ("", "ECS"):
        raise NotSubject("another controller carries the deployments out")
    if service.text("scheduling_strategy") == "DAEMON":
        raise NotSubject("a daemon has one task an instance")
    minimum = service.number("deployment_minimum_healthy_percent", unset=100)
    maximum = service.number("deployment_maximum_percent", unset=200)
    if minimum < FULL:
        return f"only {minimum:g}% of the tasks stay healthy during a deployment"
    if not FULL < maximum <= DOUBLE:
        return f"the maximum is {maximum:g}%: above 100 to be able to roll, at most 200"
    return None


POLICY = ResourcePolicy(
    policy="CKV_ASSURE_2",
    requirement="REL-01",
    name="ECS service keeps full capacity and a bounded surplus while rolling",
    remedy=(
        "Set deployment_minimum_healthy_percent to 100 and deployment_maximum_percent to "
        "at most 200."
    ),
    resources=("aws_ecs_service",),
    reads=("deployment_minimum_healthy_percent", "deployment_maximum_percent"),
    judge=keeps_capacity,
    omitted=(
        "AWS documents 100 and 200 percent as the defaults of a replica service, which is "
        "what is wanted."
    ),
)
