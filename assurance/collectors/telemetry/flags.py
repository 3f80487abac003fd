"""Which flags are evaluated for known requests, with the flag service and without it.

Evaluations are seen in traces, as the events that OpenTelemetry's semantic conventions describe
(https://opentelemetry.io/docs/specs/semconv/feature-flags/) and OpenFeature's hooks write.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from assurance.collectors.http import HttpRequest
from assurance.collectors.http.client import Client, asking, status_of
from assurance.collectors.http.collecting import client_of
from assurance.collectors.http.description import Description
from assurance.collectors.http.people import People
from assurance.collectors.http.situations import reading
from assurance.collectors.telemetry.records import Written, spans

_EVENTS = ("feature_flag.evaluation", "feature_flag")
"""What the event was called, newest first."""

_UNSEEN = {"$unknown": "no traces were given, which show for what flags are evaluated"}
_KEY = "feature_flag.key"


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """A request, and the trace that it belongs to."""

    status: int | None
    trace: str


def flags_in_use(
    api: HttpRequest, client: Client, described: Description, people: People, traces: Written
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return evaluations of flags, and requests to the instance without the flag service."""
    usual = dict(_served(api, client, described, people))
    without: dict[str, Served] = {}
    if api.without_flags:
        with client_of(replace(api, base_url=api.without_flags)) as twin:
            without = dict(_served(api, twin, described, people))
    every = (*usual.values(), *without.values())
    traces.wait_for(lambda: all(traces.holding(each.trace) for each in every))
    seen = {
        name: (_evaluations(traces, usual[name]), _evaluations(traces, without.get(name)))
        for name in usual
    }
    evaluations = [each for name, both in seen.items() for each in _by_flag(name, *both)]
    flagged = {name: any(both) if traces.any else _UNSEEN for name, both in seen.items()}
    requests = [
        {
            "request": name,
            "usual": usual[name].status,
            "status": each.status,
            "flagged": flagged[name],
        }
        for name, each in without.items()
    ]
    return evaluations, [*requests, *_readiness(api)]


def _served(
    api: HttpRequest, client: Client, described: Description, people: People
) -> Iterator[tuple[str, Served]]:
    """Send each request that only reads, as the same person everywhere."""
    for operation in reading(described):
        roles = operation.roles or described.roles
        token = people.token(roles - set(api.oversight) or roles)
        trace = secrets.token_hex(16)
        headers = {"traceparent": f"00-{trace}-{secrets.token_hex(8)}-01"}
        asked = replace(asking("GET", described.target(operation, {}), token), headers=headers)
        yield operation.name, Served(status=status_of(client.send(asked)), trace=trace)


def _evaluations(traces: Written, served: Served | None) -> list[Mapping[str, Any]]:
    if served is None:
        return []
    return [
        event["attributes"]
        for span in spans(line for _, line in traces.holding(served.trace))
        if span["trace_id"] == served.trace
        for event in span["events"]
        if event["name"] in _EVENTS and _KEY in event["attributes"]
    ]


def _by_flag(
    operation: str, usual: list[Mapping[str, Any]], without: list[Mapping[str, Any]]
) -> Iterator[dict[str, Any]]:
    for flag in sorted({str(event[_KEY]) for event in (*usual, *without)}):
        yield {
            "operation": operation,
            "flag": flag,
            "usual": [event for event in usual if event[_KEY] == flag],
            "without": [event for event in without if event[_KEY] == flag],
        }


def _readiness(api: HttpRequest) -> Iterator[dict[str, Any]]:
    """Yield how ready the instance is without its flag service, beside the backend itself."""
    if api.without_flags and api.backend and api.ready:
        asked, trust = asking("GET", api.ready), api.trust
        with (
            Client(api.backend, trust=trust) as backend,
            Client(api.without_flags, trust=trust) as twin,
        ):
            yield {
                "request": f"GET {api.ready}",
                "usual": status_of(backend.send(asked)),
                "status": status_of(twin.send(asked)),
                "flagged": False,
            }
