"""Budgets, billing alarms, tags, commitments and rest, on small systems."""

from __future__ import annotations

from typing import Any

import pytest

from assurance.model.findings import Finding, NotApplicable
from assurance.model.unknown import UnknownValue
from assurance.rules import costs as rules
from assurance.rules import economy, tags
from tests.states import managed, unknown_because
from tests.views import view_of

WANTED = ("System", "Owner")


def budget(*kinds: str, **values: Any) -> dict[str, Any]:
    told = [
        {"notification_type": kind, "subscriber_email_addresses": ["a@example.com"]}
        for kind in kinds
    ]
    return managed(
        "aws_budgets_budget.main", **{"budget_type": "COST", "notification": told} | values
    )


@pytest.mark.parametrize(
    ("resource", "holds"),
    [
        (budget("ACTUAL", "FORECASTED"), True),
        (budget("ACTUAL"), False),
        (budget("FORECASTED"), False),
        (budget("ACTUAL", "FORECASTED", budget_type="USAGE"), False),
        (
            budget(
                notification=[{"notification_type": "ACTUAL"}, {"notification_type": "FORECASTED"}]
            ),
            False,
        ),
    ],
)
def test_a_budget_tells_somebody_of_both(resource: dict[str, Any], holds: bool) -> None:
    """Of what was spent and of what will be."""
    assert rules.has_budget(view_of(resource).costs).holds is holds


def alarm(region: str = "us-east-1", **values: Any) -> dict[str, Any]:
    return managed(
        "aws_cloudwatch_metric_alarm.charges",
        region=region,
        **{"namespace": "AWS/Billing", "alarm_actions": ["arn:aws:sns:us-east-1:1:x"]} | values,
    )


def test_a_billing_alarm_notifies_where_charges_are_published() -> None:
    """In us-east-1, with actions that are on."""
    assert rules.has_billing_alarm(view_of(alarm()).costs).holds
    assert not rules.has_billing_alarm(view_of(alarm("eu-west-1")).costs).holds
    assert not rules.has_billing_alarm(view_of(alarm(actions_enabled=False)).costs).holds
    assert not rules.has_billing_alarm(view_of(alarm(alarm_actions=[])).costs).holds


def test_an_alarm_in_a_region_nobody_knows_is_unknown() -> None:
    """The provider may get its region from outside."""
    with pytest.raises(UnknownValue, match="in which region"):
        rules.has_billing_alarm(view_of(alarm("")).costs)


def test_tags_are_asked_of_what_can_be_tagged() -> None:
    """A missing and an empty tag are missing; an unknown value is carried; a policy has no tags."""
    found = view_of(
        managed("aws_lb.a", tags={"System": "x", "Owner": unknown_because("var.owner")}),
        managed("aws_lb.b", tags={"System": "x", "Owner": ""}),
        managed("aws_s3_bucket_policy.c"),
        managed("random_password.d"),
    ).tags

    verdicts = {each.subject.id: tags.carries_tags(each, tags=WANTED) for each in found}

    assert verdicts == {
        "aws_lb.a": Finding(holds=True, expected="the tags System and Owner", actual="all of them"),
        "aws_lb.b": Finding(
            holds=False, expected="the tags System and Owner", actual="without Owner"
        ),
        "aws_s3_bucket_policy.c": NotApplicable("cannot_be_tagged"),
    }


def test_a_type_that_the_provider_did_not_have_is_unknown() -> None:
    """A later version may offer tags for it, or not."""
    (found,) = view_of(managed("aws_thing_of_tomorrow.a")).tags

    with pytest.raises(UnknownValue, match="aws_thing_of_tomorrow"):
        tags.carries_tags(found, tags=WANTED)


def service(*beside: dict[str, Any], minimum: int = 2) -> Any:
    return view_of(
        managed("aws_ecs_cluster.main", name="main"),
        managed(
            "aws_ecs_service.app",
            name="app",
            cluster="${aws_ecs_cluster.main.id}",
            task_definition="${aws_ecs_task_definition.app.arn}",
            desired_count=3,
        ),
        managed(
            "aws_ecs_task_definition.app",
            family="app",
            cpu="512",
            memory="1024",
            container_definitions=[{"name": "app", "image": "x"}],
        ),
        managed(
            "aws_appautoscaling_target.app",
            resource_id="service/main/app",
            scalable_dimension="ecs:service:DesiredCount",
            service_namespace="ecs",
            min_capacity=minimum,
            max_capacity=6,
        ),
        *beside,
    )


