"""Where a path can stand after a step has run: its success, and every way to go on after a failure.

`before` looks for a path on which the target comes before its gate has succeeded: success of the
gate ends the search there. `after` looks for one on which a target is not followed by its gate: the
target arms it, and success of the gate disarms it.
"""

from __future__ import annotations

from collections.abc import Iterable

from assurance.model.pipelines import Step
from assurance.rules.path_failures import Outcome, Turn
from assurance.rules.path_questions import Known, Question, Sight
from assurance.rules.path_rows import DEVIATION, STEP, Event, Row, Way, join, put, state


def before(
    step: Step, sight: Sight, failed: int, answers: Iterable[Outcome], question: Question
) -> Row:
    """Return the row of a step that runs, while the gate has not succeeded."""
    row: Row = {}
    doubt = sight.doubt
    if sight.target is not Known.NO:
        unsure = sight.target is Known.MAYBE
        event = Event(step, "", doubt if unsure else "", is_target=True)
        put(row, state(Way.OFFENDS, 0, unsure), STEP, event)
    if sight.gate is Known.NO:
        put(row, state(failed, 0, 0), STEP, None)
    elif sight.gate is Known.MAYBE:
        put(row, state(failed, 0, 1), STEP, Event(step, "may not be the gate", doubt))
    for outcome in answers:
        if outcome.turn is Turn.PASS_OVER and _is_as_good(outcome, sight, question):
            continue
        way = failed if outcome.turn is Turn.PASS_OVER else int(outcome.turn)
        event = Event(step, outcome.words, outcome.doubt)
        put(row, state(way, 0, bool(outcome.doubt)), DEVIATION + STEP, event)
    return row


def _is_as_good(outcome: Outcome, sight: Sight, question: Question) -> bool:
    """Whether a failure that is passed over is the same to the question as success."""
    return sight.gate is Known.NO or (outcome.by_person and question.people_may_pass)


def after(
    step: Step,
    sight: Sight,
    standing: tuple[int, int],
    answers: Iterable[Outcome],
    question: Question,
) -> Row:
    """Return the row of a step that runs.

    Args:
        step: The step.
        sight: What it means.
        standing: Whether a target waits for its gate, and whether something has failed.
        answers: What can follow its failure.
        question: What is asked.
    """
    armed, failed = standing
    row: Row = {}
    starts = _starts(sight, armed)
    begun = Event(step, "", sight.doubt, is_target=True) if sight.target is not Known.NO else None
    for start, unsure in starts:
        for end, doubtful in _ends(sight, start, unsure):
            event = Event(step, "may not be the gate", sight.doubt) if doubtful > unsure else None
            put(row, state(failed, end, doubtful), STEP, join(begun if start else None, event))
    for outcome in answers:
        passes = outcome.turn is Turn.PASS_OVER
        good = passes and outcome.by_person and question.people_may_pass
        way = failed if passes else int(outcome.turn)
        event = Event(step, outcome.words, outcome.doubt)
        for start, unsure in starts:
            end = 0 if good and sight.gate is Known.YES else start
            doubtful = unsure | bool(outcome.doubt)
            trail = join(begun if start else None, event)
            put(row, state(way, end, doubtful), DEVIATION + STEP, trail)
    return row


def _starts(sight: Sight, armed: int) -> tuple[tuple[int, int], ...]:
    """Return whether a target waits once the step has begun, each with whether that is in doubt."""
    if sight.target is Known.YES:
        return ((1, 0),)
    if sight.target is Known.MAYBE:
        return ((armed, 0), (1, 1))
    return ((armed, 0),)


def _ends(sight: Sight, start: int, unsure: int) -> tuple[tuple[int, int], ...]:
    if sight.gate is Known.YES:
        return ((0, unsure),)
    if sight.gate is Known.MAYBE and start:
        return ((0, unsure), (1, 1))
    return ((start, unsure),)
