"""Proof of bite: what a scenario says of broken evidence, against what it said before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from fnmatch import fnmatchcase
from typing import Any

from assurance.model.judgements import Judgement, Outcome
from assurance.model.reports import Proof
from assurance.model.requirements import Counterexample


class Bite(StrEnum):
    """What became of one counterexample."""

    CAUGHT = "caught"
    MISSED = "missed"
    UNTRIED = "untried"


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """One counterexample put to one scenario in one environment.

    Attributes:
        requirement: Its id.
        counterexample: What was done, in words.
        scenario: The scenario that should have turned red.
        environment: Where.
        bite: What became of it.
        why: For what was missed or not tried, the reason.
    """

    requirement: str
    counterexample: str
    scenario: str
    environment: str
    bite: Bite
    why: str = ""


def compare(
    counterexample: Counterexample,
    mutated: frozenset[str],
    before: Iterable[Judgement],
    after: Iterable[Judgement],
) -> tuple[Bite, str]:
    """Tell whether a scenario caught a counterexample, and if not, why.

    Where the broken resources are subjects of the scenario, exactly those must newly fail; else at
    least one subject must. A subject that failed before proves nothing.

    Args:
        counterexample: What was done.
        mutated: The ids of the resources that were broken.
        before: The rows of the scenario on the evidence itself.
        after: Its rows on the broken evidence.
    """
    rows_before, rows_after = tuple(before), tuple(after)
    if not mutated:
        return Bite.UNTRIED, "nothing in this system matches its path"
    if not any(row.outcome is Outcome.PASS for row in rows_before):
        return Bite.UNTRIED, "the scenario does not pass on this system"
    failed_before = _failing(rows_before)
    newly = _failing(rows_after) - failed_before
    subjects = {row.subject for row in rows_after}
    if counterexample.breaks_others or not mutated & subjects:
        return _some(counterexample, newly, rows_after)
    expected = (mutated & subjects) - {subject for _, subject in failed_before}
    if not expected:
        return Bite.UNTRIED, "the subjects it breaks fail already"
    return _exactly(counterexample, expected, {subject for _, subject in newly}, rows_after)


def _failing(rows: tuple[Judgement, ...]) -> set[tuple[str, str]]:
    return {(row.step, row.subject) for row in rows if row.outcome is Outcome.FAIL}


def _some(
    counterexample: Counterexample, newly: set[tuple[str, str]], rows: tuple[Judgement, ...]
) -> tuple[Bite, str]:
    strays = {
        subject for _, subject in newly if not _allowed(counterexample, subject, default=True)
    }
    if strays:
        return Bite.MISSED, f"it fails beyond what was broken: {_names(strays)}"
    if newly:
        return Bite.CAUGHT, ""
    return Bite.MISSED, f"nothing newly fails ({_outcomes(rows)})"


def _exactly(
    counterexample: Counterexample,
    expected: frozenset[str] | set[str],
    newly: set[str],
    rows: tuple[Judgement, ...],
) -> tuple[Bite, str]:
    missing = expected - newly
    if missing:
        found = tuple(row for row in rows if row.subject in missing)
        return Bite.MISSED, f"{_names(missing)}: {_outcomes(found)} instead of fail"
    strays = {
        subject
        for subject in newly - expected
        if not _allowed(counterexample, subject, default=False)
    }
    if strays:
        return Bite.MISSED, f"it fails beyond what was broken: {_names(strays)}"
    return Bite.CAUGHT, ""


def _allowed(counterexample: Counterexample, subject: str, *, default: bool) -> bool:
    if counterexample.breaks:
        return any(fnmatchcase(subject, pattern) for pattern in counterexample.breaks)
    return default


def _names(subjects: Iterable[str]) -> str:
    return ", ".join(sorted(subjects)[:5])


def _outcomes(rows: tuple[Judgement, ...]) -> str:
    return ", ".join(sorted({row.outcome for row in rows})) or "no judgement"


def prove(requirement: str, trials: Iterable[Trial], passing: Iterable[str] = ()) -> Proof:
    """Fold the trials of a requirement.

    A counterexample is caught when in every environment where it could be tried some scenario
    caught it; a scenario is proven when it caught one.

    Args:
        requirement: Its id.
        trials: The trials of all requirements.
        passing: Titles of the scenarios that pass on this system, and so must be proven.
    """
    own = [trial for trial in trials if trial.requirement == requirement]
    tried = [trial for trial in own if trial.bite is not Bite.UNTRIED]
    missed = _missed(tried)
    names = {trial.counterexample for trial in tried}
    idle = {trial.counterexample for trial in own} - names
    faults = [f"{name} was not caught: {why}" for name, why in sorted(missed.items())]
    return Proof(
        requirement=requirement,
        tried=len(names),
        caught=len(names - missed.keys()),
        faults=tuple(faults + _unproven(own, passing)),
        idle=tuple(sorted(idle)),
    )


def _missed(tried: list[Trial]) -> dict[str, str]:
    caught = {
        (trial.counterexample, trial.environment) for trial in tried if trial.bite is Bite.CAUGHT
    }
    return {
        trial.counterexample: f"{trial.scenario} in {trial.environment}: {trial.why}"
        for trial in tried
        if (trial.counterexample, trial.environment) not in caught
    }


def _unproven(own: list[Trial], passing: Iterable[str]) -> list[str]:
    """Name the scenarios that pass on this system without ever having been seen to fail."""
    proven = {trial.scenario for trial in own if trial.bite is Bite.CAUGHT}
    tried = {trial.scenario for trial in own if trial.bite is Bite.MISSED}
    passing = {*passing, *tried}
    return [f"scenario {name!r} caught no counterexample" for name in sorted(passing - proven)]


def with_policies(proof: Proof, policies: Mapping[str, Mapping[str, Any]]) -> Proof:
    """Add to a proof what became of the requirement's policies.

    Args:
        proof: That of the scenarios.
        policies: Policy → how many broken resources were tried and caught, and why none was. A
            policy counts as one counterexample: some broken copy must turn it red.
    """
    faults = [
        f"policy {name} is not proven: {found['why']}"
        for name, found in policies.items()
        if not found["caught"]
    ]
    return replace(
        proof,
        tried=proof.tried + len(policies),
        caught=proof.caught + len(policies) - len(faults),
        faults=(*proof.faults, *faults),
    )
