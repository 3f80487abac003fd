"""The image reference of a container."""

from __future__ import annotations

import re

from block_policy import ResourcePolicy
from ecs_containers import Container, called, violating
from terraform_block import Block, Unresolved, is_expression, is_reference

# A repository of the same configuration; checkov drops the ${} around it.
REPOSITORY = re.compile(r"^(?:\$\{)?(?:data\.)?aws_ecr_repository\.[^:@}]+\.repository_url\}?")


def _fixed(container: Container) -> bool:
    image = REPOSITORY.sub("repository", str(container.get("image") or ""))
    if is_reference(image) or is_expression(image):
        raise Unresolved(f"{called(container)} runs the image {image}")
    # Only what follows the last slash is the name: before it, a colon begins a port.
    name = image.rsplit("/", 1)[-1]
    return "@sha256:" in name or name.partition(":")[2] not in ("", "latest")


def fixed(task: Block) -> str | None:
    """No tag means latest, and latest is a different image tomorrow."""
    return violating(task, "runs an image that is not fixed", _fixed)


POLICY = ResourcePolicy(
    policy="CKV_ASSURE_12",
    requirement="ECS-05",
    name="ECS containers run an image by digest or by a tag other than latest",
    remedy="Name the image by digest (repository@sha256:…) or by an immutable tag.",
    resources=("aws_ecs_task_definition",),
    reads=("container_definitions",),
    judge=fixed,
)
