"""Tells the stages that release blue/green and as a canary from others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from assurance.model.pipeline_walks import stages_of, steps_of
from assurance.model.pipelines import Pipeline
from assurance.model.release_stages import DeploymentStep, ReleaseStage
from assurance.model.releases import Deployment, DeploymentPart, Strategy
from assurance.readers.kinds import Kind

if TYPE_CHECKING:
    from assurance.readers.view import View

_PIPELINE = ("harness_pipeline",)


def read_release_stages(pipelines: Iterable[Pipeline]) -> Iterator[ReleaseStage]:
    """Yield every stage that deploys something by its steps."""
    for pipeline in pipelines:
        placed = tuple(steps_of(pipeline))
        for stage in stages_of(pipeline):
            own = tuple(each for each in placed if each.stage is stage)
            steps = tuple(each for each in own if not each.step.is_rollback)
            deployments = tuple(
                DeploymentStep(placed=each, part=part)
                for each in steps
                for part in each.step.action.of(Deployment)
            )
            if deployments:
                yield ReleaseStage(
                    subject=stage.subject,
                    pipeline=pipeline,
                    stage=stage,
                    steps=steps,
                    deployments=deployments,
                    rollback=tuple(each for each in own if each.step.is_rollback),
                )


def is_blue_green(stage: ReleaseStage) -> bool:
    """Whether it gives all traffic to the new version at once."""
    return any(each.part.part is DeploymentPart.SWAP for each in stage.deployments)


def is_canary(stage: ReleaseStage) -> bool:
    """Whether it gives the new version a share of the traffic first."""
    return any(
        each.part.part is DeploymentPart.SHIFT or each.part.strategy is Strategy.CANARY
        for each in stage.deployments
    )


def _stages(view: View) -> Iterator[ReleaseStage]:
    return read_release_stages(view.pipelines)


KINDS: tuple[Kind, ...] = (
    Kind(
        noun="blue/green release",
        plural="blue/green releases",
        population=lambda view: tuple(filter(is_blue_green, _stages(view))),
        made_of=_PIPELINE,
    ),
    Kind(
        noun="canary release",
        plural="canary releases",
        population=lambda view: tuple(filter(is_canary, _stages(view))),
        made_of=_PIPELINE,
    ),
)
