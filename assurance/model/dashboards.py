"""Dashboards and what they show, in AWS's words."""

from __future__ import annotations

from dataclasses import dataclass

from assurance.model.alarms import Metric
from assurance.model.subjects import Subject


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Widget:
    """One widget of a dashboard.

    Attributes:
        title: Its title, or its place in the dashboard.
        kind: `metric`, `log`, `alarm`, `text`, `explorer` …
        metrics: The metrics that it draws.
        query: The query of a log widget.
        strangers: Whatever else it refers to that is not declared.
    """

    title: str
    kind: str
    metrics: tuple[Metric, ...]
    query: str
    strangers: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Dashboard:
    """A dashboard."""

    subject: Subject
    name: str
    widgets: tuple[Widget, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Dashboards:
    """Every dashboard."""

    dashboards: tuple[Dashboard, ...]
