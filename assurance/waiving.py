"""Applies waivers; one that is expired, matches nothing or is not needed fails."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from fnmatch import fnmatchcase

from assurance.model.judgements import Judgement, Layer, Outcome
from assurance.model.requirements import Waiver

REQUIREMENT = "AUD-05"
"""Every exception is a waiver with reason, owner, approver and expiry: the home of its faults."""

SCENARIO = "Every waiver is live and needed"


def waive(
    rows: Iterable[Judgement], waivers: Iterable[Waiver], today: date
) -> tuple[Judgement, ...]:
    """Return the rows, `waived` where a live waiver excepts a failure, and a row for each waiver.

    Args:
        rows: The ledger.
        waivers: All waivers of the system.
        today: The day that decides what has expired.
    """
    result = list(rows)
    for waiver in waivers:
        matched = [index for index, row in enumerate(result) if _matches(waiver, row)]
        failing = [index for index in matched if result[index].outcome is Outcome.FAIL]
        live = waiver.expires >= today
        for index in failing if live else ():
            result[index] = replace(
                result[index], outcome=Outcome.WAIVED, waiver=_described(waiver)
            )
        if matched or not _out_of_scope(waiver, result):
            result.append(
                _row(
                    waiver,
                    _fault(waiver, matched=bool(matched), failing=bool(failing), live=live),
                    result,
                )
            )
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
        and (not waiver.environment or row.environment == waiver.environment)
        and fnmatchcase(row.subject, waiver.subject)
    )


def _out_of_scope(waiver: Waiver, rows: list[Judgement]) -> bool:
    """Whether this run did not look at what the waiver speaks of, so that it cannot be judged."""
    return not any(
        row.requirement == waiver.requirement and row.outcome is not Outcome.NOTCHECKED
        for row in rows
    )


def _fault(waiver: Waiver, *, matched: bool, failing: bool, live: bool) -> str:
    if not live:
        return f"it expired on {waiver.expires.isoformat()}"
    if not matched:
        return f"no subject of {waiver.requirement} matches {waiver.subject!r}"
    if not failing:
        return f"it is no longer needed: nothing that it matches fails {waiver.requirement}"
    return ""


def _described(waiver: Waiver) -> str:
    return (
        f"{waiver.reason} (owner {waiver.owner}, approved by {waiver.approver}, "
        f"until {waiver.expires.isoformat()})"
    )


def _row(waiver: Waiver, fault: str, rows: list[Judgement]) -> Judgement:
    judged = (row.environment for row in rows if row.outcome is not Outcome.NOTCHECKED)
    environment = waiver.environment or next(judged, rows[0].environment)
    return Judgement(
        requirement=REQUIREMENT,
        environment=environment,
        layer=Layer.DECLARED,
        scenario=SCENARIO,
        step=SCENARIO,
        subject=f"waiver of {waiver.requirement} for {waiver.subject}",
        outcome=Outcome.FAIL if fault else Outcome.PASS,
        expected="it is within its time, and something that it matches fails",
        actual=fault or _described(waiver),
        location=waiver.location,
    )
