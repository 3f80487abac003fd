"""How the master password of a database is kept."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from assurance.model.databases import Master
from assurance.model.unknown import is_unknown, unknown
from assurance.readers.references import flag
from assurance.readers.state import Resource, tokens

VERSION, _SECRET = "aws_secretsmanager_secret_version", "aws_secretsmanager_secret"


def read_master(resource: Resource, user: str, password: str) -> Master:
    """Return the master user of an instance or cluster.

    What RDS manages is rotated every seven days unless another interval is set.
    https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/rds-secrets-manager.html

    Args:
        resource: The instance or cluster.
        user: The argument for its name.
        password: The argument for its password.
    """
    managed = flag(resource.get("manage_master_user_password", False))
    name = resource.get(user)
    if is_unknown(managed) or managed:
        return Master(user=name, is_managed=managed, keeper="RDS keeps it in Secrets Manager")
    given = next((path for path in (password, f"{password}_wo") if resource.is_set(path)), "")
    if not given:
        keeper = "it comes with a snapshot or a source; manage_master_user_password is unset"
        return Master(user=name, is_managed=False, keeper=keeper)
    secret = _secret_with(resource, resource.get(given))
    if secret is None:
        keeper = f"{given} is given to Terraform; manage_master_user_password is unset"
        return Master(user=name, is_managed=False, keeper=keeper)
    rotated = _is_rotated(secret)
    word = "rotated" if not is_unknown(rotated) and rotated else "not rotated"
    keeper = f"it stands in {secret.id}, which is {word}"
    return Master(user=name, is_managed=rotated, keeper=keeper)


def _secret_with(resource: Resource, password: Any) -> Resource | None:
    """Return the secret that holds a password: read from it, or written to it as well."""
    named = set(tokens(password))
    for address, attribute in sorted(named):
        source = resource.resolve(f"${{{address}.{attribute}}}")
        if source is not None and source.type == VERSION:
            return source.target("secret_id", _SECRET) or source
    for version in resource.state.of(VERSION):
        if named & set(references_in(version.get("secret_string", None))):
            return version.target("secret_id", _SECRET)
    return None


def references_in(value: Any) -> Iterator[tuple[str, str]]:
    """Yield the references in a text, or in the texts of an object."""
    if isinstance(value, dict):
        for item in value.values():
            yield from references_in(item)
    elif isinstance(value, str):
        yield from tokens(value)


def _is_rotated(secret: Resource) -> bool:
    if not secret.is_managed:
        return unknown(f"whether {secret.id} is rotated is not written here")
    rotations = secret.state.of("aws_secretsmanager_secret_rotation")
    return any(found.target("secret_id", _SECRET) is secret for found in rotations)
