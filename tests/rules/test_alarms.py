"""Alarms cover each service and database, know what missing data means, and notify someone."""

from __future__ import annotations

from typing import Any

import pytest

from assurance.model.findings import NotApplicable
from assurance.model.unknown import UnknownValue
from assurance.rules import alarms as rules
from assurance.rules import database_alarms
from tests.running import finding, service, view
from tests.states import managed, unknown_because

ON_SERVICE = {"ClusterName": "main", "ServiceName": "app"}
ON_GROUP = {
    "TargetGroup": "${aws_lb_target_group.app.arn_suffix}",
    "LoadBalancer": "${aws_lb.main.arn_suffix}",
}
TOPIC = managed("aws_sns_topic.main", name="main")


def alarm(metric: Any, dimensions: Any, namespace: Any = "AWS/ECS", **changes: Any) -> Any:
    values = {
        "alarm_name": metric,
        "namespace": namespace,
        "metric_name": metric,
        "comparison_operator": "LessThanThreshold" if "Free" in metric else "GreaterThanThreshold",
        "dimensions": dimensions,
        "treat_missing_data": "breaching",
        "alarm_actions": ["${aws_sns_topic.main.arn}"],
        **changes,
    }
    kept = {name: value for name, value in values.items() if value is not None}
    return managed(f"aws_cloudwatch_metric_alarm.{metric}", **kept)


def cpu(*resources: Any) -> Any:
    found = view(TOPIC, *resources)
    return rules.cpu_is_watched(found.services.services[0], found.alarms)


def test_an_alarm_on_the_service_that_notifies_passes() -> None:
    """Names of cluster and service identify it."""
    assert cpu(alarm("CPUUtilization", ON_SERVICE)).holds


@pytest.mark.parametrize(
    ("changes", "actual"),
    [
        ({"treat_missing_data": None}, "CPUUtilization leaves treat_missing_data unset"),
        ({"alarm_actions": None}, "CPUUtilization notifies nobody"),
        ({"actions_enabled": False}, "CPUUtilization notifies nobody"),
        ({"alarm_actions": ["arn:aws:autoscaling:x"]}, "CPUUtilization notifies nobody"),
        ({"namespace": "Custom"}, "no alarm watches the CPU"),
        ({"dimensions": {"ClusterName": "main"}}, "no alarm watches the CPU"),
        (
            {"dimensions": {"ClusterName": "main", "ServiceName": "other"}},
            "no alarm watches the CPU",
        ),
        ({"dimensions": None}, "no alarm watches the CPU"),
        ({"comparison_operator": "LessThanThreshold"}, "no alarm watches the CPU"),
    ],
)
def test_each_way_to_watch_badly_is_named(changes: Any, actual: Any) -> None:
    """The message says what is missing."""
    found = cpu(alarm("CPUUtilization", **{"dimensions": ON_SERVICE, **changes}))

    assert not found.holds
    assert found.actual == actual


def test_one_good_alarm_beside_a_bad_one_is_enough() -> None:
    """The bad one does no harm."""
    bad = alarm("MemoryUtilization", ON_SERVICE, metric_name="CPUUtilization", alarm_actions=None)

    assert cpu(bad, alarm("CPUUtilization", ON_SERVICE)).holds


def test_a_composite_alarm_notifies_for_its_parts() -> None:
    """The part has no action of its own."""
    composite = managed(
        "aws_cloudwatch_composite_alarm.all",
        alarm_rule='ALARM("CPUUtilization") OR ALARM(other)',
        alarm_actions=["${aws_sns_topic.main.arn}"],
    )

    assert cpu(alarm("CPUUtilization", ON_SERVICE, alarm_actions=None), composite).holds


def test_an_alarm_of_which_nobody_knows_what_it_watches_is_unknown() -> None:
    """It may be the one that is wanted."""
    watched = {"ClusterName": "main", "ServiceName": unknown_because("var.service has no value")}

    with pytest.raises(UnknownValue):
        cpu(alarm("CPUUtilization", watched))


def test_an_expression_over_metrics_counts() -> None:
    """Rates are worked out from counts."""
    metric = {
        "namespace": "AWS/ApplicationELB",
        "metric_name": "HTTPCode_Target_5XX_Count",
        "dimensions": ON_GROUP,
    }
    rate = alarm(
        "rate",
        None,
        namespace=None,
        metric_name=None,
        metric_query=[
            {"id": "rate", "expression": "errors / requests"},
            {"id": "errors", "metric": [metric]},
        ],
    )
    found = view(TOPIC, rate)

    verdict = rules.error_rate_is_watched(
        found.services.services[0], found.alarms, found.load_balancers.records
    )

    assert finding(verdict).holds


def test_an_alarm_on_the_load_balancer_covers_its_services_but_not_their_targets() -> None:
    """Errors and latency of the balancer are those of what stands behind it."""
    on_balancer = {"LoadBalancer": "${aws_lb.main.arn_suffix}"}
    found = view(
        TOPIC,
        alarm("TargetResponseTime", on_balancer, "AWS/ApplicationELB"),
        alarm("UnHealthyHostCount", on_balancer, "AWS/ApplicationELB"),
    )
    (one,) = found.services.services
    balancers = found.load_balancers.records

    assert finding(rules.latency_is_watched(one, found.alarms, balancers)).holds
    assert not finding(rules.error_rate_is_watched(one, found.alarms, balancers)).holds
    assert not finding(rules.targets_are_watched(one, found.alarms)).holds


def test_a_worker_has_no_traffic_to_watch() -> None:
    """Nothing sends it requests."""
    found = view(service(load_balancer=None))

    verdict = rules.targets_are_watched(found.services.services[0], found.alarms)

    assert verdict == NotApplicable("without_load_balancer")


def test_databases_are_watched_by_identifier() -> None:
    """A token and the literal name mean the same instance."""
    database = managed("aws_db_instance.main", identifier="main", engine="postgres")
    watched = {"DBInstanceIdentifier": "main"}
    found = view(
        TOPIC,
        database,
        alarm("CPUUtilization", {"DBInstanceIdentifier": "${aws_db_instance.main.id}"}, "AWS/RDS"),
        alarm("FreeStorageSpace", watched, "AWS/RDS"),
    )
    (one,) = found.databases.databases

    assert finding(database_alarms.cpu_is_watched(one, found.alarms)).holds
    assert finding(database_alarms.storage_is_watched(one, found.alarms)).holds
    assert not finding(database_alarms.connections_are_watched(one, found.alarms)).holds


def test_tables_have_no_processor() -> None:
    """DynamoDB is judged elsewhere."""
    found = view(managed("aws_dynamodb_table.main", name="main", hash_key="id"))
    (one,) = found.databases.databases

    verdict = database_alarms.cpu_is_watched(one, found.alarms)

    assert verdict == NotApplicable("dynamodb")


def test_dimensions_that_are_written_as_a_block_are_unknown() -> None:
    """Terraform refuses them; the alarm may be the one that is wanted."""
    with pytest.raises(UnknownValue, match="written as a block"):
        cpu(alarm("CPUUtilization", [ON_SERVICE]))
