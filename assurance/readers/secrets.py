"""Terraform's secrets, protected parameters and managed passwords → secrets."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from assurance.model.secrets import Secret, Secrets
from assurance.model.unknown import is_unknown, unknown
from assurance.readers.keys import read_key
from assurance.readers.kinds import Kind
from assurance.readers.schedules import days_between
from assurance.readers.state import Block, Resource, State

_MANAGED_DAYS = 7
"""How often RDS rotates a master password that it manages.

https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-secrets-manager.html
"""


def read_secrets(state: State) -> Secrets:
    """Return the secrets that the configuration makes."""
    rotations = state.of("aws_secretsmanager_secret_rotation")
    kept = tuple(_secret(found, rotations) for found in state.of("aws_secretsmanager_secret"))
    parameters = tuple(
        _parameter(found)
        for found in state.of("aws_ssm_parameter")
        if is_unknown(found.get("type")) or found.get("type") == "SecureString"
    )
    masters = tuple(
        _master(found)
        for found in state.of("aws_db_instance", "aws_rds_cluster")
        if found.is_set("manage_master_user_password")
        and (
            is_unknown(found.get("manage_master_user_password"))
            or found.get("manage_master_user_password") is True
        )
    )
    return Secrets(secrets=kept + parameters + masters)


def _secret(resource: Resource, rotations: tuple[Resource, ...]) -> Secret:
    own = tuple(
        found
        for found in rotations
        if found.target("secret_id", "aws_secretsmanager_secret") is resource
    )
    return Secret(
        subject=resource.subject(*own),
        key=read_key(resource, "kms_key_id"),
        tags=_tags(resource),
        rotation_days=_days((*own, resource)),
        rotator="",
    )


def _parameter(resource: Resource) -> Secret:
    """Parameter Store rotates nothing, and takes aws/ssm where no key is named."""
    return Secret(
        subject=resource.subject(),
        key=read_key(resource, "key_id"),
        tags=_tags(resource),
        rotation_days=0,
        rotator="",
    )


def _master(resource: Resource) -> Secret:
    """RDS keeps and rotates the secret; without a key named it takes aws/secretsmanager."""
    return Secret(
        subject=resource.subject(),
        key=read_key(resource, "master_user_secret_kms_key_id"),
        tags=(),
        rotation_days=_MANAGED_DAYS,
        rotator="RDS",
    )


def _tags(resource: Resource) -> Any:
    tags = resource.get("tags", {})
    if is_unknown(tags) or not isinstance(tags, Mapping):
        return tags
    return tuple((str(name), value) for name, value in sorted(tags.items()))


def _days(resources: tuple[Resource, ...]) -> Any:
    """Return the interval of the first resource that states one; 0 where none does."""
    for resource in resources:
        rules = resource.blocks("rotation_rules")
        if is_unknown(rules):
            return rules
        for rule in rules:
            return rule if is_unknown(rule) else _interval(rule)
    return 0


def _interval(rule: Block) -> Any:
    days = rule.get("automatically_after_days", 0)
    if is_unknown(days) or days:
        return days if is_unknown(days) else int(days)
    expression = rule.get("schedule_expression")
    if is_unknown(expression):
        return unknown("the rotation schedule is not known")
    return days_between(str(expression)) if expression else 0


KINDS = (
    Kind(
        noun="secret",
        plural="secrets",
        population=lambda view: view.secrets.secrets,
        inventory=("aws_secretsmanager_secret", "aws_secretsmanager_secret_rotation"),
    ),
)
