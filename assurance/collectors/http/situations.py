"""What the API does when it is well, without its database, asked by many, asked too often."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import urlsplit

from assurance.collectors.http.client import Client, asking, status_of
from assurance.collectors.http.description import Description, Operation
from assurance.collectors.http.exposition import read_metrics
from assurance.collectors.http.people import People
from assurance.collectors.http.request import HttpRequest

_TOGETHER = 48
_BURST = 144
_FLOOD = 80
_MOST = 6_000
"""Requests that are sent at most to come beyond a rate."""


def reading(described: Description) -> list[Operation]:
    """Return the operations that only read, and need nothing to be there; open ones first."""
    found = [
        each for each in described.operations if each.method == "GET" and "{" not in each.template
    ]
    return sorted(found, key=lambda each: each.protected)


def health(request: HttpRequest) -> Iterator[dict[str, Any]]:
    """Yield what liveness and readiness answer, at the backend and at its twin."""
    for place, url in (("backend", request.backend), ("twin", request.without_database)):
        if url:
            with Client(url, trust=request.trust) as client:
                for name, path in (("live", request.live), ("ready", request.ready)):
                    if path:
                        yield {"of": place, "probe": name, **client.send(asking("GET", path))}


def burst(client: Client, described: Description, people: People, metrics: str) -> dict[str, Any]:
    """Return what came back when many read at the same time, and how many connections that took."""
    first = reading(described)[0]
    asked = asking(
        "GET", described.path(first), people.token(first.roles) if first.protected else ""
    )
    pages = []
    with ThreadPoolExecutor(max_workers=_TOGETHER) as pool:
        sent = [pool.submit(client.send, asked, at_once=True) for _ in range(_BURST)]
        while metrics and not all(each.done() for each in sent):
            pages.append(read_metrics(metrics, client.verification))
            time.sleep(0.05)
    answers = [each.result() for each in sent]
    pages += [read_metrics(metrics, client.verification)] if metrics else []
    return {
        "operation": first.name,
        "together": _TOGETHER,
        "statuses": dict(sorted(Counter(str(status_of(each)) for each in answers).items())),
        "slowest_ms": max(each.get("response", {}).get("elapsed_ms", 0) for each in answers),
        "pages": [page for page in pages if page.get("families")][-8:],
    }


def too_many(request: HttpRequest, described: Description) -> Iterator[dict[str, Any]]:
    """Yield the answer with which the backend begins to refuse one address that asks too often.

    On one machine the address is one that nobody else uses, so that nobody else is refused.
    """
    first = reading(described)[0]
    here = urlsplit(request.backend).hostname == "127.0.0.1"
    asked = asking("GET", described.path(first))
    most = min(_MOST, max(200, request.requests_per_minute))
    source = "127.0.0.77" if here else ""
    with Client(request.backend, source=source, trust=request.trust) as client:
        with ThreadPoolExecutor(max_workers=8) as pool:
            answer: dict[str, Any] = {}
            sent = 0
            while sent < most and status_of(answer) != 429:
                flood = [pool.submit(client.send, asked, at_once=True) for _ in range(_FLOOD)]
                answers = [each.result() for each in flood]
                answer = next((each for each in answers if status_of(each) == 429), answers[-1])
                sent += _FLOOD
        yield {"operation": first.name, "input": "too many requests", "sent": sent, **answer}
