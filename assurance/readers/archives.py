"""Terraform's S3 resources around one bucket → the archive of a trail."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from assurance.model.audit import Archive
from assurance.model.buckets import Bucket
from assurance.model.unknown import is_unknown
from assurance.readers.references import record_of
from assurance.readers.state import Block, Resource, State


def read_archive(block: Block, path: str, buckets: Mapping[str, Bucket], state: State) -> Archive:
    """Return the bucket that the value at a path names; unknown where it lives elsewhere."""
    bucket = record_of(block, block.get(path), buckets, "bucket", "aws_s3_bucket")
    if is_unknown(bucket):
        unseen: Any = bucket
        return unseen
    resource = next(found for found in state.of("aws_s3_bucket") if found.id == bucket.subject.id)
    return Archive(
        bucket=bucket,
        lock=_lock(resource, state),
        needs_factor=_needs_factor(resource, state),
        is_emptied=resource.get("force_destroy", False),
    )


def _around(bucket: Resource, state: State, type_: str) -> tuple[Resource, ...]:
    return tuple(found for found in state.of(type_) if found.target("bucket") is bucket)


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
