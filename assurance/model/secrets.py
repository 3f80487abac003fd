"""Secrets and the keys that encrypt, in AWS's words."""

from __future__ import annotations

from dataclasses import dataclass

from assurance.model.subjects import Subject


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Key:
    """The KMS key that something is encrypted with.

    Attributes:
        name: Its id or alias; empty where none is named, so that AWS takes its own.
        is_customer_managed: Whether its policy and rotation are in our hands.
    """

    name: str
    is_customer_managed: bool


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Secret:
    """A secret in Secrets Manager, or a protected parameter in Systems Manager.

    Attributes:
        key: What encrypts it.
        tags: Its tags.
        rotation_days: The longest time between two rotations; 0 where it is never rotated.
        rotator: The service that owns and rotates it by itself; empty for our own.
    """

    subject: Subject
    key: Key
    tags: tuple[tuple[str, str], ...]
    rotation_days: int
    rotator: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Secrets:
    """All secrets of one environment."""

    secrets: tuple[Secret, ...]
