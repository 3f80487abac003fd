"""Privileged containers; CKV_AWS_334 reads a key that ECS does not have and cannot fire."""

from __future__ import annotations

from block_policy import ResourcePolicy
from ecs_containers import setting, violating
from terraform_block import Block


def unprivileged(task: Block) -> str | None:
    """No container may reach the host's devices."""
    return violating(
        task,
        "is privileged",
        lambda container: setting(container, "privileged") in (None, False, "false"),
    )


POLICY = ResourcePolicy(
    policy="CKV_ASSURE_5",
    requirement="ECS-04",
    name="ECS containers are not privileged",
    remedy="Remove privileged from the container definition, or set it to false.",
    resources=("aws_ecs_task_definition",),
    reads=("container_definitions",),
    judge=unprivileged,
    omitted="ECS documents false as the default of privileged.",
)
