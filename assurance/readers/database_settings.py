"""Settings that instances and clusters have in common; what is unset is as AWS documents it."""

from __future__ import annotations

from assurance.model.databases import Node, Parameter
from assurance.model.encryption import Encryption
from assurance.model.unknown import is_unknown, unknown, why_unknown
from assurance.readers.encryption import read_encryption
from assurance.readers.references import flag, whole
from assurance.readers.state import Block, Resource

INSTANCE, CLUSTER = "aws_db_instance", "aws_rds_cluster"


def read_node(resource: Resource) -> Node:
    """Return an instance as what serves a database."""
    return Node(
        name=resource.id,
        size=resource.get("instance_class"),
        zone=resource.get("availability_zone"),
        is_public=flag(resource.get("publicly_accessible", False)),
    )


def read_storage(resource: Resource) -> Encryption:
    """Return the encryption of storage; Aurora Serverless v1 is always encrypted."""
    mode = resource.get("engine_mode")
    default = not is_unknown(mode) and mode == "serverless"
    return read_encryption(
        resource, "kms_key_id", is_on=flag(resource.get("storage_encrypted", default))
    )


def read_performance(*resources: Resource) -> tuple[Encryption, ...]:
    """Return the encryption of the performance data of those that collect it."""
    found: list[Encryption] = []
    for resource in resources:
        collects = flag(resource.get("performance_insights_enabled", False))
        if is_unknown(collects):
            found.append(unknown(why_unknown(collects)))
        elif collects:
            path = "performance_insights_kms_key_id"
            found.append(read_encryption(resource, path, is_on=True))
    return tuple(found)


def read_backup_days(resource: Resource, default: int) -> int:
    """Return the retention; what is restored from a snapshot keeps that of its source.

    https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_WorkingWithAutomatedBackups.BackupRetention.html
    """
    path = "backup_retention_period"
    restored = next(
        (
            origin
            for origin in ("snapshot_identifier", "restore_to_point_in_time", "s3_import")
            if resource.is_set(origin)
        ),
        "",
    )
    if restored and not resource.is_set(path):
        return unknown(f"{path} is unset: {resource.id} takes it from its {restored}")
    return whole(resource.get(path), default)


def is_above_zero(days: int) -> bool:
    """Whether a number of days, if it is known, is more than none."""
    return unknown(why_unknown(days)) if is_unknown(days) else days > 0


def read_parameters(resource: Resource, path: str, type_: str) -> tuple[Parameter, ...]:
    """Return what the attached group sets; AWS's default groups set nothing."""
    name = resource.get(path)
    if is_unknown(name) or not name:
        return name if is_unknown(name) else ()
    group = resource.target(path, type_)
    if group is None or not group.is_managed:
        if str(name).startswith("default."):
            return ()
        return unknown(f"parameter group {name} is not part of this configuration")
    blocks = group.blocks("parameter")
    return blocks if is_unknown(blocks) else tuple(_parameter(block) for block in blocks)


def _parameter(block: Block) -> Parameter:
    if is_unknown(block):
        return unknown("a parameter of the group is not known")
    value = block.get("value")
    return Parameter(name=block.get("name"), value=value if is_unknown(value) else str(value))
