"""Severities, worst first, as every tool's own words come down to them."""

from __future__ import annotations

from assurance.model.unknown import unknown

SEVERITIES = ("critical", "high", "medium", "low")


def at_and_above(lowest: str) -> tuple[str, ...]:
    """Return a severity and all that are worse; unknown for what is none."""
    if not lowest:
        return ()
    name = lowest.strip().lower()
    if name in ("none", "never"):
        return ()
    if name in ("any", "negligible", "info", "unknown", "moderate"):
        return SEVERITIES[: 3 if name == "moderate" else 4]
    if name in SEVERITIES:
        return SEVERITIES[: SEVERITIES.index(name) + 1]
    found: tuple[str, ...] = unknown(f"which findings stop at {lowest!r} is decided by the run")
    return found


def from_score(lowest: str) -> tuple[str, ...]:
    """Return the severities that lie wholly at or above a CVSS score."""
    try:
        score = float(lowest)
    except ValueError:
        return at_and_above(lowest)
    bounds = {"critical": 9.0, "high": 7.0, "medium": 4.0, "low": 0.1}
    return tuple(name for name, bound in bounds.items() if bound >= score)
