"""Finds the pipelines that may bring something to production, by themselves or by ones they call.

Whatever cannot be seen where production is within reach counts: whether it deploys is then judged,
as unknown, and not left out.
"""

from __future__ import annotations

from collections.abc import Iterable

from assurance.model.actions import Command, HiddenInTemplate, Part, Publication, Unrecognised
from assurance.model.pipeline_parts import placed_parts
from assurance.model.pipeline_walks import hidden_in, parts_of, reached_stages
from assurance.model.pipelines import Hidden, Pipeline, Stage, Step
from assurance.model.releases import Deployment, InfrastructureChange
from assurance.model.unknown import is_unknown
from assurance.readers.kinds import Kind


def reaching_production(pipelines: Iterable[Pipeline]) -> tuple[Pipeline, ...]:
    """Return the pipelines that bring something to production, or may."""
    return tuple(found for found in pipelines if found.once(_may_reach))


def _may_reach(pipeline: Pipeline) -> bool:
    if any(hidden.level in ("pipeline", "stage") for hidden in hidden_in(pipeline)):
        return True
    return any(_changes(stage) for stage in reached_stages(pipeline))


def _changes(stage: Stage) -> bool:
    nodes = tuple(parts_of(stage))
    if _may_be_production(stage) and any(map(_may_change, nodes)):
        return True
    nowhere = not is_unknown(stage.environments) and not stage.environments
    return nowhere and any(map(_deploys, nodes))


def _may_be_production(stage: Stage) -> bool:
    if is_unknown(stage.environments):
        return True
    return any(is_unknown(use.is_production) or use.is_production for use in stage.environments)


def _deploys(node: Step | Hidden) -> bool:
    return isinstance(node, Step) and bool(node.action.of(Deployment))


def _may_change(node: Step | Hidden) -> bool:
    return isinstance(node, Hidden) or any(map(_may_change_something, node.action.parts))


def _may_change_something(part: Part) -> bool:
    if isinstance(part, Command):
        return is_unknown(part.hides) or bool(part.hides)
    return isinstance(part, Deployment | InfrastructureChange | Unrecognised | HiddenInTemplate)


def publishing(pipelines: Iterable[Pipeline]) -> tuple[Pipeline, ...]:
    """Return the pipelines that publish an image for the first time."""
    known = tuple(pipelines)
    found = {
        id(each.placed.pipeline)
        for each in placed_parts(known, Publication)
        if not each.part.was_published
    }
    return tuple(pipeline for pipeline in known if id(pipeline) in found)


KINDS: tuple[Kind, ...] = (
    Kind(
        noun="pipeline to production",
        plural="pipelines to production",
        population=lambda view: reaching_production(view.pipelines),
        made_of=("harness_pipeline",),
    ),
    Kind(
        noun="publishing pipeline",
        plural="publishing pipelines",
        population=lambda view: publishing(view.pipelines),
        made_of=("harness_pipeline",),
    ),
)
