"""Reads alarms on metrics, and whom they notify, from evaluated Terraform."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from assurance.model.alarms import Alarm, Alarms, Metric
from assurance.model.unknown import is_unknown, unknown
from assurance.readers.kinds import Kind
from assurance.readers.metrics import read_metric
from assurance.readers.references import flag
from assurance.readers.state import Block, Resource, State

_NOTIFIES = re.compile(r"arn:[\w-]+:(sns|ssm-incidents|ssm|chatbot):")
"""ARNs of actions that end with a person: a topic, an incident, an item of work."""


def read_alarms(state: State) -> Alarms:
    """Return every alarm on metrics; a composite alarm passes its notifications on to its parts."""
    composites = state.of("aws_cloudwatch_composite_alarm")
    return Alarms(
        alarms=tuple(_alarm(found, composites) for found in state.of("aws_cloudwatch_metric_alarm"))
    )


def _alarm(resource: Resource, composites: Iterable[Resource]) -> Alarm:
    wholes = tuple(found for found in composites if _mentions(found, resource))
    actions = tuple(action for found in (resource, *wholes) for action in _actions(found))
    return Alarm(
        subject=resource.subject(),
        name=resource.get("alarm_name"),
        metrics=_metrics(resource),
        comparison=_comparison(resource),
        missing_data=resource.get("treat_missing_data"),
        receivers=tuple(found for found in actions if is_unknown(found) or _is_receiver(found)),
        actions=tuple(
            found for found in actions if not is_unknown(found) and not _is_receiver(found)
        ),
    )


def _comparison(resource: Resource) -> str:
    return resource.get("comparison_operator") if resource.is_set("metric_name") else ""


def _mentions(composite: Resource, alarm: Resource) -> bool:
    rule, name = composite.get("alarm_rule"), alarm.get("alarm_name")
    if is_unknown(rule):
        return False
    if f"${{{alarm.address}." in rule:
        return True
    if is_unknown(name) or not name:
        return False
    return re.search(rf"\(\s*\"?{re.escape(name)}\"?\s*\)", rule) is not None


def _actions(resource: Resource) -> tuple[Any, ...]:
    """Return the ids or ARNs of what the alarm sets off when it goes off."""
    enabled = resource.get("actions_enabled", True)
    if is_unknown(enabled):
        return (enabled,)
    if not flag(enabled):
        return ()
    found = resource.listed("alarm_actions")
    if is_unknown(found):
        return (found,)
    return tuple(item if is_unknown(item) else _action(resource, item) for item in found)


def _action(resource: Resource, value: Any) -> str:
    target = resource.resolve(value)
    return str(value) if target is None else target.id


def _is_receiver(action: str) -> bool:
    return "aws_sns_topic." in action or _NOTIFIES.match(action) is not None


def _metrics(resource: Resource) -> tuple[Metric, ...]:
    if resource.is_set("metric_name"):
        return (_metric(resource),)
    queries = resource.blocks("metric_query")
    if is_unknown(queries):
        return queries
    return tuple(
        found for query in queries for found in ((query,) if is_unknown(query) else _queried(query))
    )


def _queried(query: Block) -> tuple[Any, ...]:
    metrics = query.blocks("metric")
    if is_unknown(metrics):
        return (metrics,)
    return tuple(found if is_unknown(found) else _metric(found) for found in metrics)


def _metric(block: Block) -> Metric:
    dimensions = block.get("dimensions", {})
    if isinstance(dimensions, list):
        # Written as a block, which Terraform refuses: what was meant cannot be known.
        dimensions = unknown("dimensions is written as a block, which Terraform refuses")
    return read_metric(
        block,
        block.get("namespace"),
        block.get("metric_name"),
        dimensions if is_unknown(dimensions) else sorted(dimensions.items()),
    )


KINDS: tuple[Kind, ...] = (
    Kind(
        noun="alarm",
        plural="alarms",
        population=lambda view: view.alarms.alarms,
        inventory=("aws_cloudwatch_metric_alarm",),
    ),
)
