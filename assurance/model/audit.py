"""What is recorded of an account, in AWS's words: trails, recorders, detectors."""

from __future__ import annotations

from dataclasses import dataclass

from assurance.model.buckets import Bucket
from assurance.model.secrets import Key
from assurance.model.subjects import Subject


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Archive:
    """The bucket that keeps what a trail records.

    Attributes:
        bucket: With what keeps it private and versioned.
        lock: Mode of the retention that every new object gets; empty for none.
        needs_factor: Whether deletion needs a second factor.
        is_emptied: Whether Terraform would empty it to destroy it.
    """

    bucket: Bucket
    lock: str
    needs_factor: bool
    is_emptied: bool


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Trail:
    """A trail of API calls.

    Attributes:
        is_multi_region: Whether it records every region.
        includes_global: Whether it records global services such as IAM.
        is_validated: Whether its files carry digests.
        key: What encrypts its files.
        is_logging: Whether it is switched on.
        management: Which management events it records: `All`, `ReadOnly`, `WriteOnly` or `None`.
        archive: Where it delivers.
    """

    subject: Subject
    is_multi_region: bool
    includes_global: bool
    is_validated: bool
    key: Key
    is_logging: bool
    management: str
    archive: Archive


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Recorder:
    """A recorder of configurations.

    Attributes:
        records_all: Whether it records every type that it supports.
        is_on: Whether it is started.
        delivers: Whether its records go anywhere.
    """

    subject: Subject
    records_all: bool
    is_on: bool
    delivers: bool


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Detector:
    """A detector of threats."""

    subject: Subject
    is_on: bool


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Audit:
    """All that records or watches an account."""

    trails: tuple[Trail, ...]
    recorders: tuple[Recorder, ...]
    detectors: tuple[Detector, ...]
