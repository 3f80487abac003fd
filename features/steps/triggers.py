"""Steps about triggers: what starts pipelines, and who may."""

from __future__ import annotations

from pytest_bdd import then

from assurance.judge import Judge
from assurance.rules import triggers as rules


@then("every CI pipeline is started by every push to the main branch")
def pushes_start_ci(judge: Judge) -> None:
    """Whatever files it changes."""
    triggers = judge.view.delivery.triggers
    judge.every("CI pipeline", rules.starts_on_push, triggers, branch=judge.limit("branch"))


@then("every CI pipeline is started by every pull request")
def pull_requests_start_ci(judge: Judge) -> None:
    """When it is opened, and whenever it changes."""
    triggers = judge.view.delivery.triggers
    limit = judge.limit("branch")
    judge.every("CI pipeline", rules.starts_on_pull_requests, triggers, branch=limit)


@then("every CI pipeline is followed by a CD pipeline")
def ci_starts_cd(judge: Judge) -> None:
    """By its completion, or by what it publishes."""
    delivery = judge.view.delivery
    deploying = rules.Deploying(delivery.cd_pipelines, delivery.triggers)
    judge.every("CI pipeline", rules.is_followed_by, deploying)


@then("every webhook trigger takes events only from a sender that knows a secret")
def webhooks_are_authenticated(judge: Judge) -> None:
    """A forged event starts nothing."""
    judge.every("webhook trigger", rules.is_authenticated)
