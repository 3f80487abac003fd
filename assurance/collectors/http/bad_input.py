"""Sends what no client should send: in bodies, and in addresses."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from typing import Any

from assurance.collectors.http.client import Asked, Client, asking
from assurance.collectors.http.description import Description, Operation
from assurance.collectors.http.people import People

_HUGE = 12 * 2**20
"""Bytes of a body that no operation takes whose input a person types."""

_DEEP = 2_000
"""Levels of a document; it stays far below any limit of size."""

_META = "'; DROP TABLE x; -- \"\\ %00 OR 1=1"
_JSON = "application/json"

Sent = tuple[str, str, Asked]
"""The operation, what is wrong with the input, and the request."""


def bad_input(client: Client, described: Description, people: People) -> Iterator[dict[str, Any]]:
    """Yield what came back for each."""
    for name, fault, asked in _all(described, people):
        yield {"operation": name, "input": fault, **client.send(asked)}


def _all(described: Description, people: People) -> Iterator[Sent]:
    for operation in described.operations:
        token = people.token(operation.roles or described.roles) if people.any else ""
        if token or not operation.protected:
            path = described.path(operation)
            yield from _bodies(operation, path, token)
            yield from _addresses(described, operation, path, token)
    yield from _elsewhere(described)


def _bodies(operation: Operation, path: str, token: str) -> Iterator[Sent]:
    if operation.body is None:
        return
    ready: dict[str, tuple[str, Callable[[], bytes]]] = {
        "malformed JSON": (_JSON, lambda: b'{"name": '),
        "another type": (_JSON, lambda: b'[1, "two", null]'),
        "deep nesting": (_JSON, lambda: b'{"a":' * _DEEP + b"1" + b"}" * _DEEP),
        "huge body": (_JSON, lambda: b'{"a": "' + b"x" * _HUGE + b'"}'),
        "another content type": ("application/x-www-form-urlencoded", lambda: b"name=value"),
    }
    for fault, (kind, content) in ready.items():
        asked = Asked(
            method=operation.method,
            path=path,
            token=token,
            headers={"Content-Type": kind},
            content=content(),
        )
        yield operation.name, fault, asked


def _addresses(
    described: Description, operation: Operation, path: str, token: str
) -> Iterator[Sent]:
    """Yield what is wrong in the address of an operation that reads: paths, queries."""
    if operation.method != "GET":
        return
    for parameter in operation.parameters:
        if parameter.get("in") == "path":
            for fault, value in {
                "meta-characters of SQL": _META,
                "a path that climbs": "../../../../etc/passwd",
            }.items():
                climbing = described.path(operation, {parameter["name"]: value})
                yield operation.name, fault, asking("GET", climbing, token)
        elif parameter.get("in") == "query":
            name = parameter["name"]
            asked = asking("GET", f"{path}?{name}=%27%3B%20DROP%20TABLE%20x%3B%20--%20%22", token)
            yield operation.name, "meta-characters of SQL", asked


def _elsewhere(described: Description) -> Iterator[Sent]:
    prefix = described.prefix
    unknown = f"{prefix}/assurance-{uuid.uuid4().hex[:8]}"
    yield f"GET {prefix}/…", "an unknown path", asking("GET", unknown)
    climbing = f"{prefix}/..%2f..%2f..%2f..%2fetc%2fpasswd"
    yield f"GET {prefix}/…", "a path that climbs", asking("GET", climbing)
    first = described.operations[0].template.partition("{")[0].rstrip("/")
    announced = {each.method for each in described.operations if each.template == first}
    method = next(name for name in ("PUT", "DELETE", "PATCH", "POST") if name not in announced)
    yield f"{method} {first}", "another method", asking(method, first)
