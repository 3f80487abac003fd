"""What must hold of exceptions to requirements."""

from __future__ import annotations

from assurance.model.findings import Finding, NotApplicable, Verdict, each
from assurance.model.requirements import Waiver

_SHORTEST = 20
"""A reason of fewer characters explains nothing."""


def are_accountable(waivers: tuple[Waiver, ...], days: int) -> Verdict:
    """Each exception has a reason, an owner, somebody else who approved it, and a near end.

    Args:
        waivers: All exceptions of the system.
        days: The longest time between approval and expiry.
    """
    if not waivers:
        return NotApplicable("none")
    return each(
        waivers,
        lambda waiver: _is_accountable(waiver, days),
        expected=f"a reason, an owner, another person's approval, and an end within {days} days",
        none="",
    )


def _is_accountable(waiver: Waiver, days: int) -> Finding:
    lasts = (waiver.expires - waiver.approved).days
    faults = [
        fault
        for is_wrong, fault in (
            (len(waiver.reason.strip()) < _SHORTEST, "its reason explains nothing"),
            (waiver.owner == waiver.approver, f"{waiver.owner} approved it for themselves"),
            (lasts > days, f"it lasts {lasts} days"),
        )
        if is_wrong
    ]
    name = f"waiver of {waiver.requirement} for {waiver.subject}"
    actual = f"{name}: {', '.join(faults)}" if faults else f"{name}: until {waiver.expires}"
    return Finding(holds=not faults, expected="", actual=actual, location=waiver.location)
