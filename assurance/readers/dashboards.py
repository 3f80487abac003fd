"""Reads dashboards from evaluated Terraform.

The body's form: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from assurance.model.alarms import Metric
from assurance.model.dashboards import Dashboard, Dashboards, Widget
from assurance.model.unknown import is_unknown, unknown
from assurance.readers.kinds import Kind
from assurance.readers.metrics import read_metric
from assurance.readers.references import is_missing, named
from assurance.readers.state import Block, Resource, State

_SOURCE = re.compile(r"SOURCE\s+'([^']+)'", re.IGNORECASE)
_ALARM_NAME = re.compile(r"arn:[^$]*:alarm:(.+)")


def read_dashboards(state: State) -> Dashboards:
    """Return every dashboard."""
    return Dashboards(
        dashboards=tuple(_dashboard(found) for found in state.of("aws_cloudwatch_dashboard"))
    )


def _dashboard(resource: Resource) -> Dashboard:
    return Dashboard(
        subject=resource.subject(),
        name=resource.get("dashboard_name"),
        widgets=_widgets(resource),
    )


def _widgets(resource: Resource) -> tuple[Widget, ...]:
    body = resource.get("dashboard_body", {})
    if is_unknown(body):
        return body
    if isinstance(body, str):
        return unknown(f"the dashboard is what {body} says")
    found = resource.blocks("dashboard_body.widgets")
    if is_unknown(found):
        return found
    return tuple(
        item if is_unknown(item) else _widget(item, number) for number, item in enumerate(found)
    )


def _widget(block: Block, number: int) -> Widget:
    return Widget(
        title=block.get("properties.title") or f"widget {number}"
        if not is_unknown(block.get("properties.title"))
        else f"widget {number}",
        kind=block.get("type"),
        metrics=_metrics(block),
        query=block.get("properties.query"),
        strangers=(*_unknown_groups(block), *_unknown_alarms(block)),
    )


def _metrics(block: Block) -> tuple[Metric, ...]:
    rows = block.listed("properties.metrics")
    if is_unknown(rows):
        return rows
    return tuple(found if is_unknown(found) else _metric(block, found) for found in _spelt(rows))


def _spelt(rows: Iterable[Any]) -> Iterable[Any]:
    """Write out the shorthands: `.` repeats a word of the row above, `...` a run of them."""
    above: list[Any] = []
    for row in rows:
        if is_unknown(row):
            yield row
        elif isinstance(row, list) and not isinstance(row[:1] and row[0], dict):
            words = [word for word in row if not isinstance(word, dict)]
            above = _full(words, above)
            if above:
                yield above


def _full(words: list[Any], above: list[Any]) -> list[Any]:
    for at, word in enumerate(words):
        if not is_unknown(word) and word == "...":
            rest = words[at + 1 :]
            words = [*words[:at], *above[at : len(above) - len(rest)], *rest]
            break
    return [
        above[at] if not is_unknown(word) and word == "." and at < len(above) else word
        for at, word in enumerate(words)
    ]


def _metric(block: Block, words: list[Any]) -> Metric:
    namespace, name, *rest = [*words, "", ""][: max(len(words), 2)]
    names, values = rest[0::2], rest[1::2]
    if any(is_unknown(item) for item in names):
        return read_metric(block, namespace, name, unknown("the dimensions are not known"))
    return read_metric(block, namespace, name, tuple(zip(names, values, strict=False)))


def _unknown_groups(block: Block) -> tuple[Any, ...]:
    query = block.get("properties.query")
    if is_unknown(query):
        return (query,)
    groups = block.resource.state.of("aws_cloudwatch_log_group")
    return tuple(
        f"log group {name}"
        for name in _SOURCE.findall(str(query))
        if not named(groups, "name", name) and block.resource.resolve(name) is None
    )


def _unknown_alarms(block: Block) -> tuple[Any, ...]:
    found = block.listed("properties.alarms")
    if is_unknown(found):
        return (found,)
    return tuple(
        item if is_unknown(item) else f"alarm {item}"
        for item in found
        if is_unknown(item) or not _is_alarm(block, str(item))
    )


def _is_alarm(block: Block, value: str) -> bool:
    if value.startswith("${"):
        return not is_missing(block, value)
    found = _ALARM_NAME.match(value)
    alarms = block.resource.state.of(
        "aws_cloudwatch_metric_alarm", "aws_cloudwatch_composite_alarm"
    )
    return found is None or bool(named(alarms, "alarm_name", found[1]))


KINDS: tuple[Kind, ...] = (
    Kind(
        noun="dashboard",
        plural="dashboards",
        population=lambda view: view.dashboards.dashboards,
        inventory=("aws_cloudwatch_dashboard",),
    ),
)
