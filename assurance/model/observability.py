"""What is watched: logs, and whom a notification reaches; in AWS's words."""

from __future__ import annotations

from dataclasses import dataclass

from assurance.model.subjects import Subject

FOR_EVER = 0
"""The retention of a log group that never expires its events."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LogGroup:
    """A log group of CloudWatch.

    Attributes:
        name: Its name.
        retention: Days that events are kept; `FOR_EVER` where they never expire.
        key: The KMS key that encrypts it; empty for a key that AWS owns.
        destinations: Ids, or ARNs, of what its subscription filters send the events to.
    """

    subject: Subject
    name: str
    retention: int
    key: str
    destinations: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Subscription:
    """One subscription of a topic.

    Attributes:
        protocol: `email`, `https`, `lambda`, `sqs` …
        endpoint: Where it delivers to.
    """

    protocol: str
    endpoint: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Topic:
    """A notification topic.

    Attributes:
        key: The KMS key that encrypts it; empty where it is not encrypted.
    """

    subject: Subject
    key: str
    subscriptions: tuple[Subscription, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Observability:
    """The log groups and the topics."""

    log_groups: tuple[LogGroup, ...]
    topics: tuple[Topic, ...]
