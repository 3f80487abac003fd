"""What must hold for recovery: a pipeline that brings an earlier release back, and is tried."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from assurance.model.actions import Part
from assurance.model.deployed_images import DeployedImage
from assurance.model.findings import Finding, any_of, each
from assurance.model.pipeline_walks import Placed, steps_of
from assurance.model.pipelines import Pipeline
from assurance.model.triggers import Source, Trigger
from assurance.rules.lists import listing
from assurance.rules.path_choices import changes_production, releases_outside

_MOVING = re.compile(r"^$|^latest$")


def reaches_production(pipelines: Iterable[Pipeline]) -> Finding:
    """One of the recovery pipelines deploys to production."""
    return _some(pipelines, changes_production, "deploys to production")


def _some(
    pipelines: Iterable[Pipeline], chosen: Callable[[Part, Placed], bool], what: str
) -> Finding:
    known = tuple(pipelines)
    holds = any_of(known, lambda pipeline: _does(pipeline, chosen))
    return Finding(
        holds=holds,
        expected=f"a recovery pipeline that {what}",
        actual=f"{listing(found.identifier for found in known) or 'no pipeline'}: "
        f"{'one' if holds else 'none'} {what}",
    )


def _does(pipeline: Pipeline, chosen: Callable[[Part, Placed], bool]) -> bool:
    parts = ((part, placed) for placed in steps_of(pipeline) for part in placed.step.action.parts)
    return any_of(parts, lambda each: chosen(*each))


def brings_back_released_image(pipeline: Pipeline, images: Iterable[DeployedImage]) -> Finding:
    """What it deploys is found by the run: neither a fixed tag nor the newest image."""
    return each(
        (found for found in images if id(found.pipeline) == id(pipeline)),
        _is_found,
        expected="a tag that the run finds or is given",
        none="it deploys no image",
    )


def _is_found(image: DeployedImage) -> Finding:
    return Finding(
        holds="<+" in image.tag and _MOVING.search(image.tag) is None,
        expected="",
        actual=f"{image.service} gets {image.image}:{image.tag or 'no tag'}",
    )


def is_rehearsed(pipeline: Pipeline, rehearsed: Iterable[Pipeline]) -> Finding:
    """It, or one that goes the same way, runs regularly."""
    known = tuple(rehearsed)
    shared = tuple(found for found in known if found is pipeline or _shares_way(pipeline, found))
    return Finding(
        holds=bool(shared),
        expected="a schedule that runs it, or a pipeline with the same steps, outside production",
        actual=f"a schedule runs {listing(found.identifier for found in shared)}"
        if shared
        else "no schedule runs it",
    )


def rehearsals(pipelines: Iterable[Pipeline], triggers: Iterable[Trigger]) -> tuple[Pipeline, ...]:
    """Return the pipelines that a schedule starts, and that release outside production."""
    started = {
        name
        for trigger in triggers
        if trigger.source == Source.SCHEDULE and trigger.is_enabled
        for name in trigger.pipelines
    }
    return tuple(
        found
        for found in pipelines
        if found.subject.id in started and _does(found, releases_outside)
    )


def _shares_way(pipeline: Pipeline, other: Pipeline) -> bool:
    """Whether two pipelines find their release in the same way: by a template that both use."""
    return bool(_templates(pipeline) & _templates(other) - {""})


def _templates(pipeline: Pipeline) -> frozenset[str]:
    """Return the templates of steps whose outputs later steps use, and of what these stand in."""
    finding = (placed for placed in steps_of(pipeline) if placed.step.action.outputs)
    return frozenset(
        name
        for placed in finding
        if placed.stage.type != "Deployment"
        for name in (placed.stage.template, placed.step.template)
    )
