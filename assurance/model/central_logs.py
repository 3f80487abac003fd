"""Logs of every kind, and the places where they end up."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum

from assurance.model.audit import Archive
from assurance.model.subjects import Subject
from assurance.model.unknown import is_unknown


class LogKind(StrEnum):
    """What a log tells of."""

    APPLICATION = "application"
    AUDIT = "audit"
    FLOW = "flow"
    ACCESS = "access"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LogSource:
    """Something that writes a log.

    Attributes:
        kind: What its log tells of.
        places: Ids of everything that its log reaches, directly or passed on.
    """

    subject: Subject
    kind: LogKind
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CentralLogs:
    """All sources of logs, and the buckets that keep them.

    Attributes:
        archives: The buckets of the system.
    """

    sources: tuple[LogSource, ...]
    archives: tuple[Archive, ...]

    @property
    def centre(self) -> str:
        """The bucket that most sources reach, the first by name of several; empty for none."""
        names = {archive.bucket.subject.id for archive in self.archives}
        reached = Counter(
            place
            for source in self.sources
            if not is_unknown(source.places)
            for place in {found for found in source.places if not is_unknown(found)}
            if place in names
        )
        return min(reached, key=lambda place: (-reached[place], place), default="")
