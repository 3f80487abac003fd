"""Steps about what a delivery reports back."""

from __future__ import annotations

from pytest_bdd import then

from assurance.judge import Judge
from assurance.rules import status_reports as rules


@then("every CD pipeline marks what it deployed")
def success_is_reported(judge: Judge) -> None:
    """On the commit, or in the record of the release."""
    judge.every("CD pipeline", rules.reports_success, judge.view.delivery.status_reports)


@then("every CD pipeline marks what it could not deploy")
def failure_is_reported(judge: Judge) -> None:
    """On the commit, or in the record of the release."""
    judge.every("CD pipeline", rules.reports_failure, judge.view.delivery.status_reports)
