"""Sentences about what stands before production, and after it."""

from __future__ import annotations

from pytest_bdd import then

from assurance.judge import Judge
from assurance.rules import approvals, deployed_images, staging_checks, suite_verifications


@then("every pipeline to production passes integration tests against staging first")
def integration_tests(judge: Judge) -> None:
    """On every path."""
    judge.every("pipeline to production", staging_checks.passes_integration_tests)


@then("every pipeline to production passes tests in a browser through staging's address first")
def browser_tests(judge: Judge) -> None:
    """On every path."""
    judge.every("pipeline to production", staging_checks.passes_browser_tests)


@then("every pipeline to production passes a dynamic scan of staging first")
def dynamic_scan(judge: Judge) -> None:
    """On every path."""
    judge.every("pipeline to production", staging_checks.passes_dynamic_scan)


@then("every pipeline to production builds nothing")
def builds_nothing(judge: Judge) -> None:
    """What was tested is what is released."""
    judge.every("pipeline to production", deployed_images.builds_nothing)


@then("every deployed image comes from ECR, where CI published it")
def comes_from_ci(judge: Judge) -> None:
    """By the repository."""
    published = deployed_images.published_names(judge.view.pipelines)
    judge.every("deployed image", deployed_images.comes_from_ci, published)


@then("every deployed image in production has the reference that staging got")
def same_as_staging(judge: Judge) -> None:
    """In the same run."""
    images = deployed_images.by_pipeline(judge.view.delivery.deployed_images)
    judge.every("deployed image", deployed_images.is_the_one_in_staging, images)


@then("every approval asks a named group")
def asks_named_group(judge: Judge) -> None:
    """Not the group of everybody."""
    judge.every("approval", approvals.asks_named_group)


@then("every approval asks as many people as agreed")
def asks_enough(judge: Judge) -> None:
    """How many is a parameter of the requirement."""
    judge.every("approval", approvals.asks_enough, people=judge.limit("approvers"))


@then("every approval excludes who runs the pipeline")
def excludes_executor(judge: Judge) -> None:
    """Four eyes."""
    judge.every("approval", approvals.excludes_executor)


@then("every approval waits for people")
def waits_for_people(judge: Judge) -> None:
    """It does not approve by itself."""
    judge.every("approval", approvals.waits_for_people)


@then("every approval expires")
def expires(judge: Judge) -> None:
    """By a timeout of its own."""
    judge.every("approval", approvals.expires)


@then("every approval shows what is being released")
def shows_what_is_released(judge: Judge) -> None:
    """By its message, and by the history of the run."""
    judge.every("approval", approvals.shows_what_is_released)


@then("every pipeline to production verifies it with this suite afterwards")
def verifies_production(judge: Judge) -> None:
    """On every path that succeeds."""
    judge.every("pipeline to production", suite_verifications.verifies_production)


@then("every pipeline to production rolls back where the suite finds a failure")
def rolls_back_failures(judge: Judge) -> None:
    """Exit status 1."""
    judge.every("pipeline to production", suite_verifications.rolls_back_failures)


@then("every pipeline to production asks people where the suite cannot decide")
def asks_about_the_undecided(judge: Judge) -> None:
    """Exit status 6."""
    judge.every("pipeline to production", suite_verifications.asks_about_the_undecided)


@then("every pipeline to production aborts where the suite was called wrongly")
def aborts_wrong_calls(judge: Judge) -> None:
    """Exit status 4."""
    judge.every("pipeline to production", suite_verifications.aborts_wrong_calls)
