"""What can follow the failure of a step: the first strategy that names the error decides.

A step's own strategies are tried before those of its groups, these before those of its stage, and
within a level in the order in which they are written; where none names the error, the step has
failed and what waits for success is skipped. Sources: docs/paths.md.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import IntEnum

from assurance.model.flow import FailureStrategy, Reaction, Response
from assurance.model.records import record
from assurance.model.unknown import is_unknown, why_unknown

ERRORS = (
    "Authentication",
    "Authorization",
    "ConfigurationFailure",
    "Connectivity",
    "DelegateProvisioning",
    "DelegateRestart",
    "InfrastructureFailure",
    "PluginImageFailure",
    "PolicyEvaluationFailure",
    "ResourceLimitsFailure",
    "RetryableTransientFailure",
    "Timeout",
    "Unknown",
    "UserMarkedFailure",
)
"""The errors that every step can have."""

REJECTION, VERIFICATION, INPUT = "ApprovalRejection", "Verification", "InputTimeoutError"
_ALL = "AllErrors"


class Turn(IntEnum):
    """Where a pipeline goes on after a failure; an abort goes nowhere."""

    PASS_OVER = 0
    FAIL = 1
    ROLL_BACK_STAGE = 2
    ROLL_BACK_GROUP = 3
    ROLL_BACK_PIPELINE = 4


@record()
class Outcome:
    """One way to go on after a failure.

    Attributes:
        turn: Where to.
        words: Why, in words.
        doubt: Empty, or why it is not known whether this happens.
        by_person: Whether a person who is asked decides it.
    """

    turn: Turn
    words: str
    doubt: str = ""
    by_person: bool = False


_TURNS = {
    Reaction.MARK_AS_SUCCESS: ((Turn.PASS_OVER, "fails and is marked as success (MarkAsSuccess)"),),
    # Documented both as success and as a failure that later conditions see: either may be.
    Reaction.IGNORE: (
        (Turn.PASS_OVER, "fails and its failure is ignored (Ignore)"),
        (Turn.FAIL, "fails and its failure is ignored (Ignore)"),
    ),
    Reaction.MARK_AS_FAILURE: ((Turn.FAIL, "fails"),),
    Reaction.ABORT: (),
    Reaction.ROLL_BACK_STAGE: ((Turn.ROLL_BACK_STAGE, "fails and the stage is rolled back"),),
    Reaction.ROLL_BACK_GROUP: ((Turn.ROLL_BACK_GROUP, "fails and its group is rolled back"),),
    Reaction.ROLL_BACK_PIPELINE: (
        (Turn.ROLL_BACK_PIPELINE, "fails and the pipeline is rolled back"),
    ),
}
_BY_PERSON = (
    (Turn.PASS_OVER, "fails and whoever is asked lets it pass (ManualIntervention)"),
    (Turn.FAIL, "fails"),
    (Turn.ROLL_BACK_STAGE, "fails and the stage is rolled back"),
    (Turn.ROLL_BACK_PIPELINE, "fails and the pipeline is rolled back"),
)


def outcomes(
    strategies: tuple[FailureStrategy, ...], errors: frozenset[str]
) -> tuple[Outcome, ...]:
    """Return every way to go on after one of some errors, each once.

    Args:
        strategies: In the order in which they are tried.
        errors: The errors that the step can have.
    """
    found: dict[tuple[Turn, str, str], Outcome] = {}
    for outcome in _all(strategies, set(errors)):
        found.setdefault((outcome.turn, outcome.words, outcome.doubt), outcome)
    return tuple(found.values())


def _all(strategies: tuple[FailureStrategy, ...], left: set[str]) -> Iterator[Outcome]:
    for strategy in strategies:
        if is_unknown(strategy.errors):
            yield from _doubted(why_unknown(strategy.errors))
            continue
        named = left if _ALL in strategy.errors else left.intersection(strategy.errors)
        if named:
            yield from answers(strategy.response, for_input=named == {INPUT})
            left = left - named
    if left:
        yield Outcome(Turn.FAIL, "fails")


def answers(response: Response | None, *, for_input: bool = False) -> Iterator[Outcome]:
    """Yield the ways in which a response can go on; without one the step has failed.

    Args:
        response: What is stated.
        for_input: Whether it answers nothing but an input that did not come in time.
    """
    if response is None:
        yield Outcome(Turn.FAIL, "fails")
        return
    reaction = response.reaction
    if is_unknown(reaction):
        yield from _doubted(why_unknown(reaction))
    elif reaction in (Reaction.RETRY, Reaction.RETRY_GROUP):
        yield from answers(response.otherwise, for_input=for_input)
    elif reaction is Reaction.ASK:
        yield from (Outcome(turn, words, by_person=True) for turn, words in _BY_PERSON)
        yield from answers(response.otherwise, for_input=for_input)
    elif reaction is Reaction.TAKE_DEFAULTS:
        # It runs with the defaults of its inputs; what that means for another error is not said.
        if not for_input:
            yield from _doubted(
                "what ProceedWithDefaultValues does about an error is not documented"
            )
    else:
        yield from (Outcome(turn, words) for turn, words in _TURNS[reaction])


def _doubted(why: str) -> Iterator[Outcome]:
    yield Outcome(Turn.PASS_OVER, "fails and may be passed over", doubt=why)
    yield Outcome(Turn.FAIL, "may fail", doubt=why)
    yield Outcome(Turn.ROLL_BACK_STAGE, "fails and its stage may be rolled back", doubt=why)
