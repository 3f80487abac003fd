"""Finds the shortest path of a pipeline that offends, without enumerating paths.

Each node is looked at once for each state that a path can be in before it (at most eight), so the
time is linear in the size of the pipeline. What Harness does is written down, with its sources, in
docs/paths.md.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from assurance.model.checks import Approval, Verification
from assurance.model.flow import FailureStrategy
from assurance.model.pipelines import (
    Hidden,
    Node,
    Parallel,
    Sequence,
    Stage,
    Step,
    StepGroup,
)
from assurance.rules.path_conditions import admissions
from assurance.rules.path_failures import (
    ERRORS,
    INPUT,
    REJECTION,
    VERIFICATION,
    Outcome,
    Turn,
    outcomes,
)
from assurance.rules.path_layout import Layout, Passage
from assurance.rules.path_nodes import group_row, hidden_row, parallel_row, stage_row, step_row
from assurance.rules.path_questions import PLAIN, Question, Sight
from assurance.rules.path_rows import (
    CONTINUES,
    DEVIATION,
    FAILED,
    OFFENDS,
    STEP,
    Event,
    Row,
    Trail,
    Way,
    add,
    armed_in,
    join,
    put,
    state,
    way_of,
)

_COMMON = frozenset((*ERRORS, INPUT))


class Search:
    """The search of one pipeline for paths that offend against one question.

    Args:
        layout: The pipeline.
        question: What is asked.
        sights: What the steps mean that mean something, by their id.
        assumed: Expressions that are true on the paths that are looked for.
    """

    def __init__(
        self,
        layout: Layout,
        question: Question,
        sights: dict[int, Sight],
        assumed: frozenset[str],
    ) -> None:
        self.question = question
        self._layout = layout
        self._sights = sights
        self._assumed = assumed
        targets = [key for key, sight in sights.items() if any(sight.offends)]
        self._drops_failures = layout.ends_with_failure(targets, asks_success=question.follows)
        self._contents = layout.contents(sights, question.may_hide)
        counts = (question.follows, question.is_settled_by_gate, question.people_may_pass)
        self._rows = layout.rows.setdefault((*counts, self._drops_failures, assumed), {})
        self._answers = layout.answers

    def row(self) -> Row:
        """Return where a path can stand at the end of the pipeline, and the offending ones."""
        armed = int(not self.question.follows)
        row = dict(self.row_of(self._layout.pipeline.stages, armed, 0, 0))
        for key in [key for key in row if way_of(key) == Way.ROLL_BACK_PIPELINE]:
            self._roll_back_all(row, key)
        return row

    def _roll_back_all(self, row: Row, key: int) -> None:
        """Enter what can happen when the stages before the failing one are rolled back too."""
        cost, trail = row[key]
        doubt = "whether that stage ran before the rollback depends on the path"
        for stage in self._layout.top:
            event = Event(stage, "rolled back with the pipeline", doubt)
            for end, (more, rest) in self.row_of(stage.rollback, armed_in(key), 0, 0).items():
                if way_of(end) == Way.OFFENDS:
                    put(row, end | 1, cost + more, join(join(trail, event), rest))

    def row_of(self, node: Node, armed: int, failed: int, beside: int) -> Row:
        """Return where a path can stand after a node.

        Args:
            node: The node.
            armed: Whether the gate is still to be waited for.
            failed: Whether something before it has failed.
            beside: Whether something that runs beside it may fail meanwhile.
        """
        content = self._contents.get(id(node), ())
        key = (id(node), armed << 2 | failed << 1 | beside, content)
        row = self._rows.get(key)
        if row is None:
            row = self._rows[key] = _KINDS[type(node)](self, node, armed, failed, beside)
        return row

    def in_turn(self, nodes: tuple[Node, ...], armed: int, failed: int, beside: int) -> Row:
        """Return where a path can stand after nodes that run one after another."""
        row: Row = {}
        live: Row = {state(failed, armed, 0): (0, None)}
        for node in nodes:
            if beside and not self._drops_failures:
                _let_fail(live)
            live = self._next(node, live, row, beside)
        add(row, live, 0, None)
        return row

    def _next(self, node: Node, live: Row, row: Row, beside: int) -> Row:
        """Return the states after a node, and enter the ways that do not go on."""
        further: Row = {}
        ordinary = id(node) in self._layout.ordinary
        if ordinary and type(node) is Step and id(node) not in self._sights:
            _pass(() if self._drops_failures else self._passage(node), live, further, row)
            return further
        for key, (cost, trail) in live.items():
            if ordinary and key >= FAILED:
                put(further, key, cost, trail)
                continue
            doubtful = key & 1
            for end, (more, rest) in self.row_of(node, key >> 1 & 1, key >> 2, beside).items():
                if FAILED <= end < OFFENDS and self._drops_failures:
                    continue
                into = further if end < CONTINUES else row
                way = end | doubtful
                old = into.get(way)
                if old is None or cost + more < old[0]:
                    into[way] = (cost + more, join(trail, rest))
        return further

    def _passage(self, step: Step) -> Passage:
        """Return what passing an ordinary step can lead to."""
        passages, key = self._layout.passages, id(step)
        if key not in passages:
            found: dict[int, Event] = {}
            for outcome in self.failures(step):
                if outcome.turn != Turn.PASS_OVER:
                    end = int(outcome.turn) << 2 | bool(outcome.doubt)
                    found.setdefault(end, Event(step, outcome.words, outcome.doubt))
            passages[key] = tuple(found.items())
        return passages[key]

    def admitted(
        self, node: Step | StepGroup | Stage, failed: int
    ) -> Iterator[tuple[bool, int, Trail, int]]:
        """Yield the ways in which a node runs or is skipped: cost, trail and doubt of each."""
        if not failed and id(node) in self._layout.ordinary:
            yield True, 0, None, 0
            return
        found = admissions(node.condition, node.loops, failed=bool(failed), assumed=self._assumed)
        for way in found:
            event = Event(node, way.words, way.doubt) if way.words else None
            yield way.runs, DEVIATION if event else 0, event, int(bool(way.doubt))

    def sight(self, step: Step) -> Sight:
        """Return what a step means for the question."""
        return self._sights.get(id(step), PLAIN)

    def selection(self, stage: Stage) -> str | None:
        """Return None where every run has the stage, else why it is in doubt that one has not."""
        return self._layout.selection(stage)

    def may_hide_target(self, hidden: Hidden) -> bool:
        """Whether something that cannot be seen may be the target."""
        return self.question.may_hide(hidden, self._layout.stage_of(hidden))

    def failures(self, step: Step) -> tuple[Outcome, ...]:
        """Return what can follow when a step fails."""
        found = self._answers.get(id(step))
        if found is None:
            found = self._answers[id(step)] = outcomes(step.strategies, _errors(step))
        return found

    def answers(self, strategies: tuple[FailureStrategy, ...]) -> tuple[Outcome, ...]:
        """Return what can follow when something with these strategies fails."""
        return outcomes(strategies, _COMMON)


def _errors(step: Step) -> frozenset[str]:
    """Return what can go wrong with a step."""
    errors = _COMMON
    if step.action.of(Approval):
        errors |= {REJECTION}
    if step.action.of(Verification):
        errors |= {VERIFICATION}
    return errors


def _pass(passage: Passage, live: Row, further: Row, row: Row) -> None:
    """Go past a step that means nothing to the question, as most do; the same as its row."""
    for key, (cost, trail) in live.items():
        if key >= FAILED:
            put(further, key, cost, trail)
            continue
        put(further, key, cost + STEP, trail)
        for turn, event in passage:
            end = key | turn
            into = further if end < CONTINUES else row
            if end not in into:
                into[end] = (cost + STEP + DEVIATION, event if trail is None else (trail, event))


_BESIDE = Event(None, "something that runs beside it fails")


def _let_fail(live: Row) -> None:
    """Let something that runs beside fail before the next node."""
    for key, (cost, trail) in list(live.items()):
        if way_of(key) == Way.GOOD:
            failed = key | Way.FAILED << 2
            put(live, failed, cost + DEVIATION, join(trail, _BESIDE))


def _sequence_row(search: Search, node: Sequence, armed: int, failed: int, beside: int) -> Row:
    return search.in_turn(node.nodes, armed, failed, beside)


_KINDS: dict[type, Callable[[Search, Any, int, int, int], Row]] = {
    Sequence: _sequence_row,
    Parallel: parallel_row,
    Step: step_row,
    StepGroup: group_row,
    Stage: stage_row,
    Hidden: hidden_row,
}
