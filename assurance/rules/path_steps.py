"""Where a path can stand after a step has run: its success, and every way to go on after a failure.

A path is armed while the gate is still to be waited for. Success of the gate disarms it, and where
nothing can arm it again, the path is no longer looked at.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from assurance.model.pipelines import Step
from assurance.rules.path_failures import Outcome, Turn
from assurance.rules.path_questions import SAFE, Known, Question, Sight
from assurance.rules.path_rows import DEVIATION, STEP, Event, Row, Trail, Way, join, put, state


def run_row(
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
        standing: Whether the path is armed, and whether something has failed.
        answers: What can follow its failure.
        question: What is asked.
    """
    armed, failed = standing
    row: Row = {}
    offends = sight.offends[armed]
    if offends is not Known.NO:
        unsure = offends is Known.MAYBE
        event = Event(step, "", sight.doubt if unsure else "", is_target=True)
        put(row, state(Way.OFFENDS, 0, unsure), STEP, event)
    for end, doubtful, trail in _successes(step, sight, armed, question):
        put(row, state(failed, end, doubtful), STEP, trail)
    for outcome in answers:
        end, doubtful = _left(sight, armed, outcome, question)
        if end == SAFE and question.is_settled_by_gate:
            continue
        way = failed if outcome.turn == Turn.PASS_OVER else int(outcome.turn)
        event = Event(step, outcome.words, outcome.doubt)
        trail = join(_begun(step, sight, armed, end, question), event)
        put(row, state(way, end, doubtful | bool(outcome.doubt)), DEVIATION + STEP, trail)
    return row


def _successes(
    step: Step, sight: Sight, armed: int, question: Question
) -> Iterator[tuple[int, int, Trail]]:
    """Yield how a path can stand after success: armed or not, in doubt or not, and its trail."""
    opens = sight.opens[armed]
    if opens is not Known.YES and not question.is_settled_by_gate:
        yield SAFE, 0, None
    if opens is Known.NO:
        return
    trail = _begun(step, sight, armed, 1, question)
    if opens is Known.YES:
        yield 1, 0, trail
    else:
        words = "may not be the gate" if sight.is_gate != Known.NO else "may be the target"
        yield 1, 1, join(trail, Event(step, words, sight.doubt))


def _left(sight: Sight, armed: int, outcome: Outcome, question: Question) -> tuple[int, int]:
    """Return how a failed step leaves a path: armed or not, in doubt or not."""
    passed = outcome.turn == Turn.PASS_OVER and outcome.by_person and question.people_may_pass
    if passed and sight.is_gate == Known.YES:
        return SAFE, 0
    if armed:
        return 1, 0
    # What a failed step began cannot be told: it may have armed the path before it failed.
    opens = sight.opens[SAFE]
    return int(opens is not Known.NO), int(opens is Known.MAYBE)


def _begun(step: Step, sight: Sight, armed: int, end: int, question: Question) -> Trail:
    """Return the event of a path that is armed by the step."""
    if not end or (armed and not question.follows) or sight.opens[SAFE] is Known.NO:
        return None
    if question.follows:
        doubt = sight.doubt if sight.opens[SAFE] is Known.MAYBE else ""
        return Event(step, "", doubt, is_target=True)
    return Event(step, "makes it anew")
