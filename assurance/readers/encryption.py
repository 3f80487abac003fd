"""Whose key encrypts something: AWS's own, or one that the owner of the system manages."""

from __future__ import annotations

from typing import Any

from assurance.model.encryption import Encryption
from assurance.model.unknown import is_unknown, unknown
from assurance.readers.references import identity
from assurance.readers.state import Block, Resource

_KEYS = (
    "aws_kms_key",
    "aws_kms_replica_key",
    "aws_kms_external_key",
    "aws_kms_replica_external_key",
)
_ALIAS, _AWS_ALIAS = "alias/", "alias/aws/"


def read_encryption(block: Block, path: str, *, is_on: Any) -> Encryption:
    """Return the encryption with the key that the value at a path names."""
    return Encryption(
        is_on=is_on,
        key=identity(block, path),
        is_customer_managed=is_customer_managed(block, path),
    )


def no_encryption() -> Encryption:
    """Return the encryption of what is not encrypted."""
    return Encryption(is_on=False, key="", is_customer_managed=False)


def is_customer_managed(block: Block, path: str) -> bool:
    """Whether the key that a value names is the owner's.

    The ARN of a key does not tell who manages it, so a literal one is unknown; AWS keeps the
    aliases that start with `alias/aws/` for itself.
    https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html#aws-managed-cmk
    """
    value = block.get(path)
    if is_unknown(value):
        return value
    if not value:
        return False
    target = block.resource.resolve(value)
    return _named(str(value)) if target is None else _is_own(target)


def _is_own(target: Resource) -> bool:
    if target.is_managed:
        if target.type in (*_KEYS, "aws_kms_alias"):
            return True
        return unknown(f"whether {target.id} is a key of our own is not known")
    name = target.get("name" if target.type == "aws_kms_alias" else "key_id")
    return name if is_unknown(name) else _named(str(name))


def _named(name: str) -> bool:
    if _ALIAS in name:
        return _AWS_ALIAS not in name
    return unknown(f"who manages the key {name} is not written here")
