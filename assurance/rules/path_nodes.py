"""Where a path can stand after each kind of node: step, group, stage, what cannot be seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assurance.model.pipelines import Hidden, Parallel, Stage, Step, StepGroup
from assurance.rules.path_beside import together
from assurance.rules.path_failures import Turn
from assurance.rules.path_rows import (
    CONTINUES,
    DEVIATION,
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
from assurance.rules.path_steps import run_row

if TYPE_CHECKING:
    from assurance.rules.path_search import Search


def step_row(search: Search, step: Step, armed: int, failed: int, beside: int) -> Row:
    """Return the row of a step, run or skipped."""
    del beside
    row: Row = {}
    for runs, cost, trail, doubtful in search.admitted(step, failed):
        if runs:
            add(row, _run(search, step, armed, failed), cost, trail, doubtful)
        else:
            put(row, state(failed, armed, doubtful), cost, trail)
    return row


def _run(search: Search, step: Step, armed: int, failed: int) -> Row:
    answers = search.failures(step)
    return run_row(step, search.sight(step), (armed, failed), answers, search.question)


def group_row(search: Search, group: StepGroup, armed: int, failed: int, beside: int) -> Row:
    """Return the row of a group.

    Whether the steps of a group that runs after a failure run as well is documented both ways
    (docs/paths.md): both are looked at.
    """
    row: Row = {}
    for runs, cost, trail, doubtful in search.admitted(group, failed):
        if not runs:
            put(row, state(failed, armed, doubtful), cost, trail)
            continue
        for inner in range(failed + 1):
            for end, (more, rest) in search.row_of(group.body, armed, inner, beside).items():
                failing = failed << 2 if end < CONTINUES else 0
                key, whole = end | failing | doubtful, cost + more
                _leave_group(search, row, group, (key, whole, join(trail, rest)))
    return row


_Out = tuple[int, int, Trail]
"""A way out of a node: its state, its cost and its trail."""


def _leave_group(search: Search, row: Row, group: StepGroup, out: _Out) -> None:
    """Enter a way out of a group; a rollback of the group fails its stage, or rolls it back."""
    key, cost, trail = out
    if way_of(key) != Way.ROLL_BACK_GROUP:
        put(row, key, cost, trail)
        return
    for end, (more, rest) in search.row_of(group.rollback, armed_in(key), 0, 0).items():
        offends = way_of(end) == Way.OFFENDS
        for turn in (Way.OFFENDS,) if offends else (Way.FAILED, Way.ROLL_BACK_STAGE):
            into = state(turn, armed_in(end), (end | key) & 1)
            put(row, into, cost + more, join(trail, rest))


def stage_row(search: Search, stage: Stage, armed: int, failed: int, beside: int) -> Row:
    """Return the row of a stage: within it, nothing has failed yet."""
    del beside
    row: Row = {}
    selection = search.selection(stage)
    if selection is not None:
        event = Event(stage, "left out: a run may select stages (allowStageExecutions)", selection)
        put(row, state(failed, armed, bool(selection)), DEVIATION, event)
    for runs, cost, trail, doubtful in search.admitted(stage, failed):
        if not runs:
            put(row, state(failed, armed, doubtful), cost, trail)
            continue
        entered = join(trail, Event(stage))
        for end, (more, rest) in search.row_of(stage.body, armed, 0, 0).items():
            out = (end | doubtful, cost + more, join(entered, rest))
            _leave_stage(search, row, stage, out, failed)
    return row


def _leave_stage(search: Search, row: Row, stage: Stage, out: _Out, failed: int) -> None:
    key, cost, trail = out
    way = key >> 2
    if way == _GOOD:
        put(row, failed << 2 | key & 3, cost, trail)
    elif way == _OFFENDS:
        put(row, key, cost, trail)
    elif way == _FAILED and stage.chained:
        _fail_chained(search, row, stage, out, failed)
    else:
        _roll_back(search, row, stage, out)


_GOOD, _FAILED, _OFFENDS = int(Way.GOOD), int(Way.FAILED), int(Way.OFFENDS)
"""The same as plain numbers, which are compared much faster."""


def _roll_back(search: Search, row: Row, stage: Stage, out: _Out) -> None:
    """Enter what a stage that failed leaves: rolled back, if it is to be, and failed."""
    key, cost, trail = out
    if key >> 2 == _FAILED:
        put(row, key, cost, trail)
        return
    further = Way.ROLL_BACK_PIPELINE if way_of(key) == Way.ROLL_BACK_PIPELINE else Way.FAILED
    for end, (more, rest) in search.row_of(stage.rollback, armed_in(key), 0, 0).items():
        turn = _OFFENDS if end >> 2 == _OFFENDS else further
        into = state(turn, armed_in(end), (end | key) & 1)
        put(row, into, cost + more, join(trail, rest))


def _fail_chained(search: Search, row: Row, stage: Stage, out: _Out, failed: int) -> None:
    """Enter what follows when a chained pipeline failed: its stage answers as a step would."""
    key, cost, trail = out
    for outcome in search.answers(stage.failure_strategies):
        way = failed if outcome.turn == Turn.PASS_OVER else int(outcome.turn)
        into = state(way, armed_in(key), key & 1 | bool(outcome.doubt))
        whole = join(trail, Event(stage, outcome.words, outcome.doubt))
        if into < CONTINUES:
            put(row, into, cost + DEVIATION, whole)
        else:
            _roll_back(search, row, stage, (into, cost + DEVIATION, whole))


def parallel_row(search: Search, node: Parallel, armed: int, failed: int, beside: int) -> Row:
    """Return the row of nodes side by side: each may see that another one has failed."""
    fails = [_can_fail(search.in_turn((each,), armed, 0, beside)) for each in node.nodes]
    rows = []
    for each, fails_itself in zip(node.nodes, fails, strict=True):
        shaken = beside or int(sum(fails) > fails_itself)
        own = search.in_turn((each,), armed, failed, shaken)
        again = armed and not search.question.is_settled_by_gate
        idle = search.in_turn((each,), 0, failed, shaken) if again else {}
        rows.append((own, idle))
    return together(rows, armed)


def _can_fail(row: Row) -> bool:
    return any(way_of(key) not in (Way.GOOD, Way.OFFENDS) for key in row)


def hidden_row(search: Search, node: Hidden, armed: int, failed: int, beside: int) -> Row:
    """Return the row of what cannot be seen: it may be the gate, and perhaps the target."""
    del beside
    event = Event(node, "cannot be seen", node.reason)
    row: Row = {state(failed, armed, 1): (STEP, event)}
    put(row, state(Way.FAILED, armed, 1), STEP + DEVIATION, event)
    if search.may_hide_target(node):
        target = Event(node, "cannot be seen", node.reason, is_target=True)
        if search.question.follows:
            put(row, state(failed, 1, 1), STEP, target)
        elif armed:
            put(row, state(Way.OFFENDS, 0, 1), STEP, target)
    return row
