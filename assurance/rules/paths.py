"""Proofs about every path of a pipeline, failures and rollbacks included.

`precedes_on_every_path`: nothing that is meant happens unless a gate has succeeded before.
`follows_on_every_path`: on every path that succeeds, a gate succeeds after all that is meant.
A proof fails with the shortest offending path in words; where a path offends only if something
turns out so that cannot be known, the verdict is unknown. The semantics, with their sources, are in
docs/paths.md.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from assurance.model.findings import Finding
from assurance.model.flow import Condition
from assurance.model.pipelines import Hidden, Pipeline, Stage, Step
from assurance.model.subjects import Location
from assurance.model.unknown import UnknownValue
from assurance.rules.path_layout import Layout, layout_of
from assurance.rules.path_questions import (
    OPEN,
    SAFE,
    Choice,
    Known,
    Question,
    Sight,
    concerns,
    look,
    may_be_anything,
)
from assurance.rules.path_rows import DEVIATION, Event, Row, Way, events, state
from assurance.rules.path_search import Search
from assurance.rules.path_words import short, told


@dataclass(frozen=True, slots=True, kw_only=True)
class Escape:
    """A path that offends.

    Attributes:
        pipeline: Of which.
        words: The path in words.
        target: Short path of what is reached on it, or left without what should follow.
        location: Where that is written.
        doubts: Why it is not known whether this can happen; empty where it can.
        deviations: How many things on it are not ordinary.
        cost: By which paths are compared.
    """

    pipeline: Pipeline
    words: str
    target: str
    location: Location | None
    doubts: tuple[str, ...]
    deviations: int
    cost: int

    @property
    def rank(self) -> tuple[bool, int]:
        """What is certain goes before what is in doubt, then the shorter path."""
        return bool(self.doubts), self.cost


def precedes_on_every_path(
    pipelines: Iterable[Pipeline],
    *,
    target: Choice,
    gate: Choice,
    gate_name: str,
    undo: Choice | None = None,
    may_hide: Callable[[Hidden, Stage | None], bool] = may_be_anything,
    people_may_pass: bool = False,
) -> Finding:
    """Every target is preceded by a success of the gate on every path.

    Raises:
        UnknownValue: It depends on something that cannot be known.
    """
    question = Question(
        target=target,
        gate=gate,
        gate_name=gate_name,
        undo=undo,
        may_hide=may_hide,
        people_may_pass=people_may_pass,
    )
    return answer(pipelines, question)


def follows_on_every_path(
    pipelines: Iterable[Pipeline],
    *,
    target: Choice,
    gate: Choice,
    gate_name: str,
    may_hide: Callable[[Hidden, Stage | None], bool] = may_be_anything,
    people_may_pass: bool = False,
) -> Finding:
    """On every path that succeeds, every target is followed by a success of the gate.

    Raises:
        UnknownValue: It depends on something that cannot be known.
    """
    question = Question(
        target=target,
        gate=gate,
        gate_name=gate_name,
        follows=True,
        may_hide=may_hide,
        people_may_pass=people_may_pass,
    )
    return answer(pipelines, question)


def answer(pipelines: Iterable[Pipeline], question: Question) -> Finding:
    """Return the answer for some pipelines, with the shortest path that offends."""
    found = [escape for each in pipelines if (escape := escape_of(each, question)) is not None]
    where = "after" if question.follows else "before"
    expected = f"{question.gate_name} {where} it, on every path"
    if not found:
        return Finding(
            holds=True, expected=expected, actual=f"no path without {question.gate_name}"
        )
    worst = min(found, key=lambda escape: escape.rank)
    if worst.doubts:
        raise UnknownValue(f"{_said(worst, question)}, if: {'; '.join(worst.doubts)}")
    return Finding(
        holds=False, expected=expected, actual=_said(worst, question), location=worst.location
    )


def _said(escape: Escape, question: Question) -> str:
    name = question.gate_name
    if question.follows:
        return f"the pipeline succeeds without {name} after {escape.target}: {escape.words}"
    return f"{escape.target} is reached without {name}: {escape.words}"


def escape_of(pipeline: Pipeline, question: Question) -> Escape | None:
    """Return the shortest offending path of a pipeline; None where every path is good."""
    layout = layout_of(pipeline)
    seen = {
        id(placed.step): (look(question, placed), conditions)
        for placed, conditions in layout.steps
        if concerns(question, placed)
    }
    found = [
        escape
        for assumed, sights in _searches(seen, question)
        if (escape := _search(layout, question, sights, assumed)) is not None
    ]
    return min(found, key=lambda escape: escape.rank, default=None)


_Seen = Mapping[int, tuple[Sight, tuple[Condition, ...]]]


def _is_target(sight: Sight, question: Question) -> bool:
    """Whether a step is the target, or may be."""
    found = sight.opens[SAFE] if question.follows else sight.offends[OPEN] or sight.offends[SAFE]
    return found is not Known.NO


def _searches(seen: _Seen, question: Question) -> list[tuple[frozenset[str], dict[int, Sight]]]:
    """Return what to search for: targets that are reached under the same conditions together.

    A gate that runs under a condition is not skipped by it on a path to a target that runs under
    the same one.
    """
    guarding = {
        condition.expression
        for sight, conditions in seen.values()
        if sight.is_gate
        for condition in conditions
        if condition.expression
    }
    groups: dict[frozenset[str], set[int]] = {frozenset(): set()}
    for key, (sight, conditions) in seen.items():
        if _is_target(sight, question):
            own = {condition.expression for condition in conditions}
            groups.setdefault(frozenset(own & guarding), set()).add(key)
    return [
        (
            assumed,
            {
                key: sight if key in targets else _without_target(sight, question)
                for key, (sight, _) in seen.items()
            },
        )
        for assumed, targets in groups.items()
        if targets or not assumed
    ]


def _without_target(sight: Sight, question: Question) -> Sight:
    never = (Known.NO, Known.NO)
    if question.follows:
        opens = (Known.NO, sight.opens[OPEN])
        return Sight(sight.offends, opens, sight.is_gate, sight.doubt)
    return Sight(never, sight.opens, sight.is_gate, sight.doubt)


def _search(
    layout: Layout, question: Question, sights: dict[int, Sight], assumed: frozenset[str]
) -> Escape | None:
    if not layout.hides_something and not any(
        _is_target(sight, question) for sight in sights.values()
    ):
        return None
    row = Search(layout, question, sights, assumed).row()
    way = Way.GOOD if question.follows else Way.OFFENDS
    for doubtful in (0, 1):
        key = state(way, int(question.follows), doubtful)
        if key in row:
            return _escape(layout.pipeline, row, key)
    return None


def _escape(pipeline: Pipeline, row: Row, key: int) -> Escape:
    cost, trail = row[key]
    path = events(trail)
    meant = _meant(path)
    return Escape(
        pipeline=pipeline,
        words=told(path, pipeline),
        target=short(meant, pipeline),
        location=meant.subject.location if meant is not None else None,
        doubts=tuple(dict.fromkeys(event.doubt for event in path if event.doubt)),
        deviations=cost // DEVIATION,
        cost=cost,
    )


def _meant(path: list[Event]) -> Step | Hidden | None:
    """Return the target that a path reaches, or the last that it leaves unguarded."""
    reached = [event.node for event in path if event.is_target]
    return reached[-1] if reached else None
