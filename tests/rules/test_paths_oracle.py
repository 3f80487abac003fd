"""Path proofs against a second opinion that tries every run of small pipelines."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings

from assurance.model.actions import Part
from assurance.model.pipeline_walks import Placed
from assurance.readers.entities import Entities
from assurance.readers.pipelines import read_pipelines
from assurance.readers.state import State
from assurance.rules.path_questions import Choice, Question
from assurance.rules.paths import Escape, escape_of
from tests.pipelines import body_of
from tests.rules.path_oracle import cheapest_offence
from tests.rules.small_pipelines import pipelines, size


def named(word: str) -> Choice:
    """Choose the steps whose identifier begins with a word."""

    def chosen(part: Part, placed: Placed) -> bool:
        del part
        return placed.step.identifier.split("_")[0] == word

    return chosen


def answered(pipeline: dict[str, Any], *, follows: bool) -> Escape | None:
    text = json.dumps({"pipeline": pipeline})
    state = State([(body_of(text), "sha256:x")])
    (found,) = read_pipelines(state, Entities(state))
    question = Question(
        target=named("target"),
        gate=named("gate"),
        undo=None if follows else named("undo"),
        gate_name="the gate",
        follows=follows,
    )
    return escape_of(found, question)


@pytest.mark.parametrize("follows", [False, True])
@given(pipeline=pipelines())
@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
def test_a_proof_says_what_every_run_shows(follows: bool, pipeline: dict[str, Any]) -> None:
    """A path is found exactly when a run offends, with as few unusual things as any such run."""
    assume(size(pipeline) <= 6)
    found = answered(pipeline, follows=follows)
    cheapest = cheapest_offence(pipeline, follows=follows)

    if found is not None and found.doubts:
        # What the rollback of a pipeline reaches is the one thing that is left in doubt.
        assert "PipelineRollback" in str(pipeline) or "ManualIntervention" in str(pipeline)
        assert cheapest is None
        return
    assert (None if found is None else found.deviations) == cheapest
