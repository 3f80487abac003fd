"""What Harness does in the end when a step has failed with one kind of error."""

from __future__ import annotations

from assurance.model.flow import Reaction
from assurance.model.pipelines import Step

_AGAIN = (Reaction.RETRY, Reaction.RETRY_GROUP)


def first_reaction(step: Step, error: str) -> Reaction | None:
    """Return what is done after the last retry; None where no strategy names the error."""
    for strategy in step.strategies:
        if {"AllErrors", error} & set(strategy.errors):
            response = strategy.response
            while response.reaction in _AGAIN and response.otherwise:
                response = response.otherwise
            return response.reaction
    return None


def last_response(step: Step, error: str) -> Reaction | None:
    """Return what is done after the last retry, and where nobody who was asked answered."""
    for strategy in step.strategies:
        if {"AllErrors", error} & set(strategy.errors):
            response = strategy.response
            while response.reaction in (*_AGAIN, Reaction.ASK) and response.otherwise:
                response = response.otherwise
            return response.reaction
    return None
