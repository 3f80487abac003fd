"""The user of a container."""

from __future__ import annotations

import re

from block_policy import ResourcePolicy
from ecs_containers import setting, violating
from terraform_block import Block

NUMERIC_USER = re.compile(r"^[1-9]\d*(?::[1-9]\d*)?$")


def as_user(task: Block) -> str | None:
    """A name is not enough: only a number can be told from root without the image."""
    return violating(
        task,
        "does not run as a numeric non-root user",
        lambda container: bool(NUMERIC_USER.match(str(setting(container, "user") or ""))),
    )


POLICY = ResourcePolicy(
    policy="CKV_ASSURE_6",
    requirement="ECS-04",
    name="ECS containers run as a non-root user with a numeric id",
    remedy="Set user to a numeric id above 0, such as 10001:10001, in the container definition.",
    resources=("aws_ecs_task_definition",),
    reads=("container_definitions",),
    judge=as_user,
)
