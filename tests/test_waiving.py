"""Waivers except what fails where they count, and answer for being needed there."""

from __future__ import annotations

from datetime import date

import pytest

from assurance.judge import SYSTEM
from assurance.model.judgements import Judgement, Layer, Outcome, Reason
from assurance.model.requirements import Waiver
from assurance.model.subjects import Location
from assurance.waiving import SCENARIO, waive

TODAY = date(2029, 6, 1)
FAIL, PASS, UNKNOWN = Outcome.FAIL, Outcome.PASS, Outcome.UNKNOWN
NOTCHECKED = Outcome.NOTCHECKED
IDLE = "it is no longer needed: nothing that it matches fails NET-01"


def row(
    outcome: Outcome,
    subject: str = "aws_vpc.v",
    *,
    actual: str = "",
    environment: str = "production",
    layer: Layer = Layer.DECLARED,
) -> Judgement:
    return Judgement(
        requirement="NET-01",
        environment=environment,
        layer=layer,
        scenario="Networks",
        step="every vpc is private",
        subject=subject,
        outcome=outcome,
        expected="",
        actual=actual,
    )


def left_out(reason: Reason, environment: str = "staging") -> Judgement:
    return row(NOTCHECKED, SYSTEM, actual=reason, environment=environment)


def waiver(
    *environments: str, subject: str = "aws_vpc.*", expires: date = date(2030, 1, 1)
) -> Waiver:
    return Waiver(
        requirement="NET-01",
        subject=subject,
        environments=environments,
        reason="The old network is being left.",
        owner="ann",
        approver="bob",
        approved=date(2029, 1, 1),
        expires=expires,
        location=Location(file="waivers.yaml", line=3),
    )


def judged(rows: list[Judgement], *exceptions: Waiver) -> dict[str, tuple[Outcome, str]]:
    """Return by environment what is said of the waivers; each has one verdict there."""
    found = [each for each in waive(rows, exceptions, TODAY) if each.scenario == SCENARIO]
    assert len({each.environment for each in found}) == len(found)
    return {each.environment: (each.outcome, each.actual) for each in found}


def outcomes(rows: list[Judgement], *exceptions: Waiver) -> list[Outcome]:
    """Return what becomes of the rows themselves."""
    found = waive(rows, exceptions, TODAY)
    return [each.outcome for each in found if each.scenario != SCENARIO]


def test_a_live_waiver_excepts_a_failure_and_nothing_else() -> None:
    rows = [row(FAIL), row(UNKNOWN, "aws_vpc.w"), row(FAIL, "aws_subnet.s")]

    assert outcomes(rows, waiver()) == [Outcome.WAIVED, UNKNOWN, FAIL]
    assert judged(rows, waiver())["production"][0] is PASS


@pytest.mark.parametrize(
    ("found", "exception", "why"),
    [
        (row(FAIL), waiver(expires=date(2029, 5, 31)), "it expired on 2029-05-31"),
        (row(FAIL), waiver(subject="*.x"), "no subject of NET-01 matches '*.x'"),
        (row(PASS), waiver(), IDLE),
        (row(PASS), waiver("production"), IDLE),
    ],
)
def test_a_waiver_that_is_expired_unmatched_or_idle_fails(
    found: Judgement, exception: Waiver, why: str
) -> None:
    assert judged([found], exception) == {"production": (FAIL, why)}
    assert outcomes([found], exception) == [found.outcome]


def test_a_scope_excepts_nothing_elsewhere() -> None:
    rows = [row(FAIL), row(FAIL, environment="staging")]

    assert outcomes(rows, waiver("staging")) == [FAIL, Outcome.WAIVED]


def test_a_waiver_answers_for_each_environment_that_it_names() -> None:
    rows = [row(PASS), row(FAIL, environment="staging")]

    found = judged(rows, waiver("staging", "production"))

    assert found["production"] == (FAIL, IDLE)
    assert found["staging"][0] is PASS


def test_a_waiver_without_scope_is_needed_where_anything_needs_it() -> None:
    rows = [row(PASS), row(FAIL, environment="staging")]

    found = judged(rows, waiver())

    assert {name: outcome for name, (outcome, _) in found.items()} == {"staging": PASS}


@pytest.mark.parametrize("expires", [date(2030, 1, 1), date(2029, 5, 31)])
def test_a_waiver_of_an_environment_that_is_left_out_is_not_judged(expires: date) -> None:
    rows = [row(PASS), left_out(Reason.ENVIRONMENT)]

    found = judged(rows, waiver("staging", expires=expires))

    assert found == {"staging": (NOTCHECKED, Reason.ENVIRONMENT)}


def test_a_waiver_without_scope_may_be_needed_where_nobody_looked() -> None:
    rows = [row(PASS), left_out(Reason.ENVIRONMENT)]

    outcome, actual = judged(rows, waiver())["production"]

    assert outcome is UNKNOWN
    assert actual == (
        "nothing that was looked at needs it, and staging was left out: "
        "name under `environments` where it is needed"
    )


def test_a_waiver_that_expired_is_refused_wherever_it_may_be_needed() -> None:
    rows = [row(PASS), left_out(Reason.ENVIRONMENT)]

    found = judged(rows, waiver(expires=date(2029, 5, 31)))

    assert found == {"production": (FAIL, "it expired on 2029-05-31")}


@pytest.mark.parametrize("reason", [Reason.PLACE, Reason.UNBUILT])
def test_where_nothing_is_ever_judged_nothing_can_need_a_waiver(reason: Reason) -> None:
    rows = [row(PASS), left_out(reason, "lab")]

    assert judged(rows, waiver()) == {"production": (FAIL, IDLE)}
    assert judged(rows, waiver("lab")) == {"lab": (NOTCHECKED, reason)}


def test_a_layer_that_is_left_out_leaves_a_waiver_open() -> None:
    observed = row(NOTCHECKED, SYSTEM, actual=Reason.LAYER, layer=Layer.OBSERVED)
    rows = [row(PASS), observed]

    assert judged(rows, waiver()) == {"production": (NOTCHECKED, Reason.LAYER)}
    assert judged([observed], waiver()) == {"production": (NOTCHECKED, Reason.LAYER)}


@pytest.mark.parametrize(
    "undecided", [row(UNKNOWN), row(Outcome.ERROR), row(Outcome.ERROR, SYSTEM)]
)
def test_a_waiver_is_not_called_idle_where_its_requirement_is_undecided(
    undecided: Judgement,
) -> None:
    assert judged([row(PASS, "aws_vpc.w"), undecided], waiver()) == {
        "production": (UNKNOWN, "NET-01 is undecided where it could be needed")
    }


def test_an_open_verdict_on_another_subject_excuses_nothing() -> None:
    rows = [row(PASS), row(UNKNOWN, "aws_subnet.s")]

    assert judged(rows, waiver()) == {"production": (FAIL, IDLE)}
