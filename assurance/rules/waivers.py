"""What must hold of exceptions to requirements."""

from __future__ import annotations

from assurance.model.findings import Finding
from assurance.model.waivers import GrantedWaiver

_SHORTEST = 20
"""A reason of fewer characters explains nothing."""


def is_accountable(waiver: GrantedWaiver) -> Finding:
    """An exception has a reason, an owner, somebody else who approved it, and an end."""
    faults = [
        fault
        for is_wrong, fault in (
            (len(waiver.reason.strip()) < _SHORTEST, "its reason explains nothing"),
            (not waiver.owner, "nobody owns it"),
            (not waiver.approver, "nobody approved it"),
            (waiver.owner == waiver.approver, f"{waiver.owner} approved it for themselves"),
            (not waiver.expires, "it never ends"),
        )
        if is_wrong
    ]
    return Finding(
        holds=not faults,
        expected="a reason, an owner, the approval of another, and an end",
        actual=", ".join(faults) or f"owned by {waiver.owner}, until {waiver.expires}",
    )
