"""Sentences about deployments, and about the way tasks stop."""

from __future__ import annotations

from pytest_bdd import then

from assurance.judge import Judge
from assurance.rules import releases as rules


@then("every service keeps its full capacity during a deployment")
def services_keep_capacity(judge: Judge) -> None:
    """Minimum healthy percent is full."""
    judge.every("service", rules.keeps_full_capacity, least=judge.limit("minimum_healthy_percent"))


@then("every service bounds the surplus during a deployment")
def services_bound_surplus(judge: Judge) -> None:
    """Maximum percent leaves room, and is bounded."""
    judge.every("service", rules.bounds_surplus, most=judge.limit("maximum_percent"))


@then("every service rolls a failed deployment back by itself")
def services_roll_back(judge: Judge) -> None:
    """Circuit breaker or CodeDeploy roll back."""
    judge.every("service", rules.rolls_back)


@then("every service gives its containers time to drain")
def services_have_time_to_drain(judge: Judge) -> None:
    """The stop timeout covers the drain time."""
    judge.every("service", rules.has_time_to_drain, seconds=judge.limit("drain_seconds"))


@then("every service is released by its target groups only after it drained")
def services_are_released_after_draining(judge: Judge) -> None:
    """The deregistration delay covers the drain time."""
    judge.every("service", rules.is_released_after_draining, seconds=judge.limit("drain_seconds"))


@then("every service on Spot leaves its target groups and stops within the notice")
def services_leave_within_notice(judge: Judge) -> None:
    """Both waits fit into the notice of Spot."""
    judge.every("service", rules.leaves_within_notice)
