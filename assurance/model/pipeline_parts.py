"""The parts of actions with the place in a pipeline where they happen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, Generic, TypeVar

from assurance.model.actions import Part
from assurance.model.pipeline_walks import Placed, steps_of
from assurance.model.pipelines import Pipeline
from assurance.model.records import record
from assurance.model.subjects import Subject

P = TypeVar("P", bound=Part)


@record(kw_only=True, eq=False)
class PlacedPart(Generic[P]):
    """One thing that a step does."""

    subject: Subject
    part: P
    placed: Placed


def placed_parts(pipelines: Iterable[Pipeline], kind: type[P]) -> Iterator[PlacedPart[P]]:
    """Yield the parts of one kind in their order; those of one step are told apart by number."""
    for pipeline in pipelines:
        yield from pipeline.once(_by_kind).get(kind, ())


def _by_kind(pipeline: Pipeline) -> Mapping[type[Any], list[PlacedPart[Any]]]:
    found: dict[type[Any], list[PlacedPart[Any]]] = {}
    for placed in steps_of(pipeline):
        for kind in dict.fromkeys(map(type, placed.step.action.parts)):
            found.setdefault(kind, []).extend(_of_step(placed, kind))
    return found


def _of_step(placed: Placed, kind: type[Part]) -> Iterator[PlacedPart[Any]]:
    found, own = placed.step.action.of(kind), placed.step.subject
    for number, part in enumerate(found, 1):
        subject = own if len(found) == 1 else replace(own, id=f"{own.id}#{number}")
        yield PlacedPart(subject=subject, part=part, placed=placed)
