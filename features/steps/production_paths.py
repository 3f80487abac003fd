"""Sentences about the paths that lead to production."""

from __future__ import annotations

from pytest_bdd import then

from assurance.judge import Judge
from assurance.rules import production_paths as rules


@then("every pipeline to production deploys to staging first, on every path")
def staging_first(judge: Judge) -> None:
    """The same services."""
    judge.every("pipeline to production", rules.comes_after_staging)


@then("every pipeline to production tests the release in staging first, on every path")
def tests_first(judge: Judge) -> None:
    """Tests that ran before the release was there do not count."""
    judge.every("pipeline to production", rules.comes_after_tests)


@then("every pipeline to production asks for approval first, on every path")
def approval_first(judge: Judge) -> None:
    """One that approves itself is none."""
    judge.every("pipeline to production", rules.comes_after_approval)


@then("every pipeline to production is started with the definition that is proven here")
def is_started_as_proven(judge: Judge) -> None:
    """Not with that of a branch to which anybody may push."""
    triggers, branch = judge.view.delivery.triggers, judge.limit("branch")
    judge.every("pipeline to production", rules.is_started_as_proven, triggers, branch=branch)
