"""The health check of a container."""

from __future__ import annotations

from block_policy import ResourcePolicy
from ecs_containers import Container, setting, violating
from terraform_block import Block


def _checked(container: Container) -> bool:
    # What is not essential does not decide the health of the task.
    essential = setting(container, "essential") not in (False, "false")
    return not essential or bool(setting(container, "healthCheck", "command"))


def checked(task: Block) -> str | None:
    """Without one ECS knows only that the process has not exited."""
    return violating(task, "has no health check", _checked)


POLICY = ResourcePolicy(
    policy="CKV_ASSURE_11",
    requirement="ECS-03",
    name="ECS containers declare a health check",
    remedy="Set healthCheck.command in the container definition.",
    resources=("aws_ecs_task_definition",),
    reads=("container_definitions",),
    judge=checked,
)
