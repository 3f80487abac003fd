"""The two roles of a task."""

from __future__ import annotations

from block_policy import ResourcePolicy
from checkov.common.models.enums import CheckCategories
from terraform_block import Block


def distinct(task: Block) -> str | None:
    """Unlike CKV_AWS_249 a missing role is a violation: the other one then serves both purposes."""
    missing = [name for name in ("execution_role_arn", "task_role_arn") if not task.given(name)]
    if missing:
        return f"{' and '.join(missing)} is not set"
    same = task.raw("execution_role_arn") == task.raw("task_role_arn")
    return "one role is both execution role and task role" if same else None


POLICY = ResourcePolicy(
    policy="CKV_ASSURE_15",
    requirement="IAM-01",
    name="ECS task definition has an execution role and a task role, distinct",
    remedy="Set execution_role_arn and task_role_arn to two roles.",
    resources=("aws_ecs_task_definition",),
    reads=("execution_role_arn", "task_role_arn"),
    category=CheckCategories.IAM,
    judge=distinct,
)
