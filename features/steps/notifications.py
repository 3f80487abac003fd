"""Steps about notifications: who is told what, and how."""

from __future__ import annotations

from pytest_bdd import then

from assurance.judge import Judge
from assurance.rules import notifications as rules


@then("every CI pipeline tells of its success")
def ci_tells_of_success(judge: Judge) -> None:
    """By chat or e-mail."""
    judge.every("CI pipeline", rules.tells_of_success, judge.view.delivery.notifications)


@then("every CI pipeline tells of its failure")
def ci_tells_of_failure(judge: Judge) -> None:
    """By chat or e-mail."""
    judge.every("CI pipeline", rules.tells_of_failure, judge.view.delivery.notifications)


@then("every CD pipeline tells of its success")
def cd_tells_of_success(judge: Judge) -> None:
    """By chat or e-mail."""
    judge.every("CD pipeline", rules.tells_of_success, judge.view.delivery.notifications)


@then("every CD pipeline tells of its failure")
def cd_tells_of_failure(judge: Judge) -> None:
    """By chat or e-mail."""
    judge.every("CD pipeline", rules.tells_of_failure, judge.view.delivery.notifications)


@then("every CD pipeline announces failed runs by chat and e-mail")
def failures_are_announced(judge: Judge) -> None:
    """Both, because either is missed."""
    judge.every("CD pipeline", rules.announces_failures, judge.view.delivery.notifications)


@then("every CD pipeline announces waiting approvals by chat and e-mail")
def approvals_are_announced(judge: Judge) -> None:
    """A release that waits for somebody who does not know waits for ever."""
    judge.every("CD pipeline", rules.announces_approvals, judge.view.delivery.notifications)


@then("every CD pipeline announces finished deployments by chat and e-mail")
def deployments_are_announced(judge: Judge) -> None:
    """Both."""
    judge.every("CD pipeline", rules.announces_deployments, judge.view.delivery.notifications)


@then("every CD pipeline announces rollbacks by chat and e-mail")
def rollbacks_are_announced(judge: Judge) -> None:
    """Both."""
    judge.every("CD pipeline", rules.announces_rollbacks, judge.view.delivery.notifications)


@then("every alarm topic reaches chat and e-mail")
def alarms_are_announced(judge: Judge) -> None:
    """Both."""
    judge.every("alarm topic", rules.reaches_chat_and_mail)
