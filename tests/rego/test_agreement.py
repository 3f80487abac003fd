"""The policies, run for real, and the suite say the same of every payload.

Each pipeline, template and connector of the reference, as it is and broken by each counterexample
of the requirements that a policy enforces, is put to both; some of them in other shapes too. What
Rego denies must fail a scenario; what fails must be denied, but for what `exceptions.yaml` states;
and both must name the same step, stage or connector, so that two wrongs do not pass for one right.
With ASSURANCE_SHAPES set, that many cases of a policy are reshaped, and each counterexample is
shown on all that it changes.
"""

from __future__ import annotations

import os
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from assurance.rego.evaluation import Evaluator
from assurance.rego.payloads import merged_payload, payload
from assurance.rego.policies import own_policies
from assurance.reshaping.definitions import Definitions
from assurance.reshaping.names import RENAME_ENTITY
from assurance.reshaping.reshapes import RESHAPES
from tests.metamorphic.verdicts import shared_suite
from tests.rego.comparison import Case, Comparison, Offence

POLICIES = {policy.id: policy for policy in own_policies()}
EXCEPTIONS = yaml.safe_load((Path(__file__).parent / "exceptions.yaml").read_text("utf-8"))
SHAPES = int(os.environ.get("ASSURANCE_SHAPES", "3"))
LONGEST = 4

Shape = tuple[Definitions, str]
"""A definition in another shape, the templates that it came to use behind it; and how."""

pytestmark = [pytest.mark.xdist_group("metamorphic"), pytest.mark.takes(60)]


@pytest.fixture(scope="module")
def comparison() -> Comparison:
    return Comparison(shared_suite())


def said(
    comparison: Comparison, evaluator: Evaluator, cases: Sequence[Case], shapes: list[Definitions]
) -> list[tuple[str, ...]]:
    """What Rego says of each, with one request for each kind of payload."""
    found: list[tuple[str, ...]] = [()] * len(cases)
    for entity in {case.entity for case in cases}:
        mine = [number for number, case in enumerate(cases) if case.entity == entity]
        rego = comparison.regos[cases[mine[0]].policy.name(entity)]
        payloads = [merged_payload(shapes[number], 0) for number in mine]
        for number, messages in zip(mine, evaluator.denials(rego, payloads), strict=True):
            found[number] = messages
    return found


def excepted(case: Case, scenario: str) -> list[int]:
    """The exceptions that let a scenario fail where Rego says nothing."""
    return [
        number
        for number, each in enumerate(EXCEPTIONS)
        if each["policy"] == case.policy.id
        and each.get("scenario", scenario) == scenario
        and each.get("broken", "") in case.broken
    ]


def disagreement(case: Case, messages: Sequence[str], failing: Sequence[Offence]) -> list[str]:
    """What is said differently, in words."""
    rules: dict[str, set[str]] = {}
    for message in messages:
        rules.setdefault(re.sub("'[^']*'", "''", message), set()).add(named(message, case))
    everywhere = set().union(*rules.values())
    unheard = [
        f"{case.words}: a scenario fails, and Rego says nothing of it: {each}"
        for each in failing
        if not any(map(each.names, everywhere)) and not excepted(case, each.scenario)
    ]
    unfounded = [
        f"{case.words}: Rego denies {names}, and no scenario fails for it: {rule}"
        for rule, names in rules.items()
        if not any(each.names(name) for each in failing for name in names)
    ]
    return [*unheard, *unfounded]


def named(message: str, case: Case) -> str:
    """What a message is about: what it names first, or else the definition."""
    found = re.search("'([^']*)'", message)
    return found[1] if found else case.definition.identifier


def in_other_shapes(cases: Sequence[Case], chance: random.Random) -> Iterator[tuple[Case, Shape]]:
    """Draw cases, each with a shape of its definition."""
    shapeable = [case for case in cases if case.entity != "connector"]
    for case in chance.sample(shapeable, min(SHAPES, len(shapeable))):
        shape: Definitions = (case.definition,)
        words = []
        for _ in range(chance.randint(1, LONGEST)):
            reshape = chance.choice([each for each in RESHAPES if each is not RENAME_ENTITY])
            places = [place for place in reshape.places(shape) if place.definition == 0]
            if places:
                place = chance.choice(places)
                shape = reshape.apply(shape, place)
                words.append(place.words)
        yield case, (shape, ", then ".join(words))


@pytest.mark.parametrize("name", POLICIES)
def test_rego_and_the_suite_agree(
    name: str, comparison: Comparison, evaluator: Evaluator, record_property: Any
) -> None:
    cases = comparison.cases(POLICIES[name])
    rego = said(comparison, evaluator, cases, [(case.definition,) for case in cases])
    failing = [comparison.of(case) for case in cases]

    wrong = [
        words
        for case, messages, fails in zip(cases, rego, failing, strict=True)
        for words in disagreement(case, messages, fails)
    ]
    used = {
        number
        for case, messages, fails in zip(cases, rego, failing, strict=True)
        for each in fails
        if not any(each.names(named(message, case)) for message in messages)
        for number in excepted(case, each.scenario)
    }

    record_property("cases", len(cases))
    assert wrong == []
    assert any(messages for case, messages in zip(cases, rego, strict=True) if case.broken)
    assert not any(messages for case, messages in zip(cases, rego, strict=True) if not case.broken)
    assert used == {number for number, each in enumerate(EXCEPTIONS) if each["policy"] == name}


@pytest.mark.parametrize("name", [name for name in POLICIES if name != "connectors"])
def test_they_agree_in_other_shapes(
    name: str, comparison: Comparison, evaluator: Evaluator
) -> None:
    chance = random.Random(name)
    cases = comparison.cases(POLICIES[name])
    drawn = list(in_other_shapes(cases, chance))
    shapes = [shape for _, (shape, _) in drawn]
    rego = said(comparison, evaluator, [case for case, _ in drawn], shapes)

    for (case, (shape, words)), messages in zip(drawn, rego, strict=True):
        assert disagreement(case, messages, comparison.ours(case, shape)) == [], words


def test_what_is_compared_is_what_harness_asks_about(comparison: Comparison) -> None:
    case = next(comparison.good(POLICIES["connectors"]))

    assert payload(case.definition) == {"entity": case.definition.values}


def test_what_both_deny_must_be_the_same(comparison: Comparison) -> None:
    """Two wrongs are two disagreements: Rego's, which no scenario shares, and the scenario's."""
    case = next(comparison.good(POLICIES["production_gate"]))
    one = Offence(
        "CDP-03", "approval", "sentence", "harness_pipeline.cd", "a/deploy is reached without"
    )
    other = "stage 'b' deploys to production, and can be run alone"

    assert disagreement(case, ["stage 'a' deploys"], [one]) == []
    assert len(disagreement(case, [other], [one])) == 2
    assert len(disagreement(case, ["stage 'a' deploys", other], [one])) == 1
    assert (
        len(disagreement(case, ["stage 'a' deploys"], [one, replace(one, actual="b/deploy")])) == 1
    )
    assert len(disagreement(case, [other], [])) == len(disagreement(case, [], [one])) == 1


def test_what_a_path_leads_through_is_not_what_offends() -> None:
    path = "b/deploy is reached without approval: a → [a/tests fails] → b/deploy"

    assert Offence("CDP-03", "", "", "harness_pipeline.cd", path).names("b")
    assert not Offence("CDP-03", "", "", "harness_pipeline.cd", path).names("a")


def test_every_exception_says_why() -> None:
    assert all(each["reason"] and each["policy"] in POLICIES for each in EXCEPTIONS)
