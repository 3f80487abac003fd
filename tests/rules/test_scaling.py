"""The number of tasks follows the load, between one a zone and a maximum."""

from __future__ import annotations

from typing import Any

import pytest

from assurance.model.findings import NotApplicable
from assurance.model.unknown import UnknownValue
from assurance.rules import scaling as rules
from tests.running import container, finding, service, task, view
from tests.states import managed, unknown_because

RESOURCE = "service/main/app"


def target(**changes: Any) -> Any:
    values = {"resource_id": RESOURCE, "min_capacity": 2, "max_capacity": 6, **changes}
    return managed("aws_appautoscaling_target.app", **values)


def policy(metric: Any, **changes: Any) -> Any:
    specification = {"predefined_metric_type": metric}
    values = {
        "resource_id": RESOURCE,
        "policy_type": "TargetTrackingScaling",
        "target_tracking_scaling_policy_configuration": [
            {"target_value": 60, "predefined_metric_specification": [specification]}
        ],
        **changes,
    }
    return managed(f"aws_appautoscaling_policy.{metric}", **values)


CPU = "ECSServiceAverageCPUUtilization"
MEMORY = "ECSServiceAverageMemoryUtilization"
REQUESTS = "ALBRequestCountPerTarget"


def judged(rule: Any, *resources: Any, **limits: Any) -> Any:
    found = view(*resources)
    (one,) = found.services.services
    return rule(one, found.scaling, found.delegates, **limits)


def test_target_tracking_on_each_metric_passes_for_that_metric_only() -> None:
    """CPU is not memory."""
    resources = (target(), policy(CPU))

    assert judged(rules.tracks_cpu, *resources).holds
    assert not judged(rules.tracks_memory, *resources).holds
    assert judged(rules.tracks_memory, *resources).actual == f"TargetTrackingScaling on {CPU}"
    assert judged(rules.tracks_requests, target(), policy(REQUESTS)).holds


def test_step_scaling_is_no_target_tracking() -> None:
    """Unset, the kind of a policy is step scaling."""
    assert not judged(rules.tracks_cpu, target(), policy(CPU, policy_type=None)).holds


def test_a_custom_metric_counts_by_its_name() -> None:
    """CPU may be tracked by a specification of one's own."""
    tracking = {
        "target_value": 60,
        "customized_metric_specification": [
            {"metric_name": "CPUUtilization", "namespace": "AWS/ECS", "statistic": "Average"}
        ],
    }
    custom = policy(CPU, target_tracking_scaling_policy_configuration=[tracking])

    assert judged(rules.tracks_cpu, target(), custom).holds


def test_a_target_without_policy_scales_nothing() -> None:
    """Bounds alone do not scale."""
    assert judged(rules.tracks_cpu, target()).actual == "no scaling policy"


def test_a_target_of_another_service_does_not_count() -> None:
    """The service that is named decides."""
    other = target(resource_id="service/main/other")

    assert not judged(rules.has_bounds, other, tasks=1, production=True).holds


def test_a_target_that_may_be_the_services_own_is_unknown() -> None:
    """Nobody can see which service it scales."""
    with pytest.raises(UnknownValue, match="which service"):
        judged(rules.tracks_cpu, target(resource_id=unknown_because("var.service")), policy(CPU))


@pytest.mark.parametrize("name", ["service/main/${aws_ecs_service.app.name}", RESOURCE])
def test_a_service_is_named_by_text_or_by_reference(name: Any) -> None:
    """Both mean the same service."""
    assert judged(rules.has_bounds, target(resource_id=name), tasks=1, production=True).holds


@pytest.mark.parametrize(
    ("changes", "holds"),
    [
        ({}, True),
        ({"min_capacity": 1}, False),
        ({"max_capacity": 2}, False),
        ({"min_capacity": None}, False),
        ({"max_capacity": None}, False),
    ],
)
def test_the_bounds_leave_each_zone_a_task_and_have_an_end(changes: Any, holds: Any) -> None:
    """The service of the test spans two zones."""
    assert judged(rules.has_bounds, target(**changes), tasks=1, production=True).holds is holds


def test_a_schedule_that_takes_the_minimum_away_fails_in_production_only() -> None:
    """Elsewhere the hours in which nothing runs are wanted."""
    night = managed(
        "aws_appautoscaling_scheduled_action.night",
        resource_id=RESOURCE,
        schedule="cron(0 20 * * ? *)",
        scalable_target_action=[{"min_capacity": 0, "max_capacity": 0}],
    )

    production = judged(rules.has_bounds, target(), night, tasks=1, production=True)

    assert not production.holds
    assert production.actual == "between 0 and 6 tasks"
    assert judged(rules.has_bounds, target(), night, tasks=1, production=False).holds


def test_without_load_balancer_there_are_no_requests_to_count() -> None:
    """A worker takes no requests."""
    found = judged(rules.tracks_requests, service(load_balancer=None))

    assert found == NotApplicable("without_load_balancer")


def test_a_delegate_keeps_its_number() -> None:
    """It is known by its settings, not by its name."""
    settings = [
        {"name": name, "value": "x"}
        for name in ("DELEGATE_NAME", "ACCOUNT_ID", "MANAGER_HOST_AND_PORT")
    ]

    found = judged(rules.tracks_cpu, task(container(environment=settings)))

    assert found == NotApplicable("delegate")


@pytest.mark.parametrize(
    ("resources", "actual"),
    [
        ((), "desired count 2"),
        ((service(desired_count=1),), "desired count 1"),
        ((service(desired_count=None),), "desired count 0"),
        ((service(desired_count=9), target(min_capacity=1)), "scaled down to 1 tasks at the least"),
    ],
)
def test_a_scalable_target_overrules_the_desired_count(resources: Any, actual: Any) -> None:
    """Unset, the desired count is 0."""
    found = view(*resources)
    (one,) = found.services.services

    verdict = finding(rules.runs_several_tasks(one, found.scaling, tasks=2, production=True))

    assert verdict.actual == actual
    assert verdict.holds is (actual == "desired count 2")
