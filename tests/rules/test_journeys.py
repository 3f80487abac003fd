"""The rules about journeys and troubles, on what a browser noted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from assurance.errors import NotGiven
from assurance.model.findings import Finding, NotApplicable
from assurance.model.journeys import Journey, Trouble
from assurance.readers.journeys import read_calls, read_journeys, read_troubles
from assurance.rules import journeys as rules
from tests.states import managed, state
from tests.visits import JOURNEY, PAGE, SITE, TROUBLE, changed

WRITING = {**TROUBLE, "asks": "click button", "recovers": None}


def journey(*change: Any) -> Journey:
    values = changed(JOURNEY, *change) if change else JOURNEY
    site = managed("browser_site.site", **SITE)
    (found,) = read_journeys(state(site, managed("browser_journey.one", **values)), "pointer")
    return found


def trouble(values: dict[str, Any]) -> Trouble:
    site = managed("browser_site.site", **SITE)
    found = state(site, managed("browser_trouble.one", **values))
    (read,) = (*read_troubles(found, writes=False), *read_troubles(found, writes=True))
    return read


@pytest.mark.parametrize(
    "rule",
    [rules.is_completed, rules.can_be_walked, rules.ends_accessibly, rules.writes_through_api],
)
def test_a_good_journey_holds(rule: Callable[[Journey], Finding]) -> None:
    assert rule(journey()).holds


@pytest.mark.parametrize(
    ("rule", "path", "value", "actual"),
    [
        (rules.is_completed, "completed", False, "1 steps"),
        (rules.is_completed, "steps.0.outcome", "failed", "open /"),
        (rules.is_completed, "writes.0.status", 403, "POST /api/items: 403"),
        (rules.is_completed, "writes", [], "nothing was written"),
        (rules.can_be_walked, "completed", False, "1 steps"),
        (rules.ends_accessibly, "completed", False, "no rule was tried"),
        (rules.writes_through_api, "writes.0.status", 500, "none"),
    ],
)
def test_a_broken_journey_does_not(
    rule: Callable[[Journey], Finding], path: str, value: Any, actual: str
) -> None:
    found = rule(journey(path, value))

    assert not found.holds
    assert actual in found.actual


@pytest.mark.parametrize(
    "text",
    [
        "Error",
        "Something failed",
        "TypeError: x is undefined in this place",
        "Failed to fetch the list of tools",
        "The answer was [object Object] from there",
        'We got {"status": 500} from the server',
        "It broke at load (app.js:12) in the list",
    ],
)
def test_what_nobody_understands_is_no_message(text: str) -> None:
    found = rules.tells_understandably(trouble(changed(TROUBLE, "told.0.text", text)))

    assert not found.holds


@pytest.mark.parametrize(("path", "value"), [("told", []), ("met", [])])
def test_silence_and_what_was_not_tried_do_not_hold(path: str, value: Any) -> None:
    assert rules.tells_understandably(trouble(TROUBLE)).holds
    assert not rules.tells_understandably(trouble(changed(TROUBLE, path, value))).holds


def test_a_slow_action_may_show_to_be_under_way_and_a_slow_page_may_not() -> None:
    slow = {**WRITING, "trouble": "slow", "told": []}

    assert rules.tells_understandably(trouble(slow)).holds
    assert not rules.tells_understandably(trouble({**slow, "changed": False})).holds
    assert not rules.tells_understandably(trouble({**slow, "trouble": "away"})).holds
    assert not rules.tells_understandably(trouble({**slow, "asks": "GET"})).holds


def test_a_blank_page_is_seen() -> None:
    assert rules.stays_readable(trouble(TROUBLE)).holds
    assert not rules.stays_readable(trouble({**TROUBLE, "headings": []})).holds
    assert not rules.stays_readable(trouble({**TROUBLE, "text": "Oh."})).holds


def test_a_trouble_that_stays_is_seen_where_it_was_tried() -> None:
    stays = rules.leads_on(trouble({**TROUBLE, "recovers": False}))
    refused = rules.leads_on(trouble({**TROUBLE, "recovers": None}))

    assert isinstance(stays, Finding)
    assert not stays.holds
    assert refused == NotApplicable("refused")


@pytest.mark.parametrize(
    ("missing", "reason"),
    [("journeys", "no journeys of people were named"), ("sign_in", "nobody said how people")],
)
def test_what_was_not_given_is_not_checked(missing: str, reason: str) -> None:
    site = managed("browser_site.site", **changed(SITE, f"given.{missing}", False))
    found = state(site, managed("browser_page.first", **PAGE))

    with pytest.raises(NotGiven, match=reason):
        read_journeys(found, "pointer")
    with pytest.raises(NotGiven, match=reason):
        read_troubles(found, writes=True)
    assert read_troubles(found, writes=False) == ()
    assert [call.method for call in read_calls(found)] == ["GET"]


def test_calls_that_failed_are_no_reading() -> None:
    (call,) = read_calls(state(managed("browser_page.first", **PAGE)))
    values = changed(PAGE, "calls.0.status", None)
    (lost,) = read_calls(state(managed("browser_page.first", **values)))

    assert rules.is_answered(call).holds
    assert rules.is_answered(lost).actual == "no answer"
