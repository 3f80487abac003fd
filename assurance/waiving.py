"""Applies waivers; one that is expired, matches nothing or is not needed fails.

A waiver that names environments says of each of them that it is needed there, and is judged there
and nowhere else. One that names none says that it is needed in some environment, so that only a run
that looked at all of them can refuse it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from fnmatch import fnmatchcase

from assurance.judge import SYSTEM
from assurance.model.judgements import Judgement, Layer, Outcome, Reason
from assurance.model.requirements import Waiver

REQUIREMENT = "AUD-05"
"""Every exception is a waiver with reason, owner, approver and expiry: the home of its faults."""

SCENARIO = "Every waiver is live and needed"

_NEVER = (Reason.UNBUILT, Reason.PLACE)
"""Reasons that no other call would change: what was left out for them cannot need a waiver."""


def waive(
    rows: Iterable[Judgement], waivers: Iterable[Waiver], today: date
) -> tuple[Judgement, ...]:
    """Return the rows, `waived` where a live waiver excepts a failure, and what waivers come to.

    Args:
        rows: The closed ledger.
        waivers: All waivers of the system.
        today: The day that decides what has expired.
    """
    result = list(rows)
    for waiver in waivers:
        own = [row for row in result if row.requirement == waiver.requirement]
        result = [
            replace(row, outcome=Outcome.WAIVED, waiver=_described(waiver))
            if is_waived(row, (waiver,), today)
            else row
            for row in result
        ]
        result.extend(_judged(waiver, name, there, today) for name, there in _claims(waiver, own))
    return tuple(result)


def is_waived(row: Judgement, waivers: Iterable[Waiver], today: date) -> bool:
    """Whether a live waiver excepts a failure."""
    return row.outcome is Outcome.FAIL and any(
        waiver.expires >= today and _matches(waiver, row) for waiver in waivers
    )


def _matches(waiver: Waiver, row: Judgement) -> bool:
    return (
        row.requirement == waiver.requirement
        and row.outcome is not Outcome.NOTCHECKED
        and waiver.concerns(row.environment)
        and fnmatchcase(row.subject, waiver.subject)
    )


def _claims(waiver: Waiver, own: Sequence[Judgement]) -> Iterator[tuple[str, Sequence[Judgement]]]:
    """Yield each environment that a waiver names, or one for all, with its requirement's rows."""
    for name in waiver.environments:
        yield name, [row for row in own if row.environment == name]
    if not waiver.environments:
        looked_at = [row for row in own if row.outcome is not Outcome.NOTCHECKED]
        failing = [row for row in looked_at if row.outcome is Outcome.FAIL]
        yield (failing or looked_at or own)[0].environment, own


def _judged(waiver: Waiver, environment: str, own: Sequence[Judgement], today: date) -> Judgement:
    outcome, actual = _verdict(waiver, own, today)
    return Judgement(
        requirement=REQUIREMENT,
        environment=environment,
        layer=Layer.DECLARED,
        scenario=SCENARIO,
        step=SCENARIO,
        subject=f"waiver of {waiver.requirement} for {waiver.subject}",
        outcome=outcome,
        expected="it is within its time, and something that it matches fails",
        actual=actual,
        location=waiver.location,
    )


def _verdict(waiver: Waiver, own: Sequence[Judgement], today: date) -> tuple[Outcome, str]:
    """Return whether a waiver is needed, by all rows of its requirement where it claims to be."""
    if all(row.outcome is Outcome.NOTCHECKED for row in own):
        return Outcome.NOTCHECKED, _reason(own)
    if waiver.expires < today:
        return Outcome.FAIL, f"it expired on {waiver.expires.isoformat()}"
    matched = [row for row in own if _matches(waiver, row)]
    if any(row.outcome is Outcome.FAIL for row in matched):
        return Outcome.PASS, _described(waiver)
    return _not_seen_needed(waiver, own, matched)


def _not_seen_needed(
    waiver: Waiver, own: Sequence[Judgement], matched: Sequence[Judgement]
) -> tuple[Outcome, str]:
    """Return what to think of a waiver that nothing here needs: no fault where it could be."""
    whole = [row for row in own if row.subject == SYSTEM]
    if any(row.outcome in (Outcome.ERROR, Outcome.UNKNOWN) for row in (*matched, *whole)):
        return Outcome.UNKNOWN, f"{waiver.requirement} is undecided where it could be needed"
    left_out = [row for row in own if _could_need(row)]
    elsewhere = sorted({row.environment for row in left_out if row.actual == Reason.ENVIRONMENT})
    if elsewhere:
        return Outcome.UNKNOWN, (
            f"nothing that was looked at needs it, and {' and '.join(elsewhere)} was left out: "
            "name under `environments` where it is needed"
        )
    if left_out:
        return Outcome.NOTCHECKED, _reason(left_out)
    if not matched:
        return Outcome.FAIL, f"no subject of {waiver.requirement} matches {waiver.subject!r}"
    return Outcome.FAIL, (
        f"it is no longer needed: nothing that it matches fails {waiver.requirement}"
    )


def _could_need(row: Judgement) -> bool:
    return row.outcome is Outcome.NOTCHECKED and row.actual not in _NEVER


def _reason(left_out: Sequence[Judgement]) -> str:
    """Return why rows were not judged: what another call would change comes first."""
    return min(left_out, key=lambda row: row.actual in _NEVER).actual


def _described(waiver: Waiver) -> str:
    return (
        f"{waiver.reason} (owner {waiver.owner}, approved by {waiver.approver}, "
        f"until {waiver.expires.isoformat()})"
    )
