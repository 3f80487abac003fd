"""Reads what the steps of pipelines do, as subjects of their own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from assurance.model.actions import ImageBuild, Publication
from assurance.model.checks import Approval, SuiteVerification, TestRun
from assurance.model.pipeline_parts import PlacedPart, placed_parts
from assurance.model.releases import FlagChange
from assurance.readers.kinds import Kind
from assurance.readers.production_pipelines import reaching_production

if TYPE_CHECKING:
    from assurance.readers.view import View

_PIPELINE = ("harness_pipeline",)


def _published(view: View) -> tuple[PlacedPart[Publication], ...]:
    """Return the images that are published for the first time."""
    found = placed_parts(view.pipelines, Publication)
    return tuple(each for each in found if not each.part.was_published)


def _tested(view: View) -> tuple[PlacedPart[Any], ...]:
    return tuple(_of(view, TestRun, SuiteVerification))


def _of(view: View, *kinds: type[Any]) -> Iterator[PlacedPart[Any]]:
    for kind in kinds:
        yield from placed_parts(view.pipelines, kind)


KINDS: tuple[Kind, ...] = (
    Kind(
        noun="published image",
        plural="published images",
        population=_published,
        made_of=_PIPELINE,
    ),
    Kind(
        noun="image build",
        plural="image builds",
        population=lambda view: tuple(placed_parts(view.pipelines, ImageBuild)),
        made_of=_PIPELINE,
    ),
    Kind(
        noun="test run",
        plural="test runs",
        population=_tested,
        made_of=_PIPELINE,
    ),
    Kind(
        noun="approval",
        plural="approvals",
        population=lambda view: tuple(placed_parts(reaching_production(view.pipelines), Approval)),
        made_of=_PIPELINE,
    ),
    Kind(
        noun="change of a flag",
        plural="changes of flags",
        population=lambda view: tuple(placed_parts(view.pipelines, FlagChange)),
        made_of=_PIPELINE,
    ),
)
