"""A counterexample counts as caught only when exactly what was broken turns red."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assurance.bite import Bite, Trial, compare, prove
from assurance.model.judgements import Judgement, Layer, Outcome
from assurance.model.requirements import Change, Counterexample
from assurance.model.subjects import Location

ENCRYPTED = Counterexample(
    layer=Layer.DECLARED,
    change=Change.SET,
    target="aws_db_instance[*].storage_encrypted",
    value=False,
    scenario="",
    breaks_others=False,
    breaks=(),
    policy="",
    note="",
    location=Location(file="data.yaml", line=1),
)


def rows(**outcomes: str) -> list[Judgement]:
    return [
        Judgement(
            requirement="DAT-04",
            environment="production",
            layer=Layer.DECLARED,
            scenario="Databases",
            step="every database is encrypted",
            subject=subject,
            outcome=Outcome(outcome),
            expected="",
            actual="",
        )
        for subject, outcome in outcomes.items()
    ]


def tried(
    mutated: set[str],
    before: list[Judgement],
    after: list[Judgement],
    counterexample: Counterexample = ENCRYPTED,
) -> tuple[Bite, str]:
    return compare(counterexample, frozenset(mutated), before, after)


def test_exactly_the_broken_subjects_must_fail() -> None:
    before = rows(a="pass", b="pass")

    assert tried({"a"}, before, rows(a="fail", b="pass")) == (Bite.CAUGHT, "")
    assert tried({"a", "b"}, before, rows(a="fail", b="pass")) == (
        Bite.MISSED,
        "b: pass instead of fail",
    )
    assert tried({"a"}, before, rows(a="fail", b="fail")) == (
        Bite.MISSED,
        "it fails beyond what was broken: b",
    )


@pytest.mark.parametrize("outcome", ["unknown", "error", "notapplicable", "pass"])
def test_anything_but_a_failure_is_a_miss(outcome: str) -> None:
    bite, why = tried({"a"}, rows(a="pass"), rows(a=outcome))

    assert (bite, why) == (Bite.MISSED, f"a: {outcome} instead of fail")


def test_a_broken_part_must_make_some_subject_fail() -> None:
    before = rows(vpc="pass")

    assert tried({"flow_log"}, before, rows(vpc="fail"))[0] is Bite.CAUGHT
    assert tried({"flow_log"}, before, rows(vpc="pass"))[0] is Bite.MISSED


def test_patterns_allow_what_else_may_fail() -> None:
    lenient = replace(ENCRYPTED, breaks=("replica.*",))
    before = rows(**{"a": "pass", "replica.b": "pass"})
    after = rows(**{"a": "fail", "replica.b": "fail"})

    assert tried({"a"}, before, after, lenient)[0] is Bite.CAUGHT
    assert tried({"a"}, before, after)[0] is Bite.MISSED


def test_what_proves_nothing_is_not_tried() -> None:
    assert tried(set(), rows(a="pass"), rows(a="pass"))[0] is Bite.UNTRIED
    assert tried({"a"}, rows(a="notapplicable"), rows(a="fail"))[0] is Bite.UNTRIED
    assert tried({"a"}, rows(a="fail", b="pass"), rows(a="fail", b="pass"))[0] is Bite.UNTRIED


def trial(scenario: str, bite: Bite, counterexample: str = "set x", why: str = "") -> Trial:
    return Trial(
        requirement="DAT-04",
        counterexample=counterexample,
        scenario=scenario,
        environment="production",
        bite=bite,
        why=why,
    )


def test_one_scenario_that_catches_it_is_enough_for_a_counterexample() -> None:
    proof = prove(
        "DAT-04",
        [
            trial("Databases", Bite.CAUGHT),
            trial("Snapshots", Bite.MISSED, why="nothing newly fails"),
            trial("Snapshots", Bite.CAUGHT, "remove y"),
            trial("Databases", Bite.MISSED, "remove y"),
        ],
    )

    assert (proof.tried, proof.caught, proof.faults) == (2, 2, ())


def test_a_scenario_that_never_failed_is_a_fault() -> None:
    proof = prove("DAT-04", [trial("Databases", Bite.CAUGHT), trial("Inert", Bite.MISSED)])

    assert proof.faults == ("scenario 'Inert' caught no counterexample",)


def test_a_passing_requirement_without_counterexamples_is_a_fault() -> None:
    proof = prove("DAT-04", [], passing=("Databases",))

    assert proof.faults == ("scenario 'Databases' caught no counterexample",)


def test_a_miss_names_what_was_not_caught() -> None:
    proof = prove("DAT-04", [trial("Databases", Bite.MISSED, why="nothing newly fails")])

    assert proof.faults[0] == ("set x was not caught: Databases in production: nothing newly fails")


def test_a_counterexample_that_matches_nothing_is_idle() -> None:
    proof = prove("DAT-04", [trial("Databases", Bite.UNTRIED, why="nothing matches")])

    assert (proof.tried, proof.idle) == (0, ("set x",))
