"""What checkov says of the whole system counts in every environment, at the line that it names."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from assurance.collection import Evidence
from assurance.evidence import Document
from assurance.ledger import Ledger, Scope
from assurance.model.environments import Environment
from assurance.model.judgements import Judgement, Layer, Outcome
from assurance.model.subjects import Location
from assurance.occasions import Occasion
from assurance.verifiers import PolicyOccasion, judge_policies
from tests.harness_states import definition, harness_view
from tests.test_ledger import requirement

PIPELINE = definition("harness_pipeline", {"identifier": "shop", "stages": []})
OTHER = definition("harness_pipeline", {"identifier": "other", "stages": []})
STAGING = Environment(name="staging", production=False)


def said(outcome: str, **more: Any) -> dict[str, Any]:
    return {
        "policy": "CKV_ASSURE_45",
        "outcome": outcome,
        "why": "",
        "resource": PIPELINE["address"],
        "file": PIPELINE["file"],
        "line": 40,
        "root": "harness",
        "environment": "",
        "guideline": "",
        "name": "Scan stops the pipeline",
        **more,
    }


def judged(*results: dict[str, Any]) -> tuple[Judgement, ...]:
    body = {
        "results": list(results),
        "policies_loaded": ["CKV_ASSURE_45"],
        "types": {"CKV_ASSURE_45": ["harness_pipeline"]},
    }
    document = Document.of(
        "checkov", body, source="", environment="", layer="declared", collected_at="2026-01-01"
    )
    audit: Any = SimpleNamespace(
        evidence=Evidence(documents=(document,)),
        views=SimpleNamespace(of=lambda _: harness_view(PIPELINE, OTHER, production=False)),
        ledger=Ledger(
            Scope(
                environments=(STAGING,),
                selected_environments=frozenset(("staging",)),
                layers=frozenset((Layer.DECLARED,)),
            )
        ),
        policed=set(),
    )
    needed = requirement(policies=("CKV_ASSURE_45",))
    return judge_policies(audit, PolicyOccasion(needed, Occasion(STAGING, Layer.DECLARED)))


def test_a_verdict_on_a_pipeline_belongs_to_every_environment_and_names_its_line() -> None:
    other, shop = judged(said("fail", why="step scan has no fail_on_severity"))

    assert (shop.outcome, shop.actual) == (Outcome.FAIL, "step scan has no fail_on_severity")
    assert shop.location == Location(file=PIPELINE["file"], line=40)
    assert (other.outcome, other.actual) == (Outcome.UNKNOWN, "checkov reported nothing about it")


@pytest.mark.parametrize("first", ["fail", "pass"])
def test_of_several_verdicts_on_one_entity_the_worst_counts(first: str) -> None:
    second = "pass" if first == "fail" else "fail"
    rows = judged(said(first, line=40), said(second, line=50))

    assert [row.outcome for row in rows if row.subject == PIPELINE["address"]] == [Outcome.FAIL]


def test_a_verdict_of_another_root_or_environment_is_not_taken_for_this_one() -> None:
    rows = judged(said("pass", root="elsewhere"), said("pass", environment="production"))

    assert {row.outcome for row in rows} == {Outcome.UNKNOWN}
