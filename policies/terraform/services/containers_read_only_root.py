"""The root file system of a container."""

from __future__ import annotations

from block_policy import ResourcePolicy
from ecs_containers import setting, violating
from terraform_block import Block


def read_only(task: Block) -> str | None:
    """Unlike CKV_AWS_336 this does not pass a definition that it could not read."""
    return violating(
        task,
        "can write to its root file system",
        lambda container: setting(container, "readonlyRootFilesystem") in (True, "true"),
    )


POLICY = ResourcePolicy(
    policy="CKV_ASSURE_8",
    requirement="ECS-04",
    name="ECS containers have a read-only root file system",
    remedy=(
        "Set readonlyRootFilesystem to true in the container definition, and mount a "
        "volume where it must write."
    ),
    resources=("aws_ecs_task_definition",),
    reads=("container_definitions",),
    judge=read_only,
)
