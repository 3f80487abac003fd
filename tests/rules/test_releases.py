"""Deployments keep the service whole, and tasks stop without losing a request."""

from __future__ import annotations

from typing import Any

import pytest

from assurance.model.findings import NotApplicable
from assurance.rules import releases as rules
from tests.running import container, finding, service, task, view
from tests.states import managed


def only(*resources: Any) -> Any:
    (one,) = view(*resources).services.services
    return one


@pytest.mark.parametrize(
    ("minimum", "maximum", "keeps", "bounds"),
    [
        (None, None, True, True),
        (50, 200, False, True),
        (100, 100, True, False),
        (100, 300, True, False),
    ],
)
def test_capacity_stays_full_and_the_surplus_is_bounded(
    minimum: Any, maximum: Any, keeps: Any, bounds: Any
) -> None:
    """Unset means 100 and 200 percent."""
    found = only(
        service(deployment_minimum_healthy_percent=minimum, deployment_maximum_percent=maximum)
    )

    assert finding(rules.keeps_full_capacity(found, least=100)).holds is keeps
    assert finding(rules.bounds_surplus(found, most=200)).holds is bounds


@pytest.mark.parametrize(
    ("breaker", "actual"),
    [
        (None, "circuit breaker off, rollback off"),
        ([{"enable": True, "rollback": False}], "circuit breaker on, rollback off"),
        ([{"enable": True, "rollback": True}], "circuit breaker on, rollback on"),
    ],
)
def test_the_circuit_breaker_rolls_back_only_when_told_to(breaker: Any, actual: Any) -> None:
    """Unset, it is off."""
    found = finding(rules.rolls_back(only(service(deployment_circuit_breaker=breaker))))

    assert found.actual == actual
    assert found.holds is actual.endswith("rollback on")


def deployed_by(kind: Any, *resources: Any) -> Any:
    return only(service(deployment_controller=[{"type": kind}]), *resources)


def group(**changes: Any) -> Any:
    values = {
        "app_name": "app",
        "ecs_service": [{"cluster_name": "main", "service_name": "app"}],
        "auto_rollback_configuration": [{"enabled": True, "events": ["DEPLOYMENT_FAILURE"]}],
        **changes,
    }
    return managed("aws_codedeploy_deployment_group.app", **values)


@pytest.mark.parametrize(
    ("resources", "holds"),
    [
        ((group(),), True),
        ((), False),
        ((group(auto_rollback_configuration=None),), False),
        ((group(auto_rollback_configuration=[{"enabled": True, "events": []}]),), False),
        ((group(ecs_service=[{"cluster_name": "main", "service_name": "other"}]),), False),
    ],
)
def test_codedeploy_has_a_rollback_of_its_own(resources: Any, holds: Any) -> None:
    """The deployment group of the service decides, not the circuit breaker."""
    found = deployed_by("CODE_DEPLOY", *resources)

    assert finding(rules.rolls_back(found)).holds is holds
    assert rules.keeps_full_capacity(found, least=100) == NotApplicable("other_controller")


def test_an_external_controller_is_judged_in_the_pipeline() -> None:
    """Its way back stands elsewhere."""
    assert rules.rolls_back(deployed_by("EXTERNAL")) == NotApplicable("external")


def test_blue_green_by_ecs_still_has_its_circuit_breaker() -> None:
    """Percentages do not matter there; the rollback does."""
    found = only(service(deployment_configuration=[{"strategy": "BLUE_GREEN"}]))

    assert rules.bounds_surplus(found, most=200) == NotApplicable("blue_green")
    assert finding(rules.rolls_back(found)).holds


@pytest.mark.parametrize(
    ("changes", "actual"),
    [
        ({}, "app: drains 20 s, killed after 40 s"),
        ({"environment": []}, "app: drains 30 s, killed after 40 s"),
        ({"stopTimeout": 5}, "app: drains 20 s, killed after 5 s"),
        ({"stopTimeout": None, "environment": []}, "app: drains 30 s, killed after 30 s"),
        (
            {"environment": [], "command": ["gunicorn", "--graceful-timeout", "55"]},
            "app: drains 55 s, killed after 40 s",
        ),
    ],
)
def test_the_stop_timeout_covers_the_drain_time(changes: Any, actual: Any) -> None:
    """The drain time is what settings or command state, else what is agreed."""
    found = finding(rules.has_time_to_drain(only(task(container(**changes))), seconds=30))

    assert found.actual == actual
    drain, kill = (int(word) for word in actual.split() if word.isdigit())
    assert found.holds is (drain <= kill)


def balanced(delay: Any) -> Any:
    values = {} if delay is None else {"deregistration_delay": delay}
    return managed("aws_lb_target_group.app", vpc_id="${aws_vpc.main.id}", port=1, **values)


@pytest.mark.parametrize(
    ("delay", "waits", "leaves"),
    [(30, True, True), (5, False, True), (None, True, False), (90, True, False)],
)
def test_the_target_group_waits_but_not_longer_than_spot(
    delay: Any, waits: Any, leaves: Any
) -> None:
    """Unset, it waits 300 s, which Spot does not give."""
    found = only(balanced(delay))

    assert finding(rules.is_released_after_draining(found, seconds=30)).holds is waits
    assert finding(rules.leaves_within_notice(found)).holds is leaves


def test_a_worker_is_in_no_target_group() -> None:
    """Nothing is deregistered."""
    found = only(service(load_balancer=None))

    assert rules.leaves_within_notice(found) == NotApplicable("without_load_balancer")


def test_what_never_runs_on_spot_gets_no_notice() -> None:
    """Fargate does not take tasks back at short notice."""
    found = only(service(capacity_provider_strategy=None, launch_type="FARGATE"), balanced(None))

    assert rules.leaves_within_notice(found) == NotApplicable("without_spot")
