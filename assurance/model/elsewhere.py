"""What a system has, but writes down elsewhere."""

from __future__ import annotations

from typing import NoReturn

from assurance.model.subjects import Subject
from assurance.model.unknown import UnknownValue


class Elsewhere:
    """A thing that must exist, because something refers to it, and of which nothing is known.

    It has a subject, so that it is judged; whatever else a rule asks of it is unknown.

    Attributes:
        subject: What it is called, and where it is referred to.
        reason: Why nothing is known of it.
    """

    __slots__ = ("reason", "subject")

    def __init__(self, subject: Subject, reason: str) -> None:
        self.subject = subject
        self.reason = reason

    def _refuse(self, *_: object) -> NoReturn:
        raise UnknownValue(self.reason)

    def __getattr__(self, name: str) -> NoReturn:
        if name.startswith("__"):
            raise AttributeError(name)
        self._refuse()

    __eq__ = __ne__ = __hash__ = _refuse
