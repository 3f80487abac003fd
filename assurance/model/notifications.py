"""Whom pipelines tell what, in Harness's words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from assurance.model.subjects import Location, Subject


class Channel(StrEnum):
    """How a notification reaches somebody."""

    CHAT = "chat"
    MAIL = "e-mail"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Event:
    """Something that a rule tells of.

    Attributes:
        type: `PipelineFailed`, `StageSuccess`, `AllEvents` …
        stages: Of an event of a stage, the identifiers of the stages; empty for all.
    """

    type: str
    stages: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Rule:
    """A notification rule of a pipeline.

    Attributes:
        name: Its name or identifier.
        is_enabled: Whether it tells anything.
        channel: How.
        reaches_somebody: Whether it names a person, a group or an address.
        events: Of what.
        location: Where it is written.
    """

    name: str
    is_enabled: bool
    channel: Channel
    reaches_somebody: bool
    events: tuple[Event, ...]
    location: Location


Notifications = Mapping[str, tuple[Rule, ...]]
"""The notification rules of pipelines, by the id of each."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class AlarmTopic:
    """A topic that alarms notify.

    Attributes:
        channels: How its subscribers are reached; one unknown for each that cannot be told.
    """

    subject: Subject
    channels: tuple[Channel, ...]
