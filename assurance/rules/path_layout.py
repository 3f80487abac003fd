"""A pipeline laid out for a search: every step with what it stands in, chained ones included."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping

from assurance.model.flow import Condition
from assurance.model.pipeline_walks import Placed
from assurance.model.pipelines import (
    Hidden,
    Node,
    Parallel,
    Pipeline,
    Sequence,
    Stage,
    Step,
    StepGroup,
)
from assurance.model.records import record
from assurance.model.unknown import is_unknown, why_unknown
from assurance.rules.path_conditions import is_ordinary, may_follow_failure
from assurance.rules.path_failures import Outcome
from assurance.rules.path_rows import Event, Row

Content = tuple[int, ...]
"""What in a node means something to a question: a number for each step and its meaning."""
Passage = tuple[tuple[int, Event], ...]
"""The states to which failures of a step lead, as they are added to its own; none is twice."""


@record()
class _Place:
    stage: Stage | None
    groups: tuple[StepGroup, ...]
    conditions: tuple[Condition, ...]
    is_late: bool


def layout_of(pipeline: Pipeline) -> Layout:
    """Return the layout of a pipeline, made once."""
    return pipeline.once(Layout)


class Layout:
    """One pipeline.

    Attributes:
        pipeline: It.
        steps: Every step, with what it stands in and the conditions on the way to it.
        top: Its own stages.
        rows: Where a path can stand after a node, by what decides it: how the question counts,
            where the path stood, and what the steps in the node mean for the question. Questions
            differ in a few steps only, and share what is the same for them.
        answers: What can follow the failure of a step, by its id.
        passages: What passing an ordinary step can lead to, by its id, where it means nothing to a
            question.
        ordinary: The ids of what runs once, exactly when everything before it succeeded.
        calls_pipelines: Whether a stage is a pipeline of its own, whose failure may be passed over.
    """

    def __init__(self, pipeline: Pipeline) -> None:
        self.pipeline = pipeline
        self.steps: list[tuple[Placed, tuple[Condition, ...]]] = []
        self.top: list[Stage] = []
        self.rows: dict[Hashable, dict[tuple[int, int, Content], Row]] = {}
        self.answers: dict[int, tuple[Outcome, ...]] = {}
        self.passages: dict[int, Passage] = {}
        self.ordinary: set[int] = set()
        self._late: set[int] = set()
        self.calls_pipelines = False
        self._around: dict[int, set[int]] = {}
        self._surroundings: dict[int, tuple[int, ...]] = {}
        self._numbers: dict[Hashable, int] = {}
        self._hidden: dict[int, Stage | None] = {}
        self._selectable: set[int] = set()
        self._enter(pipeline.stages, _Place(None, (), (), is_late=False))

    @property
    def hides_something(self) -> bool:
        """Whether a part of it cannot be seen."""
        return bool(self._hidden)

    def ends_with_failure(self, targets: Iterable[int], *, asks_success: bool) -> bool:
        """Whether a path that has failed is out of a question.

        What has failed once ends as a failure, unless it is a pipeline that another one calls. So a
        question about success does not go on there, nor one whose targets never come after it.

        Args:
            targets: The ids of the steps that must not be reached.
            asks_success: Whether only paths that succeed are asked about.
        """
        if self.calls_pipelines or asks_success:
            return not self.calls_pipelines
        return not self.hides_something and self._late.isdisjoint(targets)

    def contents(self, meanings: Mapping[int, Hashable], hidden: Hashable) -> dict[int, Content]:
        """Return by the ids of nodes what in them means something to a question.

        Args:
            meanings: What steps mean, by their ids.
            hidden: What everything that cannot be seen means.
        """
        found: dict[int, list[int]] = {}
        for key, meaning in (*meanings.items(), *((each, hidden) for each in self._hidden)):
            number = self._numbers.setdefault((key, meaning), len(self._numbers))
            for outer in self._surrounding(key):
                found.setdefault(outer, []).append(number)
        return {key: tuple(numbers) for key, numbers in found.items()}

    def _surrounding(self, step: int) -> tuple[int, ...]:
        """Return the id of a step, or of what cannot be seen, and of all that it stands in."""
        if step not in self._surroundings:
            found: set[int] = set()
            waiting = {step}
            while waiting:
                found |= waiting
                waiting = {outer for key in waiting for outer in self._around.get(key, ())} - found
            self._surroundings[step] = tuple(found)
        return self._surroundings[step]

    def selection(self, stage: Stage) -> str | None:
        """Tell whether a run of selected stages may do without a stage.

        Returns:
            None where it may not; empty where it may; else why that is not known.
        """
        chosen = self.pipeline.allows_selected_stages
        if id(stage) not in self._selectable:
            return None
        if is_unknown(chosen):
            return why_unknown(chosen)
        return "" if chosen else None

    def stage_of(self, hidden: Hidden) -> Stage | None:
        """Return the stage in which something cannot be seen; None where it is a stage itself."""
        return self._hidden.get(id(hidden))

    def _enter(self, node: Node, place: _Place) -> None:
        waiting: list[tuple[Node, _Place]] = [(node, place)]
        while waiting:
            found, where = waiting.pop()
            if isinstance(found, Step):
                self._enter_step(found, where)
            elif isinstance(found, Hidden):
                self._hidden[id(found)] = where.stage
            else:
                inside = list(self._inside(found, where))
                for inner, _ in inside:
                    self._around.setdefault(id(inner), set()).add(id(found))
                waiting += inside[::-1]

    def _enter_step(self, step: Step, place: _Place) -> None:
        stage = place.stage
        assert stage is not None
        self._note(step)
        if place.is_late or may_follow_failure(step.condition):
            self._late.add(id(step))
        placed = Placed(pipeline=self.pipeline, stage=stage, groups=place.groups, step=step)
        self.steps.append((placed, (*place.conditions, step.condition)))

    def _note(self, node: Step | StepGroup | Stage) -> None:
        if is_ordinary(node.condition, node.loops):
            self.ordinary.add(id(node))

    def _inside(
        self, node: Sequence | Parallel | Stage | StepGroup, place: _Place
    ) -> Iterator[tuple[Node, _Place]]:
        if isinstance(node, Sequence | Parallel):
            yield from ((each, place) for each in node.nodes)
            return
        self._note(node)
        conditions = (*place.conditions, node.condition)
        is_late = place.is_late or may_follow_failure(node.condition)
        where: tuple[Stage | None, tuple[StepGroup, ...]]
        if isinstance(node, Stage):
            self.calls_pipelines |= bool(node.chained)
            outer = place.stage
            if outer is None:
                self.top.append(node)
                self._selectable.add(id(node))
            where = (node, ())
        else:
            where = (place.stage, (*place.groups, node))
        yield node.body, _Place(*where, conditions, is_late)
        yield node.rollback, _Place(*where, conditions, True)
