"""Alarms and the metrics that they watch, in AWS's words."""

from __future__ import annotations

from dataclasses import dataclass

from assurance.model.subjects import Subject


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Metric:
    """A metric of CloudWatch.

    Attributes:
        namespace: `AWS/ECS`, `AWS/ApplicationELB` …
        name: `CPUUtilization` …
        dimensions: Names and values, in order.
        subjects: Ids of what the dimensions mean in this system.
        strangers: Dimensions, as `NAME VALUE`, that should mean something of this system and mean
            nothing.
    """

    namespace: str
    name: str
    dimensions: tuple[tuple[str, str], ...]
    subjects: tuple[str, ...]
    strangers: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.namespace} {self.name}"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Alarm:
    """An alarm on metrics.

    Attributes:
        metrics: What it watches, directly or in an expression.
        comparison: How the one metric is compared, such as `GreaterThanThreshold`; empty where an
            expression is.
        missing_data: How it treats missing data; empty where that is left to the default.
        receivers: Topics, or ARNs, that it notifies by itself or through a composite alarm.
        actions: Everything else that it sets off, such as scaling policies.
    """

    subject: Subject
    name: str
    metrics: tuple[Metric, ...]
    comparison: str
    missing_data: str
    receivers: tuple[str, ...]
    actions: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Alarms:
    """Every alarm on metrics."""

    alarms: tuple[Alarm, ...]
