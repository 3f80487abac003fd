"""Terraform's S3 resources around one bucket → the archive of a trail."""

from __future__ import annotations

from typing import Any

from assurance.model.audit import Archive
from assurance.model.unknown import is_unknown, unknown
from assurance.readers.documents import read_statements
from assurance.readers.state import Block, Resource, State

_DOORS = (
    "block_public_acls",
    "block_public_policy",
    "ignore_public_acls",
    "restrict_public_buckets",
)


def read_archive(block: Block, path: str, state: State) -> Archive:
    """Return the bucket that the value at a path names; unknown where it lives elsewhere."""
    value = block.get(path)
    if is_unknown(value):
        return value
    bucket = block.resource.resolve(value, "aws_s3_bucket")
    if bucket is None or not bucket.is_managed:
        return unknown(f"bucket {value} is not part of this configuration")
    return Archive(
        name=bucket.id,
        open_doors=_open_doors(bucket, state),
        is_versioned=_is_versioned(bucket, state),
        lock=_lock(bucket, state),
        needs_factor=_needs_factor(bucket, state),
        statements=_statements(bucket, state),
        is_emptied=bucket.get("force_destroy", False),
    )


def _around(bucket: Resource, state: State, type_: str) -> tuple[Resource, ...]:
    return tuple(found for found in state.of(type_) if found.target("bucket") is bucket)


def _open_doors(bucket: Resource, state: State) -> Any:
    """Return the settings that are off.

    A bucket without a block has all four on: AWS sets them for every new bucket. One with a block
    has those on that it sets.
    https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html
    """
    for block in _around(bucket, state, "aws_s3_bucket_public_access_block"):
        values = {door: block.get(door, False) for door in _DOORS}
        return tuple(
            value if is_unknown(value) else door
            for door, value in values.items()
            if is_unknown(value) or value is not True
        )
    return ()


def _is_versioned(bucket: Resource, state: State) -> Any:
    for versioning in _around(bucket, state, "aws_s3_bucket_versioning"):
        status = versioning.get("versioning_configuration.status")
        return status if is_unknown(status) else status == "Enabled"
    return bucket.get("versioning.enabled", False)


def _lock(bucket: Resource, state: State) -> Any:
    """Return the mode of the retention that every new object gets."""
    for lock in _around(bucket, state, "aws_s3_bucket_object_lock_configuration"):
        return lock.get("rule.default_retention.mode")
    return bucket.get("object_lock_configuration.rule.default_retention.mode")


def _needs_factor(bucket: Resource, state: State) -> Any:
    for versioning in _around(bucket, state, "aws_s3_bucket_versioning"):
        setting = versioning.get("versioning_configuration.mfa_delete")
        return setting if is_unknown(setting) else setting == "Enabled"
    return False


def _statements(bucket: Resource, state: State) -> Any:
    for policy in _around(bucket, state, "aws_s3_bucket_policy"):
        return read_statements(policy.get("policy", None), policy)
    return ()
