"""Linux capabilities of a container."""

from __future__ import annotations

from block_policy import ResourcePolicy
from ecs_containers import Container, setting, violating
from terraform_block import Block


def _drops_all(container: Container) -> bool:
    dropped = setting(container, "linuxParameters", "capabilities", "drop")
    added = setting(container, "linuxParameters", "capabilities", "add")
    return "ALL" in (dropped if isinstance(dropped, list) else [dropped]) and not added


def drops_all(task: Block) -> str | None:
    """What a web application needs of the kernel needs no capability."""
    return violating(task, "keeps Linux capabilities", _drops_all)


POLICY = ResourcePolicy(
    policy="CKV_ASSURE_7",
    requirement="ECS-04",
    name="ECS containers drop every Linux capability",
    remedy='Set linuxParameters.capabilities.drop to ["ALL"] in the container, and add none.',
    resources=("aws_ecs_task_definition",),
    reads=("container_definitions",),
    judge=drops_all,
)
