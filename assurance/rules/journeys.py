"""What must hold for the ways of people, and for pages while the API is in trouble."""

from __future__ import annotations

import re

from assurance.model.findings import Finding, NotApplicable, Verdict
from assurance.model.journeys import Journey, Trouble
from assurance.model.pages import Call
from assurance.rules.lists import listing
from assurance.rules.pages import no_grave_violation

_SENTENCE = 3
"""Words below which nobody is told what happened and what to do."""

_RAW = re.compile(
    r"\[object \w+\]|\bundefined\b|\bNaN\b|\bTypeError\b|\b\w+Exception\b|Traceback|[{}]"
    r"|\bat \S+:\d+|\.(?:m?js|tsx?):\d+|<!doctype|Failed to fetch|ECONNREFUSED",
    re.IGNORECASE,
)
_LEAST = 20
"""Characters below which a page is blank to whoever looks at it."""


def is_completed(journey: Journey) -> Finding:
    """Every step was taken, and something was really changed by it."""
    failed = [taken for taken in journey.steps if taken.outcome == "failed"]
    refused = [f"{call.method} {call.path}: {call.status}" for call in journey.writes if _bad(call)]
    said = [f"{taken.step}: {taken.fault}" for taken in failed] + refused
    return Finding(
        holds=journey.is_completed and not said and bool(journey.writes),
        expected="every step, and what it writes accepted",
        actual="; ".join(said)
        or (f"{len(journey.steps)} steps" if journey.writes else "nothing was written"),
    )


def _bad(call: Call) -> bool:
    return not 200 <= call.status < 300


def can_be_walked(journey: Journey) -> Finding:
    """Every step was taken."""
    failed = [
        f"{taken.step}: {taken.fault}" for taken in journey.steps if taken.outcome == "failed"
    ]
    return Finding(
        holds=journey.is_completed and not failed,
        expected="every step",
        actual="; ".join(failed) or f"{len(journey.steps)} steps",
    )


def ends_accessibly(journey: Journey) -> Finding:
    """Where it ends, nothing serious is found."""
    return no_grave_violation(journey.violations, tried=journey.is_completed)


def is_answered(call: Call) -> Finding:
    """The API does what a page asks of it."""
    return Finding(
        holds=200 <= call.status < 400,
        expected="an answer that is no error",
        actual=f"status {call.status}" if call.status else "no answer",
    )


def writes_through_api(journey: Journey) -> Finding:
    """It changes something through the API."""
    good = [f"{call.method} {call.path}" for call in journey.writes if not _bad(call)]
    return Finding(
        holds=bool(good),
        expected="an accepted request that changes something",
        actual=listing(dict.fromkeys(good)) or "none",
    )


def tells_understandably(trouble: Trouble) -> Finding:
    """Who looks or listens learns in a sentence that something is wrong.

    Of an action that only takes long it is enough that it shows to be under way.
    """
    told = [each.text for each in trouble.told]
    raw = [text for text in told if _RAW.search(text)]
    clear = [text for text in told if len(text.split()) >= _SENTENCE and text not in raw]
    under_way = trouble.kind == "slow" and trouble.writes and trouble.changed
    return Finding(
        holds=bool(trouble.met) and not raw and (bool(clear) or under_way),
        expected="a sentence in a status or an alert",
        actual=_said(trouble, told, under_way=under_way),
    )


def _said(trouble: Trouble, told: list[str], *, under_way: bool) -> str:
    if not trouble.met:
        return "the API was not asked"
    if told:
        return listing(f"“{text[:160]}”" for text in told)
    return "it shows to be under way" if under_way else "it says nothing"


def stays_readable(trouble: Trouble) -> Finding:
    """The page is not blank."""
    return Finding(
        holds=bool(trouble.headings) and len(trouble.text) >= _LEAST,
        expected="a page with its heading and text",
        actual=listing(trouble.headings) or "no heading",
    )


def leads_on(trouble: Trouble) -> Verdict:
    """It gets over the trouble once that is over: by itself, or by the way on that it offers."""
    if not trouble.may_recover:
        return NotApplicable("refused")
    ways = [way for told in trouble.told for way in told.ways]
    return Finding(
        holds=trouble.recovers and bool(trouble.met),
        expected="the trouble leaves the page when the API answers again",
        actual=(f"by {listing(ways)}" if ways else "by itself")
        if trouble.recovers
        else "the trouble stays on the page",
    )
