"""Registries of container images, in AWS's words."""

from __future__ import annotations

from dataclasses import dataclass

from assurance.model.identities import Statement
from assurance.model.secrets import Key
from assurance.model.subjects import Subject


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Expiry:
    """One rule of a lifecycle policy.

    Attributes:
        priority: Its place.
        tag_status: `tagged`, `untagged` or `any`.
        tags: The prefixes or patterns of tags that it speaks of; empty for all.
        count_type: `imageCountMoreThan`, or since when images are counted in days.
        count: How many images, or days.
    """

    priority: int
    tag_status: str
    tags: tuple[str, ...]
    count_type: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Repository:
    """A repository of images.

    Attributes:
        name: As image references have it.
        is_public: Whether it is part of the public gallery.
        statements: Of its policy; empty where it has none.
        mutability: `MUTABLE`, `IMMUTABLE`, or one of these with exclusions.
        mutable_tags: Patterns that are left out of immutability.
        expiries: The rules of its lifecycle policy; empty where it has none.
        is_scanned: Whether an image is scanned when it is pushed.
        encryption: `AES256` or `KMS`.
        key: What encrypts it, where it is `KMS`.
        region: Where it is.
        replicas: The other regions to which it is replicated.
    """

    subject: Subject
    name: str
    is_public: bool
    statements: tuple[Statement, ...]
    mutability: str
    mutable_tags: tuple[str, ...]
    expiries: tuple[Expiry, ...]
    is_scanned: bool
    encryption: str
    key: Key
    region: str
    replicas: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Registries:
    """All that is known of image registries in one environment."""

    repositories: tuple[Repository, ...]
