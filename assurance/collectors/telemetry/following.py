"""Follows single requests through the system by their trace: good ones, and one that fails."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import quote

from assurance.collectors.http.client import Asked, Client, asking, status_of
from assurance.collectors.http.description import Description, Operation
from assurance.collectors.http.people import People
from assurance.collectors.http.request import HttpRequest
from assurance.collectors.http.situations import reading
from assurance.collectors.telemetry.records import Written, parsed, spans

_ID = re.compile(r"(?<![0-9a-f])[0-9a-f]{32}(?![0-9a-f])")
_LONGEST = 2_000


def of_database(described: Description, people: People, request: HttpRequest) -> Operation:
    """Return an operation that reads from the database: one that fails where that is away.

    Without a twin to ask, the first that reads.
    """
    found = reading(described)
    if request.without_database:
        with Client(request.without_database, trust=request.trust) as client:
            for each in found:
                if (status_of(client.send(_call(described, people, each))) or 0) >= 500:
                    return each
    return found[0]


def _call(described: Description, people: People, operation: Operation) -> Asked:
    token = people.token(operation.roles) if operation.protected else ""
    return asking(operation.method, described.path(operation), token)


def followed(
    client: Client, asked: Asked, operation: Operation, logs: Written, traces: Written
) -> dict[str, Any]:
    """Return what a request left behind that carried a trace context, and one that did not."""
    trace, span = secrets.token_hex(16), secrets.token_hex(8)
    carried = {**asked.headers, "traceparent": f"00-{trace}-{span}-01"}
    answer = client.send(replace(asked, headers=carried))
    alone = client.send(asked)
    begun = sorted(_told(alone))
    logs.wait_for(lambda: bool(logs.holding(trace)))
    traces.wait_for(lambda: bool(traces.holding(trace)))
    return {
        "operation": operation.name,
        "status": status_of(answer),
        "trace_id": trace,
        "parent_id": span,
        "returned": sorted(_told(answer)),
        "begun": begun,
        "spans": list(spans(line for _, line in traces.holding(trace))),
        "lines": _lines(logs, trace),
    }


def _told(answer: dict[str, Any]) -> set[str]:
    """Return the trace ids that the headers of an answer tell."""
    headers = answer.get("response", {}).get("headers", {})
    return {
        found for name, value in headers.items() if "trace" in name for found in _ID.findall(value)
    }


def _lines(logs: Written, trace: str) -> list[dict[str, Any]]:
    return [
        {"file": file.name, "text": line[:_LONGEST], "fields": parsed(line)}
        for file, line in logs.holding(trace)
    ]


def failing(
    request: HttpRequest,
    described: Description,
    people: People,
    operation: Operation,
    logs: Written,
) -> Iterator[dict[str, Any]]:
    """Yield what requests left behind that carried personal data and failed in the service."""
    address = f"assurance-{secrets.token_hex(6)}@example.org"
    token = people.mint(sorted(described.roles), subject=address) if people.issuer else ""
    path = described.path(operation)
    texts = [
        each["name"]
        for each in operation.parameters
        if each.get("in") == "query" and _is_text(each.get("schema", {}))
    ]
    with Client(request.without_database, trust=request.trust) as client:
        for query in ("", *(f"?{name}={quote(address)}" for name in texts)):
            trace = secrets.token_hex(16)
            headers = {
                "traceparent": f"00-{trace}-{secrets.token_hex(8)}-01",
                "User-Agent": f"{address} (browser)",
                "Cookie": f"person={address}",
            }
            asked = Asked(method="GET", path=path + query, token=token, headers=headers)
            status = status_of(client.send(asked)) or 0
            if status >= 500:
                logs.wait_for(lambda trace=trace: bool(logs.holding(trace)))  # type: ignore[misc]
                yield {
                    "operation": operation.name,
                    "carried": "in a query" if query else "in headers",
                    "status": status,
                    "trace_id": trace,
                    "person": address,
                    "lines": _lines(logs, trace),
                }


def _is_text(schema: Any) -> bool:
    return schema.get("type") == "string" and not {"enum", "pattern", "format"} & set(schema)
