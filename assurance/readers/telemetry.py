"""What an application told → its metrics, traces, log lines, and places where secrets could be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from assurance.model.telemetry import (
    FailedRequest,
    FollowedRequest,
    LogLine,
    MetricsPage,
    Sample,
    Sent,
    Span,
    Surface,
    Telemetry,
)
from assurance.readers.kinds import Kind
from assurance.readers.state import Resource, State


def read_telemetry(state: State) -> Telemetry:
    """Return everything that the application told of itself."""
    sources = state.of("telemetry_source")
    given = {name for each in sources for name, there in each.values["given"].items() if there}
    return Telemetry(
        given=frozenset(given),
        pages=tuple(_page(each) for each in state.of("telemetry_metrics")),
        requests=tuple(_request(each) for each in state.of("telemetry_trace")),
        failures=tuple(_failure(each) for each in state.of("telemetry_error")),
        surfaces=tuple(_surface(each) for each in state.of("telemetry_surface")),
    )


def _page(resource: Resource) -> MetricsPage:
    values = resource.values
    return MetricsPage(
        subject=resource.subject(),
        media=values["content_type"],
        fault=values["fault"],
        samples=tuple(
            Sample(
                family=family["name"],
                kind=family["type"],
                name=sample["name"],
                labels=sample["labels"],
                rise=sample["rise"],
            )
            for family in values["families"]
            for sample in family["samples"]
        ),
        sent=tuple(
            Sent(route=each["route"], status=each["status"] or 0, count=each["sent"])
            for each in values["probes"]
        ),
    )


def _request(resource: Resource) -> FollowedRequest:
    values = resource.values
    return FollowedRequest(
        subject=resource.subject(),
        status=values["status"] or 0,
        trace=values["trace_id"],
        parent=values["parent_id"],
        returned=tuple(values["returned"]),
        begun=tuple(values["begun"]),
        spans=tuple(
            Span(
                name=each["name"],
                kind=each["kind"],
                id=each["span_id"],
                parent=each["parent_id"],
                attributes=each["attributes"],
            )
            for each in values["spans"]
            if each["trace_id"] == values["trace_id"]
        ),
        lines=tuple(_lines(values["lines"])),
    )


def _failure(resource: Resource) -> FailedRequest:
    values = resource.values
    return FailedRequest(
        subject=resource.subject(),
        trace=values["trace_id"],
        person=values["person"],
        lines=tuple(_lines(values["lines"])),
    )


def _lines(found: Iterable[Mapping[str, Any]]) -> Iterator[LogLine]:
    for each in found:
        fields = each["fields"]
        yield LogLine(
            text=each["text"], structured=fields is not None, fields=dict(_flat(fields or {}))
        )


def _flat(fields: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, value in fields.items():
        if isinstance(value, dict):
            yield from _flat(value)
        yield name.lower(), value


def _surface(resource: Resource) -> Surface:
    values = resource.values
    return Surface(
        subject=resource.subject(),
        name=values["surface"],
        looked_at=values["looked_at"],
        unanswered=values["unanswered"],
        found=tuple(values["found"]),
    )


KINDS = (
    Kind(
        noun="page of metrics",
        plural="pages of metrics",
        population=lambda view: view.telemetry.pages,
        inventory=("telemetry_metrics",),
    ),
    Kind(
        noun="followed request",
        plural="followed requests",
        population=lambda view: view.telemetry.requests,
        inventory=("telemetry_trace",),
    ),
    Kind(
        noun="failed request",
        plural="failed requests",
        population=lambda view: view.telemetry.failures,
        inventory=("telemetry_error",),
    ),
    Kind(
        noun="visible place",
        plural="visible places",
        population=lambda view: view.telemetry.surfaces,
        inventory=("telemetry_surface",),
    ),
)
