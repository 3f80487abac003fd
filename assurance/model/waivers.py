"""Exceptions to requirements, as they are judged themselves."""

from __future__ import annotations

from dataclasses import dataclass

from assurance.model.subjects import Subject


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class GrantedWaiver:
    """An exception as it is written.

    Attributes:
        subject: What it is called here: the requirement, and whom it excepts.
        reason: Why it is right for now.
        owner: Who answers for it.
        approver: Who allowed it.
        expires: The last day on which it counts, `YYYY-MM-DD`; empty for never.
    """

    subject: Subject
    reason: str
    owner: str
    approver: str
    expires: str
