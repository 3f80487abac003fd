"""Tells pipelines apart by what they do: those that build images, and those that deploy."""

from __future__ import annotations

from collections.abc import Iterable

from assurance.model.actions import Action, ImageBuild, Publication
from assurance.model.pipeline_walks import stages_of, steps_of
from assurance.model.pipelines import Pipeline, Stage
from assurance.model.unknown import is_unknown
from assurance.readers.kinds import Kind

_PIPELINE = ("harness_pipeline",)


def building(pipelines: Iterable[Pipeline]) -> tuple[Pipeline, ...]:
    """Return the pipelines that build images, or run CI stages without deploying."""
    return tuple(
        found
        for found in pipelines
        if any(_builds(placed.step.action) for placed in steps_of(found))
        or (_has_stage(found, "CI") and not _has_stage(found, "Deployment"))
    )


def _builds(action: Action) -> bool:
    """Whether a step builds an image; one that only names an image anew does not."""
    return bool(action.of(ImageBuild)) or any(
        not is_unknown(found.context) and found.context != "" for found in action.of(Publication)
    )


def deploying(pipelines: Iterable[Pipeline]) -> tuple[Pipeline, ...]:
    """Return the pipelines that deploy to production, by their own stages or by ones they call.

    Where none does, those that deploy anywhere: some systems have one environment only.
    """
    known = tuple(pipelines)
    for wanted in (_may_be_production, _is_deployment):
        own = {found.identifier for found in known if any(map(wanted, stages_of(found)))}
        if own:
            return tuple(found for found in known if _is_or_calls(found, own))
    return ()


def _is_or_calls(pipeline: Pipeline, wanted: set[str]) -> bool:
    return pipeline.identifier in wanted or any(
        stage.chained in wanted for stage in stages_of(pipeline)
    )


def _is_deployment(stage: Stage) -> bool:
    return stage.type == "Deployment"


def _may_be_production(stage: Stage) -> bool:
    """Whether a stage deploys to production, or to what cannot be told."""
    if stage.type != "Deployment" or is_unknown(stage.environments):
        return stage.type == "Deployment"
    return any(
        is_unknown(use) or is_unknown(use.is_production) or use.is_production
        for use in stage.environments
    )


def _has_stage(pipeline: Pipeline, type_: str) -> bool:
    return any(stage.type == type_ for stage in stages_of(pipeline))


KINDS: tuple[Kind, ...] = (
    Kind(
        noun="CI pipeline",
        plural="CI pipelines",
        population=lambda view: building(view.pipelines),
        made_of=_PIPELINE,
    ),
    Kind(
        noun="CD pipeline",
        plural="CD pipelines",
        population=lambda view: deploying(view.pipelines),
        made_of=_PIPELINE,
    ),
)
