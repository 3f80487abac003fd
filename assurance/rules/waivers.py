"""What must hold of exceptions to requirements."""

from __future__ import annotations

from assurance.model.findings import Finding, NotApplicable, Verdict, each
from assurance.model.requirements import Waiver

_SHORTEST = 20
"""A reason of fewer characters explains nothing."""


def are_accountable(waivers: tuple[Waiver, ...]) -> Verdict:
    """Each exception has a reason, an owner, and somebody else who approved it; all have an end."""
    if not waivers:
        return NotApplicable("none")
    return each(
        waivers,
        _is_accountable,
        expected="a reason, an owner, the approval of another, and an end",
        none="",
    )


def _is_accountable(waiver: Waiver) -> Finding:
    faults = [
        fault
        for is_wrong, fault in (
            (len(waiver.reason.strip()) < _SHORTEST, "its reason explains nothing"),
            (waiver.owner == waiver.approver, f"{waiver.owner} approved it for themselves"),
        )
        if is_wrong
    ]
    name = f"waiver of {waiver.requirement} for {waiver.subject}"
    actual = f"{name}: {', '.join(faults)}" if faults else f"{name}: until {waiver.expires}"
    return Finding(holds=not faults, expected="", actual=actual, location=waiver.location)
