"""The log configuration of a container."""

from __future__ import annotations

from block_policy import ResourcePolicy
from checkov.common.models.enums import CheckCategories
from ecs_containers import Container, setting, violating
from terraform_block import Block


def _logs(container: Container) -> bool:
    if setting(container, "logConfiguration", "logDriver") != "awslogs":
        return False
    options = setting(container, "logConfiguration", "options")
    return isinstance(options, dict) and bool(options.get("awslogs-group"))


def logs(task: Block) -> str | None:
    """Whether the group exists, is encrypted and keeps logs is another policy's question."""
    return violating(task, "does not log to a CloudWatch group", _logs)


POLICY = ResourcePolicy(
    policy="CKV_ASSURE_10",
    requirement="OBS-01",
    name="ECS containers log to CloudWatch",
    remedy=(
        "Set logConfiguration with the awslogs driver and an awslogs-group in the "
        "container definition."
    ),
    resources=("aws_ecs_task_definition",),
    reads=("container_definitions",),
    category=CheckCategories.LOGGING,
    judge=logs,
)
