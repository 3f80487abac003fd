"""Sentences about clusters and services."""

from __future__ import annotations

from pytest_bdd import then

from assurance.judge import Judge
from assurance.rules import services as rules


@then("every service runs on Fargate")
def services_run_on_fargate(judge: Judge) -> None:
    """Launch type or strategy is Fargate's."""
    judge.every("service", rules.runs_on_fargate)


@then("every service runs on a current platform version")
def services_have_current_platform(judge: Judge) -> None:
    """The platform version is a current one."""
    judge.every("service", rules.has_current_platform, versions=judge.limit("platform_versions"))


@then("every service is found by name")
def services_are_found_by_name(judge: Judge) -> None:
    """Services that take calls are registered."""
    judge.every("service", rules.is_found_by_name, judge.view.services, judge.view.delegates)


@then("every service is told names instead of addresses")
def services_are_told_names(judge: Judge) -> None:
    """No setting is an address."""
    judge.every("service", rules.is_told_no_address)


@then("every service keeps interactive sessions off or on record")
def interactive_sessions_are_recorded(judge: Judge) -> None:
    """Exec is off, or encrypted and logged."""
    judge.every("service", rules.logs_interactive_sessions)


@then("every service spans several zones")
def services_span_zones(judge: Judge) -> None:
    """The subnets lie in as many zones as agreed."""
    judge.every("service", rules.spans_zones, zones=judge.limit("zones"))


@then("every cluster offers Fargate and Fargate Spot")
def clusters_offer_spot(judge: Judge) -> None:
    """Both capacity providers are associated."""
    judge.every("cluster", rules.offers_spot)


@then("every service mixes Fargate with Fargate Spot")
def services_mix_capacity(judge: Judge) -> None:
    """The effective strategy has a share for both."""
    judge.every("service", rules.mixes_capacity, judge.view.delegates)


@then("every service keeps a base that Spot cannot take away")
def services_keep_steady_base(judge: Judge) -> None:
    """The base runs on Fargate."""
    judge.every("service", rules.has_steady_base)
