"""Secrets in the plain environment of a container."""

from __future__ import annotations

import re

from block_policy import ResourcePolicy
from checkov.common.models.enums import CheckCategories
from ecs_containers import Container, setting, violating
from terraform_block import Block, Unresolved

SECRET_NAME = re.compile(
    r"(?i)(?:^|_)(?:pass(?:word|wd)?|pwd|secret|token|api_?key|access_?key|private_?key|credentials?)$"
)
# Credentials inside a connection string: scheme://user:password@host (pragma: allowlist secret)
SECRET_VALUE = re.compile(
    r"(?i)^[a-z][a-z0-9+.-]*://[^/\s:@]+:[^/\s@]+@|^AKIA[0-9A-Z]{16}$|-----BEGIN"
)
# A name such as SECRET_NAME or TOKEN_URL says where a secret is, not what it is.


def _holds_secret(variable: object) -> bool:
    if not isinstance(variable, dict):
        raise Unresolved(f"environment holds {variable}")
    return bool(
        SECRET_NAME.search(str(variable.get("name", "")))
        or SECRET_VALUE.search(str(variable.get("value", "")))
    )


def _free_of_secrets(container: Container) -> bool:
    environment = setting(container, "environment") or []
    return not any(
        map(_holds_secret, environment if isinstance(environment, list) else [environment])
    )


def by_reference(task: Block) -> str | None:
    """Plain environment is readable to everyone who may describe the task definition."""
    return violating(task, "has a secret in its plain environment", _free_of_secrets)


POLICY = ResourcePolicy(
    policy="CKV_ASSURE_9",
    requirement="SEC-04",
    name="ECS containers receive secrets by reference",
    remedy="Move the variable from environment to secrets, with valueFrom naming the secret.",
    resources=("aws_ecs_task_definition",),
    reads=("container_definitions",),
    category=CheckCategories.SECRETS,
    judge=by_reference,
    omitted="Without an environment nothing is given away.",
)
