"""Reads DynamoDB tables from evaluated Terraform.

Unset, a table is encrypted with a key that AWS owns, cannot be restored to a point in time (where
it can, back for 35 days) and can be deleted
(registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/dynamodb_table).
"""

from __future__ import annotations

from typing import Any

from assurance.model.databases import Database, Family, Master
from assurance.model.encryption import Encryption
from assurance.model.unknown import is_unknown
from assurance.readers.encryption import read_encryption
from assurance.readers.references import flag, whole
from assurance.readers.state import Resource

_LOCKS = "LockID"
"""The partition key that Terraform's backend asks of a table of state locks.

https://developer.hashicorp.com/terraform/language/backend/s3#dynamodb-state-locking
"""
_LONGEST = 35


def read_table(resource: Resource) -> Database:
    """Return an `aws_dynamodb_table`."""
    recovers = flag(resource.get("point_in_time_recovery.enabled", False))
    return Database(
        subject=resource.subject(),
        family=Family.TABLE,
        engine="dynamodb",
        version="",
        source="",
        region=resource.region,
        source_region="",
        holds_state_locks=_holds_locks(resource),
        nodes=(),
        readers=(),
        spans_zones=True,
        storage=_storage(resource),
        performance=(),
        backup_days=_days(resource, recovers),
        recovers_to_any_point=recovers,
        parameters=(),
        master=Master(user="", is_managed=False, keeper="tables have no master user"),
        logins=(),
        accepts_iam=True,
        resists_deletion=flag(resource.get("deletion_protection_enabled", False)),
        skips_final_snapshot=True,
        final_snapshot="",
    )


def _holds_locks(resource: Resource) -> bool:
    key = resource.get("hash_key")
    return key if is_unknown(key) else bool(key == _LOCKS)


def _storage(resource: Resource) -> Encryption:
    """Return its encryption: AWS owns the key unless encryption is enabled with a key."""
    own = flag(resource.get("server_side_encryption.enabled", False))
    if is_unknown(own) or own:
        return read_encryption(resource, "server_side_encryption.kms_key_arn", is_on=True)
    return Encryption(is_on=True, key="", is_customer_managed=False)


def _days(resource: Resource, recovers: Any) -> int:
    if is_unknown(recovers):
        return recovers
    path = "point_in_time_recovery.recovery_period_in_days"
    return whole(resource.get(path), _LONGEST) if recovers else 0
