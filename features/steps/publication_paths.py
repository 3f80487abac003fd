"""Sentences about the paths that lead to a publication."""

from __future__ import annotations

from pytest_bdd import then

from assurance.judge import Judge
from assurance.rules import ignored_failures, publication_paths


@then("every published image has passed its tests before, on every path")
def tested_first(judge: Judge) -> None:
    """The tests of what it is built from."""
    judge.every("published image", publication_paths.is_tested_first)


@then("every published image has passed a scan before, on every path")
def scanned_first(judge: Judge) -> None:
    """A scan of the image that is published; one that is built anew afterwards is another."""
    judge.every("published image", publication_paths.is_scanned_first)


@then("every CI pipeline shows what it publishes")
def shows_what_it_publishes(judge: Judge) -> None:
    """What cannot be read may publish."""
    judge.every("CI pipeline", publication_paths.publishes_nothing_unseen)


@then("every publishing pipeline heeds each failure before it publishes")
def heeds_failures(judge: Judge) -> None:
    """No strategy passes one over, and nobody is asked whether to."""
    judge.every("publishing pipeline", ignored_failures.ignores_no_failure)


@then("every publishing pipeline skips no check before it publishes")
def skips_no_check(judge: Judge) -> None:
    """A condition that the publication has too skips both."""
    judge.every("publishing pipeline", ignored_failures.skips_no_check)


@then("every publishing pipeline bounds each step before it publishes")
def bounds_steps(judge: Judge) -> None:
    """By a timeout of the step or of what it stands in."""
    judge.every("publishing pipeline", ignored_failures.bounds_every_step)
