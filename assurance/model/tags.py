"""What carries tags."""

from __future__ import annotations

from dataclasses import dataclass

from assurance.model.subjects import Subject


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Tagged:
    """A resource, as those see it who ask what it costs and whose it is.

    Attributes:
        type: The type of the resource.
        can_be_tagged: Whether AWS offers tags for the type.
        tags: The keys that it carries with a value.
    """

    subject: Subject
    type: str
    can_be_tagged: bool
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class TaskTags:
    """What the tasks of a service are tagged with.

    Attributes:
        subject: The service.
        source: `SERVICE`, `TASK_DEFINITION` or `NONE`.
    """

    subject: Subject
    source: str
