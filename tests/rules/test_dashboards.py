"""Dashboards show the signs of health, of things that exist."""

from __future__ import annotations

from typing import Any

import pytest

from assurance.model.unknown import UnknownValue
from assurance.rules import dashboards as rules
from tests.running import view
from tests.states import managed, unknown_because

SERVICE = ["ClusterName", "main", "ServiceName", "app"]


def shown(*widgets: Any) -> Any:
    body = {"widgets": list(widgets)}
    return view(managed("aws_cloudwatch_dashboard.main", dashboard_name="x", dashboard_body=body))


def metrics(*rows: Any, title: Any = "chart") -> Any:
    return {"type": "metric", "properties": {"title": title, "metrics": list(rows)}}


@pytest.mark.parametrize(
    ("row", "sign"),
    [
        (["AWS/ApplicationELB", "RequestCount"], "traffic"),
        (["AWS/ApplicationELB", "HTTPCode_Target_5XX_Count"], "errors"),
        (["AWS/ApplicationELB", "TargetResponseTime"], "latency"),
        (["AWS/ECS", "MemoryUtilization", *SERVICE], "saturation"),
        (["AWS/RDS", "DatabaseConnections"], "the database"),
        (["ECS/ContainerInsights", "DeploymentCount", *SERVICE], "deployments"),
        (["AWS/Billing", "EstimatedCharges", "Currency", "USD"], "cost"),
    ],
)
def test_each_sign_has_its_metrics(row: Any, sign: Any) -> None:
    """And none of them shows another sign."""
    found = shown(metrics(row)).dashboards

    signs = [
        "traffic",
        "errors",
        "latency",
        "saturation",
        "the database",
        "deployments",
        "cost",
    ]

    assert [each for each in signs if rules.show(found, sign=each).holds] == [sign]


def test_a_log_widget_can_show_deployments() -> None:
    """Events of ECS are logs."""
    query = {"type": "log", "properties": {"query": "SOURCE '/app' | filter like /deployment/"}}

    assert rules.show(shown(query).dashboards, sign="deployments").holds


def test_what_no_widget_shows_is_named() -> None:
    """The empty dashboard shows nothing."""
    finding = rules.show(shown().dashboards, sign="cost")

    assert (finding.holds, finding.actual) == (False, "no widget shows cost")


def refers(*widgets: Any) -> Any:
    (one,) = shown(*widgets).dashboards.dashboards
    return rules.refers_to_what_exists(one)


def test_widgets_of_declared_things_pass() -> None:
    """Rows may repeat what stands above them."""
    finding = refers(
        metrics(
            ["AWS/ECS", "CPUUtilization", *SERVICE],
            [".", "MemoryUtilization", ".", ".", ".", "."],
            ["...", "app", {"stat": "Maximum"}],
            [{"expression": "m1 + m2"}],
        ),
        {"type": "text", "properties": {"markdown": "hello"}},
    )

    assert finding.holds


@pytest.mark.parametrize(
    ("row", "lost"),
    [
        (["AWS/ECS", "CPUUtilization", *SERVICE[:3], "gone"], "ServiceName gone"),
        (["AWS/RDS", "CPUUtilization", "DBClusterIdentifier", "gone"], "DBClusterIdentifier gone"),
        (
            ["AWS/ApplicationELB", "RequestCount", "LoadBalancer", "${aws_lb.gone.arn_suffix}"],
            "LoadBalancer ${aws_lb.gone.arn_suffix}",
        ),
    ],
)
def test_a_widget_of_something_gone_fails_beside_a_good_one(row: Any, lost: Any) -> None:
    """The message names widget and dimension."""
    finding = refers(metrics(["AWS/ECS", "CPUUtilization", *SERVICE]), metrics(row, title="bad"))

    assert not finding.holds
    assert finding.actual == f"bad: {lost} is declared nowhere"


def test_a_shorthand_carries_what_is_gone() -> None:
    """The dots repeat the service that does not exist."""
    finding = refers(
        metrics(
            ["AWS/ECS", "CPUUtilization", *SERVICE],
            [".", ".", ".", ".", ".", "gone"],
        )
    )

    assert finding.actual == "chart: ServiceName gone is declared nowhere"


def test_logs_and_alarms_that_are_gone_fail() -> None:
    """Widgets refer to groups by query and to alarms by ARN."""
    query = {"type": "log", "properties": {"title": "log", "query": "SOURCE '/gone' | fields @m"}}
    alarm = {
        "type": "alarm",
        "properties": {"title": "a", "alarms": ["arn:aws:cloudwatch:eu-west-1:1:alarm:gone"]},
    }

    assert refers(query).actual == "log: log group /gone is declared nowhere"
    assert not refers(alarm).holds


def test_a_dashboard_that_nobody_can_read_is_unknown() -> None:
    """Neither what it shows nor whether it exists."""
    found = view(
        managed(
            "aws_cloudwatch_dashboard.main",
            dashboard_name="x",
            dashboard_body=unknown_because("templatefile() is not readable"),
        )
    )

    with pytest.raises(UnknownValue, match="templatefile"):
        rules.show(found.dashboards, sign="cost")
