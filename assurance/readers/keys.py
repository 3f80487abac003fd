"""From the value of an attribute that takes a KMS key to the key that it means."""

from __future__ import annotations

from typing import Any

from assurance.model.secrets import Key
from assurance.model.unknown import is_unknown, unknown
from assurance.readers.state import Block, Resource

_KEYS = ("aws_kms_key", "aws_kms_alias", "aws_kms_replica_key", "aws_kms_external_key")

_OF_AWS = "alias/aws/"
"""Aliases that only AWS can make, of the keys that it manages for a service.

https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html#aws-managed-key
"""


def read_key(block: Block, path: str) -> Key:
    """Return the key that the value at a path means; one without a name where it is unset."""
    value = block.get(path)
    if is_unknown(value):
        return Key(name=value, is_customer_managed=value)
    if not value:
        return Key(name="", is_customer_managed=False)
    found = block.resource.resolve(value, *_KEYS)
    if found is None:
        return Key(name=str(value), is_customer_managed=_by_name(value))
    if found.is_managed:
        return Key(name=found.id, is_customer_managed=True)
    return Key(name=found.id, is_customer_managed=_by_name(_looked_up(found)))


def _looked_up(data: Resource) -> Any:
    """Return the name by which a data source looks a key up."""
    for attribute in ("name", "key_id"):
        name = data.get(attribute)
        if is_unknown(name) or name:
            return name
    return data.id


def _by_name(name: Any) -> Any:
    if is_unknown(name):
        return name
    if _OF_AWS in name:
        return False
    if "alias/" in name:
        return True
    return unknown(f"nothing tells who manages key {name}, which is not part of this configuration")
