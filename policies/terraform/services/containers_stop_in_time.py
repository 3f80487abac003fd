"""The stop timeout of a container."""

from __future__ import annotations

from block_policy import ResourcePolicy
from ecs_containers import Container, setting, violating
from terraform_block import Block

LONGEST = 120


def _stops(container: Container) -> bool:
    seconds = setting(container, "stopTimeout")
    return seconds is not None and 0 < float(str(seconds)) <= LONGEST


def stops(task: Block) -> str | None:
    """The default of 30 s is nobody's decision, and longer than 120 s is cut off by Fargate."""
    return violating(task, "states no stop timeout of at most 120 s", _stops)


POLICY = ResourcePolicy(
    policy="CKV_ASSURE_14",
    requirement="ECS-07",
    name="ECS containers state how long they may take to stop",
    remedy=(
        "Set stopTimeout (at most 120 on Fargate) in the container definition to what the "
        "application needs to drain."
    ),
    resources=("aws_ecs_task_definition",),
    reads=("container_definitions",),
    judge=stops,
)