def schedule(name: str, minimum: int, maximum: int) -> dict[str, Any]:
    return managed(
        f"aws_appautoscaling_scheduled_action.{name}",
        resource_id="service/main/app",
        scalable_dimension="ecs:service:DesiredCount",
        schedule=f"cron({name})",
        scalable_target_action=[{"min_capacity": minimum, "max_capacity": maximum}],
    )


@pytest.mark.parametrize(
    ("schedules", "holds"),
    [
        ([schedule("down", 0, 0), schedule("up", 2, 6)], True),
        ([schedule("down", 0, 0)], False),
        ([schedule("up", 2, 6)], False),
        ([], False),
    ],
)
def test_a_service_rests_when_its_capacity_is_lowered_and_restored(
    schedules: list[dict[str, Any]], holds: bool
) -> None:
    """One schedule alone stops it for ever, or does nothing."""
    view = service(*schedules)
    found = economy.rests_outside_hours(view.services.services[0], view.scaling, view.delegates)

    assert isinstance(found, Finding)
    assert found.holds is holds


def record(**values: Any) -> dict[str, Any]:
    return managed("aws_ssm_parameter.commitment", insecure_value=values)


def test_the_baseline_is_the_minimum_of_every_service() -> None:
    """Two tasks of half a CPU are one."""
    right = service(record(baseline_vcpu=1, baseline_memory_gib=2))
    wrong = service(record(baseline_vcpu=1, baseline_memory_gib=2), minimum=4)

    assert rules.records_baseline(right.costs, right.services, right.scaling).holds
    verdict = rules.records_baseline(wrong.costs, wrong.services, wrong.scaling)
    assert verdict.actual == ("2 vCPU and 4 GiB always run, recorded are 1 vCPU and 2 GiB")


def test_a_record_that_cannot_be_read_is_unknown() -> None:
    """A parameter's plain `value` is hidden by the provider."""
    view = service(record(baseline_vcpu="(sensitive)", baseline_memory_gib="(sensitive)"))

    with pytest.raises(UnknownValue, match="not a number that can be read"):
        rules.records_baseline(view.costs, view.services, view.scaling)


def test_a_cost_report_is_read_by_a_role_from_outside() -> None:
    """With an external id, and on the report's own bucket."""
    role = managed(
        "aws_iam_role.reader",
        name="reader",
        assume_role_policy={
            "Statement": [
                {
                    "Effect": "Allow",
                    "Principal": {"AWS": "arn:aws:iam::210987654321:root"},
                    "Action": "sts:AssumeRole",
                    "Condition": {"StringEquals": {"sts:ExternalId": "x"}},
                }
            ]
        },
    )
    policy = managed(
        "aws_iam_role_policy.reader",
        role="${aws_iam_role.reader.id}",
        policy={
            "Statement": [
                {
                    "Effect": "Allow",
                    "Action": "s3:GetObject",
                    "Resource": "${aws_s3_bucket.costs.arn}/*",
                }
            ]
        },
    )
    report = managed("aws_cur_report_definition.main", s3_bucket="${aws_s3_bucket.costs.id}")
    bucket = managed("aws_s3_bucket.costs", bucket="costs")

    assert rules.delivers_costs(view_of(role, policy, report, bucket).costs).holds
    assert not rules.delivers_costs(view_of(role, report, bucket).costs).holds
    assert not rules.delivers_costs(view_of(role, policy, bucket).costs).holds


def test_sizes_are_read_from_the_class() -> None:
    """The last part of a class is its size."""
    databases = view_of(
        managed("aws_db_instance.a", instance_class="db.t4g.medium"),
        managed("aws_db_instance.b", instance_class="db.r7g.4xlarge"),
    ).databases.databases

    found = [economy.is_small(each, sizes=["micro", "medium"]) for each in databases]

    assert [verdict.holds for verdict in found if isinstance(verdict, Finding)] == [True, False]
