"""Tells pipelines apart by what they do: those that publish images, and those that deploy."""

from __future__ import annotations

from collections.abc import Iterable

from assurance.model.actions import Publication
from assurance.model.pipeline_walks import stages_of, steps_of
from assurance.model.pipelines import Pipeline
from assurance.readers.kinds import Kind

_PIPELINE = ("harness_pipeline",)


def publishing(pipelines: Iterable[Pipeline]) -> tuple[Pipeline, ...]:
    """Return the pipelines that publish images, or build without deploying."""
    return tuple(
        found
        for found in pipelines
        if any(placed.step.action.of(Publication) for placed in steps_of(found))
        or (_has_stage(found, "CI") and not _has_stage(found, "Deployment"))
    )


def deploying(pipelines: Iterable[Pipeline]) -> tuple[Pipeline, ...]:
    """Return the pipelines that deploy, by a stage of their own or of a pipeline they call."""
    known = tuple(pipelines)
    own = {found.subject.id for found in known if _has_stage(found, "Deployment")}
    called = {found.identifier for found in known if found.subject.id in own}
    return tuple(
        found
        for found in known
        if found.subject.id in own or any(stage.chained in called for stage in stages_of(found))
    )


def _has_stage(pipeline: Pipeline, type_: str) -> bool:
    return any(stage.type == type_ for stage in stages_of(pipeline))


KINDS: tuple[Kind, ...] = (
    Kind(
        noun="CI pipeline",
        plural="CI pipelines",
        population=lambda view: publishing(view.pipelines),
        made_of=_PIPELINE,
    ),
    Kind(
        noun="CD pipeline",
        plural="CD pipelines",
        population=lambda view: deploying(view.pipelines),
        made_of=_PIPELINE,
    ),
)
