"""Flags must be decided by a service, and safe without it."""

from __future__ import annotations

from typing import Any

import pytest

from assurance.model.flag_evaluations import Decision, RequestWithoutFlags, SeenEvaluation
from assurance.model.subjects import Location, Subject
from assurance.model.unknown import UnknownValue
from assurance.rules import flag_evaluations as rules

SUBJECT = Subject(id="it", location=Location(file="it"))


def decided(value: str = "false", reason: str = "split", **changes: str) -> Decision:
    return Decision(**{"value": value, "reason": reason, "provider": "file", "error": ""} | changes)


def away(value: str = "false", **changes: str) -> Decision:
    return decided(**{"value": value, "reason": "error", "error": "provider_not_ready"} | changes)


def seen(usual: Any = (), without: Any = ()) -> SeenEvaluation:
    return SeenEvaluation(subject=SUBJECT, flag="a", usual=tuple(usual), without=tuple(without))


@pytest.mark.parametrize(
    ("usual", "holds"),
    [
        ([decided()], True),
        ([decided(reason="static", provider="")], True),
        ([decided(), decided(reason="default")], True),
        ([decided(reason="error", error="general")], False),
        ([decided(), decided(reason="error")], False),
        ([decided(reason="")], False),
        ([decided(reason="unknown")], False),
        ([decided(reason="default", provider="No-op Provider")], False),
        ([decided(reason="default", provider="NoopProvider")], False),
    ],
)
def test_a_flag_is_decided_by_a_service_and_not_by_a_stand_in(
    usual: list[Decision], holds: bool
) -> None:
    assert rules.is_decided(seen(usual)).holds is holds


def test_an_error_is_told_with_its_type_and_provider() -> None:
    finding = rules.is_decided(seen([away()]))

    assert finding.actual == "false by file: error (provider_not_ready)"


def test_a_flag_that_only_the_twin_evaluates_says_nothing_about_the_system() -> None:
    with pytest.raises(UnknownValue, match="seen only without its flag service"):
        rules.is_decided(seen(without=[away()]))


@pytest.mark.parametrize(
    ("without", "holds"),
    [
        ([away()], True),
        ([away("newest")], True),
        ([away(reason="default", error="")], True),
        ([away(reason="cached")], True),
        ([away("true")], False),
        ([away("on")], False),
        ([away(), away("true")], False),
    ],
)
def test_a_default_switches_nothing_on(without: list[Decision], holds: bool) -> None:
    assert rules.falls_back(seen([decided()], without)).holds is holds


@pytest.mark.parametrize(
    ("without", "why"),
    [
        ([], "left no evaluation"),
        ([away(), decided()], "may be reached there: false by file: split"),
        ([decided("true")], "may be reached there"),
        ([away("")], "neither the value nor the variant"),
    ],
)
def test_what_was_not_seen_without_the_service_is_unknown(
    without: list[Decision], why: str
) -> None:
    with pytest.raises(UnknownValue, match=why):
        rules.falls_back(seen([decided()], without))


@pytest.mark.parametrize(
    ("usual", "status", "is_flagged", "holds"),
    [
        (200, 200, False, True),
        (200, 200, True, True),
        (200, 404, True, True),
        (200, 404, False, False),
        (200, 503, True, False),
        (500, 500, False, False),
        (200, 0, True, False),
        (0, 0, False, False),
    ],
)
def test_nothing_fails_for_want_of_the_service(
    usual: int, status: int, is_flagged: bool, holds: bool
) -> None:
    request = RequestWithoutFlags(
        subject=SUBJECT, usual=usual, status=status, is_flagged=is_flagged
    )

    assert rules.is_answered(request).holds is holds
