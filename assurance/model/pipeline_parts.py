"""The parts of actions with the place in a pipeline where they happen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from assurance.model.actions import Part
from assurance.model.pipeline_walks import Placed, steps_of
from assurance.model.pipelines import Pipeline
from assurance.model.subjects import Subject

P = TypeVar("P", bound=Part)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PlacedPart(Generic[P]):
    """One thing that a step does."""

    subject: Subject
    part: P
    placed: Placed


def placed_parts(pipelines: Iterable[Pipeline], kind: type[P]) -> Iterator[PlacedPart[P]]:
    """Yield the parts of one kind in their order; those of one step are told apart by number."""
    for pipeline in pipelines:
        for placed in steps_of(pipeline):
            found = placed.step.action.of(kind)
            for number, part in enumerate(found, 1):
                own = placed.step.subject
                subject = own if len(found) == 1 else replace(own, id=f"{own.id}#{number}")
                yield PlacedPart(subject=subject, part=part, placed=placed)
