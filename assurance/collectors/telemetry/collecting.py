"""Collects what an application tells of what clients do: metrics, traces, logs."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import version
from typing import Any

from assurance.collectors.http.client import Client, asking
from assurance.collectors.http.collecting import client_of, described_api, resource
from assurance.collectors.http.description import Description
from assurance.collectors.http.people import People
from assurance.collectors.http.situations import reading
from assurance.collectors.telemetry.flags import flags_in_use
from assurance.collectors.telemetry.following import failing, followed, of_database
from assurance.collectors.telemetry.leaks import surfaces
from assurance.collectors.telemetry.metrics import rises
from assurance.collectors.telemetry.records import Written
from assurance.collectors.telemetry.request import TelemetryRequest

FORMAT = "telemetry/1"
_SENT = 4


def collect_telemetry(request: TelemetryRequest) -> dict[str, Any]:
    """Return the evidence body of kind `telemetry`.

    Raises:
        NotCollected: The document that describes the API is not served.
    """
    api = request.api
    people = People(api.issuer, api.audience, api.tokens, api.trust)
    with client_of(api) as client:
        described = Description(described_api(client, api), api.bodies)
        found = list(_observed(request, client, described, people))
    return {
        "format": FORMAT,
        "root": api.base_url,
        "tools": {name: version(name) for name in ("httpx", "prometheus-client")},
        "diagnostics": [],
        "resources": [resource("telemetry_source", "telemetry", _given(request)), *found],
    }


def _given(request: TelemetryRequest) -> dict[str, Any]:
    return {
        "given": {
            "metrics": bool(request.api.metrics),
            "logs": bool(request.logs),
            "traces": request.traces is not None,
            "twin": bool(request.api.without_database),
            "without_flags": bool(request.api.without_flags),
        }
    }


def _observed(
    request: TelemetryRequest, client: Client, described: Description, people: People
) -> Iterator[dict[str, Any]]:
    api = request.api
    logs = Written(request.logs)
    traces = Written([request.traces] if request.traces else [])
    operation = of_database(described, people, api)
    token = people.token(operation.roles) if operation.protected else ""
    asked = asking("GET", described.path(operation), token)
    if api.metrics:
        yield resource("telemetry_metrics", "metrics", _counted(request, client, described, people))
    told = followed(client, asked, operation, logs, traces)
    yield resource("telemetry_trace", operation.name, told)
    evaluations, flagless = flags_in_use(api, client, described, people, traces)
    for each in evaluations:
        yield resource("telemetry_flag", f"{each['flag']} in {each['operation']}", each)
    for each in flagless:
        yield resource("telemetry_flagless", each["request"], each)
    if api.without_database:
        for error in failing(api, described, people, operation, logs):
            name = f"{error['operation']} with personal data {error['carried']}"
            yield resource("telemetry_error", name, error)
    for surface in surfaces(api, described, people, logs, traces):
        yield resource("telemetry_surface", surface["surface"], surface)


def _counted(
    request: TelemetryRequest, client: Client, described: Description, people: People
) -> dict[str, Any]:
    """Return what rose in the metrics when good and refused requests were sent."""
    first = reading(described)[0]
    token = people.token(first.roles) if first.protected else ""
    sends = [(first, asking("GET", described.path(first), token))]
    protected = next((each for each in described.operations if each.protected), None)
    if protected is not None:
        sends.append((protected, asking(protected.method, described.path(protected))))
    return rises(request.api.metrics, client, sends, _SENT)
