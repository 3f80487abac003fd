"""Buckets with everything that is set on them, in AWS's words."""

from __future__ import annotations

from dataclasses import dataclass

from assurance.model.identities import Statement
from assurance.model.subjects import Subject


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PublicAccessBlock:
    """The four settings that keep a bucket from becoming public, of the bucket or its account."""

    blocks_acls: bool
    ignores_acls: bool
    blocks_policies: bool
    restricts_buckets: bool


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LifecycleRule:
    """A rule that moves or expires objects."""

    name: str
    is_enabled: bool


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Bucket:
    """A bucket.

    Attributes:
        access_blocks: What blocks public access: its own block, else that of its account.
        algorithms: How it is stated that new objects are encrypted; empty where it is not stated.
        versioning: `Enabled`, `Suspended`, or empty where it was never on.
        statements: Its policy.
        lifecycle: Its rules.
    """

    subject: Subject
    name: str
    access_blocks: tuple[PublicAccessBlock, ...]
    algorithms: tuple[str, ...]
    versioning: str
    statements: tuple[Statement, ...]
    lifecycle: tuple[LifecycleRule, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Buckets:
    """Every bucket."""

    buckets: tuple[Bucket, ...]
