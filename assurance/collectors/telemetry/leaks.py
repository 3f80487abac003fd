"""Sends secrets where clients send them, and looks for them wherever the system shows something."""

from __future__ import annotations

import base64
import json
import re
import secrets
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Any

import httpx

from assurance.collectors.authorities import verifying
from assurance.collectors.http.client import Asked, Client, asking
from assurance.collectors.http.collecting import client_of
from assurance.collectors.http.description import Description
from assurance.collectors.http.exposition import page_of
from assurance.collectors.http.people import People
from assurance.collectors.http.request import HttpRequest
from assurance.collectors.http.situations import reading
from assurance.collectors.scan.detectors import hits
from assurance.collectors.telemetry.records import Written

_VARIABLE = re.compile(r"\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\b[\"']?\s*[:=]")
"""A name as environments have it, with a value after it."""

_LISTINGS = ("/env", "/.env", "/actuator/env", "/debug/vars", "/debug", "/config", "/server-status")
_MOST = 20


class Planted:
    """Secrets that nobody else has, and that a system has no reason ever to show."""

    def __init__(self, token: str) -> None:
        self.values = {
            name: f"assurance{secrets.token_hex(12)}"
            for name in ("bearer token", "password", "cookie", "query", "API key")
        }
        self._signature = token.rpartition(".")[2]

    def found_in(self, text: str) -> set[str]:
        """Return what of them a text shows, and what else in it has the form of a credential."""
        found = {f"the planted {name}" for name, value in self.values.items() if value in text}
        if self._signature and self._signature in text:
            found.add("a token that was accepted")
        return found | {hit.what for hit in hits(text) if not hit.excepted}


def surfaces(
    request: HttpRequest, described: Description, people: People, logs: Written, traces: Written
) -> Iterator[dict[str, Any]]:
    """Yield for each place where the system shows something what of its secrets is seen there."""
    first = reading(described)[0]
    token = people.token(first.roles or described.roles) if people.any else ""
    planted = Planted(token)
    exchanges = _answers(request, described, planted, token)
    answers = (json.dumps(each["response"]) if "response" in each else None for each in exchanges)
    yield _surface("responses", answers, planted)
    yield _surface("health and status pages", _pages(request), planted, listing=True)
    if request.metrics:
        yield _surface("metrics", _metrics(request), planted)
    for name, written in (("logs", logs), ("traces", traces)):
        lines = [line for _, line in written.lines()]
        yield _surface(name, lines, planted)


def _surface(
    name: str, shown: Iterable[str | None], planted: Planted, *, listing: bool = False
) -> dict[str, Any]:
    """Return what is seen in texts; None stands for one that was asked for and never came."""
    asked = list(shown)
    texts = [text for text in asked if text is not None]
    found = planted.found_in("\n".join(texts))
    if listing:
        found |= {
            f"the variable {match.rstrip(':= ').strip(chr(34) + chr(39))}"
            for text in texts
            for match in _VARIABLE.findall(text)
        }
    return {
        "surface": name,
        "looked_at": len(texts),
        "unanswered": len(asked) - len(texts),
        "found": sorted(found)[:_MOST],
    }


def _answers(
    request: HttpRequest, described: Description, planted: Planted, token: str
) -> Iterable[dict[str, Any]]:
    """Send each secret to operations that accept and that refuse it."""
    secret = planted.values
    basic = base64.b64encode(f"assurance:{secret['password']}".encode()).decode()
    carrying = [
        {"Authorization": f"Bearer {secret['bearer token']}"},
        {"Authorization": f"Basic {basic}"},
        {"Cookie": f"session={secret['cookie']}"},
        {"X-Api-Key": secret["API key"]},
    ]
    with client_of(request) as client:
        for each in described.operations:
            path = described.path(each)
            content = json.dumps({"password": secret["password"]}).encode()
            kind = {"Content-Type": "application/json"}
            body = content if each.body is not None else None
            for headers in carrying if each.method == "GET" else carrying[:1]:
                yield client.send(Asked(method=each.method, path=path, headers=headers))
            if each.body is not None or each.method == "GET":
                query = f"?access_token={secret['query']}"
                yield client.send(
                    Asked(
                        method=each.method,
                        path=path + query,
                        token=token,
                        headers=kind,
                        content=body,
                    )
                )


def _pages(request: HttpRequest) -> Iterator[str | None]:
    for url in filter(None, (request.base_url, request.backend, request.without_database)):
        with Client(url, trust=request.trust) as client:
            for path in filter(None, (request.live, request.ready, *_LISTINGS)):
                exchange = client.send(asking("GET", path))
                yield exchange["response"]["body"] if "response" in exchange else None


def _metrics(request: HttpRequest) -> Iterator[str]:
    """Yield the page of metrics; none that did not come, so that nothing counts as searched."""
    with suppress(httpx.HTTPError):
        yield page_of(request.metrics, verifying(request.trust)).text
