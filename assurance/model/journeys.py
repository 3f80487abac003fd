"""What people do with a frontend, and what it tells them when the API is in trouble."""

from __future__ import annotations

from dataclasses import dataclass

from assurance.model.pages import Call, Violation
from assurance.model.subjects import Subject


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A step of a journey.

    Attributes:
        step: What was done.
        outcome: `done`, `left out` or `failed`.
        fault: Why it failed.
    """

    step: str
    outcome: str
    fault: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Journey:
    """One way through the frontend, by pointer or by keyboard.

    Attributes:
        subject: Its name and the means.
        means: `pointer` or `keyboard`.
        steps: As far as they were taken.
        is_completed: Whether all were.
        writes: What it made the API change.
        violations: What axe-core finds at its end.
    """

    subject: Subject
    means: str
    steps: tuple[Taken, ...]
    is_completed: bool
    writes: tuple[Call, ...]
    violations: tuple[Violation, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a page tells of its own accord, to eyes and to assistive technology.

    Attributes:
        text: What it says.
        ways: What can be operated beside it.
    """

    text: str
    ways: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Trouble:
    """A page, or an action on it, while the API is in trouble.

    Attributes:
        subject: Page or action, and trouble.
        kind: `slow`, `away` or the status that every request is answered with.
        writes: Whether it is an action that changes something.
        met: The paths of the API that were asked for.
        told: What the page tells beyond what it usually does.
        changed: Whether its text is another one than before.
        headings: Of the first level, as long as the trouble lasts.
        text: Of the page's main part.
        recovers: Whether it gets over it.
        may_recover: Whether that was tried: not with actions, nor with what is refused to a person.
    """

    subject: Subject
    kind: str
    writes: bool
    met: tuple[str, ...]
    told: tuple[Told, ...]
    changed: bool
    headings: tuple[str, ...]
    text: str
    recovers: bool
    may_recover: bool
