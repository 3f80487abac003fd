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
                whole = Row({end | failing | doubtful: (cost + more, join(trail, rest))})
                _leave_group(search, row, group, whole)
    return row


def _leave_group(search: Search, row: Row, group: StepGroup, ways: Row) -> None:
    """Enter the ways out of a group; a rollback of the group fails its stage, or rolls it back."""
    for key, (cost, trail) in ways.items():
        if way_of(key) != Way.ROLL_BACK_GROUP:
            put(row, key, cost, trail)
            continue
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
            way = {end | doubtful: (cost + more, join(entered, rest))}
            _leave_stage(search, row, stage, way, failed)
    return row


def _leave_stage(search: Search, row: Row, stage: Stage, ways: Row, failed: int) -> None:
    for key, (cost, trail) in ways.items():
        way = way_of(key)
        if way == Way.GOOD:
            put(row, state(failed, armed_in(key), key & 1), cost, trail)
        elif way == Way.OFFENDS:
            put(row, key, cost, trail)
        elif way == Way.FAILED and stage.chained:
            _fail_chained(search, row, stage, {key: (cost, trail)}, failed)
        else:
            _roll_back(search, row, stage, {key: (cost, trail)})


def _roll_back(search: Search, row: Row, stage: Stage, ways: Row) -> None:
    """Enter what a stage that failed leaves: rolled back, if it is to be, and failed."""
    for key, (cost, trail) in ways.items():
        way, armed = way_of(key), armed_in(key)
        back: Row = {state(Way.FAILED, armed, 0): (0, None)}
        if way != Way.FAILED:
            back = search.row_of(stage.rollback, armed, 0, 0)
        further = Way.ROLL_BACK_PIPELINE if way == Way.ROLL_BACK_PIPELINE else Way.FAILED
        for end, (more, rest) in back.items():
            turn = Way.OFFENDS if way_of(end) == Way.OFFENDS else further
            into = state(turn, armed_in(end), (end | key) & 1)
            put(row, into, cost + more, join(trail, rest))


def _fail_chained(search: Search, row: Row, stage: Stage, ways: Row, failed: int) -> None:
    """Enter what follows when a chained pipeline failed: its stage answers as a step would."""
    for key, (cost, trail) in ways.items():
        for outcome in search.answers(stage.failure_strategies):
            way = failed if outcome.turn == Turn.PASS_OVER else int(outcome.turn)
            into = state(way, armed_in(key), key & 1 | bool(outcome.doubt))
            event = Event(stage, outcome.words, outcome.doubt)
            whole: Row = {into: (cost + DEVIATION, join(trail, event))}
            if into < CONTINUES:
                add(row, whole, 0, None)
            else:
                _roll_back(search, row, stage, whole)


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
