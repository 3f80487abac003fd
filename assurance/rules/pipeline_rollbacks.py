"""What must hold so that a rollback of the whole pipeline reaches what the pipeline deployed.

A pipeline that is called is an execution of its own: a rollback of the caller leaves what it did.
Whether such a rollback works for all types of deployment is documented both ways.
https://developer.harness.io/docs/platform/pipelines/failure-handling/define-a-failure-strategy-for-pipelines
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from assurance.model.findings import Finding, NotApplicable, Verdict, each
from assurance.model.flow import FailureStrategy, Reaction, Response
from assurance.model.pipeline_walks import parts_of, stages_in, unseen_in
from assurance.model.pipelines import Hidden, Pipeline, Stage, Step
from assurance.model.records import record
from assurance.model.releases import Deployment
from assurance.model.unknown import UnknownValue, is_unknown

_REACHED: Final = ("ECS", "Kubernetes", "NativeHelm")
"""The types of deployment for which no page of Harness's documentation leaves it out."""


@record(kw_only=True)
class _Use:
    """A failure that rolls the pipeline back, and a stage that has run by then or may have."""

    strategy: FailureStrategy
    failing: Stage
    reached: Stage


def rolls_back_what_it_deployed(pipeline: Pipeline) -> Verdict:
    """No failure of it is answered by a rollback that leaves something deployed."""
    found = tuple(_uses(pipeline))
    if not found:
        return NotApplicable("rolls_back_no_pipeline")
    return each(
        found,
        _is_reached,
        expected="what a rollback of the pipeline (PipelineRollback) is to take back, it reaches",
        none="",
    )


def _uses(pipeline: Pipeline) -> Iterator[_Use]:
    """Yield each stage that a rollback of the pipeline should reach: those up to the failure."""
    before: list[Stage] = []
    for node in pipeline.stages.nodes:
        here = stages_in(node)
        before += here
        for failing in here:
            for strategy in _rolling_back(failing):
                yield from (
                    _Use(strategy=strategy, failing=failing, reached=stage) for stage in before
                )


def _rolling_back(stage: Stage) -> tuple[FailureStrategy, ...]:
    """Return what answers a failure in a stage by a rollback of the pipeline, each once."""
    steps = () if stage.chained else tuple(parts_of(stage))
    stated = [
        *stage.failure_strategies,
        *(found for step in steps if isinstance(step, Step) for found in step.strategies),
    ]
    return tuple({id(found): found for found in stated if _comes_to_it(found.response)}.values())


def _comes_to_it(response: Response | None) -> bool:
    """Whether it is stated; where the run decides, the other rules about rollbacks say so."""
    while response is not None and not is_unknown(response.reaction):
        if response.reaction == Reaction.ROLL_BACK_PIPELINE:
            return True
        response = response.otherwise
    return False


def _is_reached(use: _Use) -> Finding:
    what = f"{use.failing.path} rolls the pipeline back when it fails, and {use.reached.path}"
    if use.reached.chained:
        return _is_left(use, what)
    type_ = use.reached.deployment_type
    if use.reached.type == "Deployment" and type_ not in _REACHED:
        raise UnknownValue(
            f"{what} deploys by {type_ or 'a type that is not written'}: PipelineRollback is "
            f"documented for {', '.join(_REACHED)} only"
        )
    return Finding(holds=True, expected="", actual=f"{use.reached.path} is reached")


def _is_left(use: _Use, what: str) -> Finding:
    called = f"calls the pipeline {use.reached.chained}, which is an execution of its own"
    inside = [part for stage in stages_in(use.reached.body) for part in parts_of(stage)]
    hidden = [part for part in (*unseen_in(use.reached.body), *inside) if isinstance(part, Hidden)]
    if any(isinstance(part, Step) and part.action.of(Deployment) for part in inside):
        return Finding(
            holds=False,
            expected="",
            actual=f"{what} {called}: what it deployed stays",
            location=use.strategy.location,
        )
    if hidden:
        raise UnknownValue(
            f"{what} {called}; whether it deploys cannot be seen: {hidden[0].reason}"
        )
    return Finding(holds=True, expected="", actual=f"{use.reached.path} deploys nothing")
