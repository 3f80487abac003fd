"""What the dashboards must show, and that it exists."""

from __future__ import annotations

import re
from collections.abc import Mapping

from assurance.model.alarms import Metric
from assurance.model.dashboards import Dashboard, Dashboards, Widget
from assurance.model.findings import Finding, any_of, each
from assurance.rules.lists import listing

_SIGNS: Mapping[str, re.Pattern[str]] = {
    sign: re.compile(pattern)
    for sign, pattern in (
        ("traffic", r".*(RequestCount|RequestCountPerTarget|Requests|ActiveConnectionCount)"),
        ("errors", r".*(HTTPCode_\w*[45]XX\w*|[45]xx\w*Rate|TotalErrorRate|\w*Errors?|\w*Faults?)"),
        ("latency", r".*(TargetResponseTime|\w*Latency\w*|OriginLatency|Duration)"),
        (
            "saturation",
            r"(AWS/ECS|ECS/ContainerInsights) .*(Cpu|CPU|Memory)\w*",
        ),
        ("the database", r"AWS/(RDS|DynamoDB|DocDB|Neptune|ElastiCache) .*"),
        (
            "deployments",
            r"ECS/ContainerInsights TaskSetCount|AWS/CodeDeploy .*|.*[Dd]eployments?\w*",
        ),
        ("cost", r"AWS/Billing .*|.*EstimatedCharges|.*[Cc]ost\w*"),
    )
}
"""For each sign what metrics show it, as `NAMESPACE NAME`."""

_QUERIES: Mapping[str, re.Pattern[str]] = {
    "errors": re.compile(r"(?i)error|5\d\d|exception"),
    "deployments": re.compile(r"(?i)deployment"),
}
"""Signs that a log widget can show as well."""


def show(dashboards: Dashboards, *, sign: str) -> Finding:
    """Some dashboard draws a metric that shows the sign."""
    shown = any_of(
        dashboards.dashboards,
        lambda dashboard: any_of(dashboard.widgets, lambda widget: _shows(widget, sign)),
    )
    return Finding(
        holds=shown,
        expected=f"a widget that shows {sign}",
        actual=f"{sign} is shown" if shown else f"no widget shows {sign}",
    )


def _shows(widget: Widget, sign: str) -> bool:
    pattern, query = _SIGNS[sign], _QUERIES.get(sign)
    drawn = any_of(widget.metrics, lambda metric: pattern.fullmatch(str(metric)) is not None)
    return drawn or (query is not None and query.search(str(widget.query)) is not None)


def refers_to_what_exists(dashboard: Dashboard) -> Finding:
    """Every widget refers to something that the configuration declares."""
    return each(
        dashboard.widgets,
        _refers,
        expected="every widget refers to something that exists",
        none="the dashboard is empty",
    )


def _refers(widget: Widget) -> Finding:
    strangers = (
        *(stranger for metric in widget.metrics for stranger in _strangers(metric)),
        *widget.strangers,
    )
    lost = listing(stranger for stranger in strangers if str(stranger))
    return Finding(
        holds=not lost,
        expected="",
        actual=f"{widget.title}: {lost} is declared nowhere" if lost else "all of it exists",
    )


def _strangers(metric: Metric) -> tuple[str, ...]:
    return metric.strangers
