"""Stores of objects and where their copies are, in AWS's words."""

from __future__ import annotations

from dataclasses import dataclass

from assurance.model.subjects import Subject


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ObjectStore:
    """A bucket as a disaster sees it.

    Attributes:
        region: Where it is.
        copies: The regions to which all of its objects are replicated.
        is_copy: Whether it is itself the copy of another bucket.
        receives_logs: Whether services write their access logs into it.
    """

    subject: Subject
    region: str
    copies: tuple[str, ...]
    is_copy: bool
    receives_logs: bool


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Replication:
    """All stores of objects of one environment."""

    stores: tuple[ObjectStore, ...]
