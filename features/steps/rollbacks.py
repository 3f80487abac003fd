"""Sentences about taking deployments back."""

from __future__ import annotations

from pytest_bdd import then

from assurance.judge import Judge
from assurance.rules import pipeline_rollbacks
from assurance.rules import rollbacks as rules


@then("every deployment stage has rollback steps of its strategy")
def has_rollback(judge: Judge) -> None:
    """Steps that may be skipped do not count."""
    judge.every("deployment stage", rules.has_matching_rollback)


@then("every deployment stage rolls back on every error of a deployment")
def rolls_back(judge: Judge) -> None:
    """By the first strategy that names the error."""
    judge.every("deployment stage", rules.rolls_back_on_every_error)


@then("every deployment stage tries its set-up steps once")
def sets_up_once(judge: Judge) -> None:
    """A retry would note the failed attempt as what to return to."""
    judge.every("deployment stage", rules.retries_no_set_up)


@then("every pipeline is rolled back only where that reaches what it deployed")
def rolls_back_what_it_deployed(judge: Judge) -> None:
    """A pipeline that it calls is an execution of its own, and stays."""
    judge.every("pipeline", pipeline_rollbacks.rolls_back_what_it_deployed)
