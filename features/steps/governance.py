"""Steps about what makes the actions of pipelines accountable."""

from __future__ import annotations

from pytest_bdd import then

from assurance.judge import Judge
from assurance.rules import governance as rules


@then("every step of approval names who may approve")
def approvers_are_named(judge: Judge) -> None:
    """Groups, and not everybody."""
    judge.every("step of approval", rules.names_its_approvers)


@then("every CD pipeline is held to policy sets before it changes production")
def policies_are_enforced(judge: Judge) -> None:
    """On every path."""
    judge.every("CD pipeline", rules.enforces_policies, judge.view.delivery.policy_sets)


@then("every pipeline is stored in Git")
def pipelines_are_stored_in_git(judge: Judge) -> None:
    """Its file is under version control."""
    judge.every("pipeline", rules.is_stored_in_git, judge.view.delivery.repository)
