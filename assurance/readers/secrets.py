"""Terraform's secrets, protected parameters and managed passwords → secrets."""

from __future__ import annotations

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
    """Return the secrets that the configuration makes, or rotates for others."""
    rotations = state.of("aws_secretsmanager_secret_rotation")
    kept = tuple(_secret(found, rotations) for found in state.of("aws_secretsmanager_secret"))
    parameters = tuple(
        _parameter(found)
        for found in state.of("aws_ssm_parameter")
        if is_unknown(found.get("type")) or found.get("type") == "SecureString"
    )
    masters = tuple(
        _master(found, rotations)
        for found in state.of("aws_db_instance", "aws_rds_cluster")
        if _has_managed_password(found)
    )
    known = {part for secret in (*kept, *masters) for part in secret.subject.parts}
    strangers = tuple(_stranger(found) for found in rotations if found.id not in known)
    return Secrets(secrets=kept + parameters + masters + strangers)


def _has_managed_password(database: Resource) -> bool:
    setting = database.get("manage_master_user_password", False)
    return is_unknown(setting) or setting is True


def _own(resource: Resource, rotations: tuple[Resource, ...]) -> tuple[Resource, ...]:
    return tuple(
        found for found in rotations if found.target("secret_id", resource.type) is resource
    )


def _secret(resource: Resource, rotations: tuple[Resource, ...]) -> Secret:
    own = _own(resource, rotations)
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


def _master(resource: Resource, rotations: tuple[Resource, ...]) -> Secret:
    """RDS keeps and rotates the secret; without a key named it takes aws/secretsmanager."""
    own = _own(resource, rotations)
    days = _days(own)
    return Secret(
        subject=resource.subject(*own),
        key=read_key(resource, "master_user_secret_kms_key_id"),
        tags=(),
        rotation_days=days if is_unknown(days) or days else _MANAGED_DAYS,
        rotator="RDS",
    )


def _stranger(rotation: Resource) -> Secret:
    """Return a secret of which only the rotation is known."""
    hidden = unknown(f"the secret that {rotation.id} rotates is not part of this configuration")
    return Secret(
        subject=rotation.subject(),
        key=hidden,
        tags=hidden,
        rotation_days=_days((rotation,)),
        rotator="",
    )


def _tags(resource: Resource) -> Any:
    tags = resource.get("tags", {})
    if is_unknown(tags) or not isinstance(tags, dict):
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
