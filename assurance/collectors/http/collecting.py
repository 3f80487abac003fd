"""Collects what a client of an API sees, with good and with bad intentions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import version
from typing import Any

import httpx
from openapi_spec_validator import validate
from openapi_spec_validator.validation.exceptions import OpenAPIValidationError

from assurance.collectors.authorities import remedy
from assurance.collectors.http.bad_input import bad_input
from assurance.collectors.http.client import Client
from assurance.collectors.http.description import Description
from assurance.collectors.http.generator import tried_operations
from assurance.collectors.http.good_answers import good_answers
from assurance.collectors.http.people import People
from assurance.collectors.http.possessions import (
    aims,
    make_possessions,
    possession_trials,
    possessions_seen,
    remove_possessions,
    role_trials,
)
from assurance.collectors.http.request import HttpRequest
from assurance.collectors.http.situations import burst, health, too_many
from assurance.collectors.http.slow_clients import slow_clients
from assurance.collectors.http.token_trials import token_trials
from assurance.collectors.http.uses import Uses
from assurance.errors import NotCollected

FORMAT = "http/1"


def collect_http(request: HttpRequest) -> dict[str, Any]:
    """Return the evidence body of kind `http`.

    Raises:
        NotCollected: The document that describes the API is not served, or is not one.
    """
    people = People(request.issuer, request.audience, request.tokens, request.trust)
    stayed: list[str] = []
    with client_of(request) as client:
        document = described_api(client, request)
        described = Description(document, request.bodies, request.parameters)
        found = list(_observed(client, described, people, request, document, stayed))
    return {
        "format": FORMAT,
        "root": request.base_url,
        "tools": {name: version(name) for name in ("httpx", "schemathesis")},
        "diagnostics": [_stays(path) for path in stayed],
        "resources": [
            resource("http_api", request.openapi, _api(request, document, people)),
            *found,
        ],
    }


def client_of(request: HttpRequest) -> Client:
    """Return a client of an API as others of it are.

    Raises:
        NotCollected: The authorities that it must trust cannot be read.
    """
    return Client(
        request.base_url, requests_per_minute=request.requests_per_minute, trust=request.trust
    )


def described_api(client: Client, request: HttpRequest) -> Mapping[str, Any]:
    """Return the OpenAPI document as it is served.

    Raises:
        NotCollected: It is not served, or is not one.
    """
    why: object = "it has no paths"
    try:
        document = client.whole(request.openapi)
    except (httpx.HTTPError, ValueError) as error:
        document, why = None, error
    if not isinstance(document, dict) or not document.get("paths"):
        raise NotCollected(
            f"{request.base_url}{request.openapi} serves no OpenAPI document: {why}.",
            remedy=remedy(why, "start the system, or correct `openapi` of the application."),
        )
    return document


def _api(request: HttpRequest, document: Mapping[str, Any], people: People) -> dict[str, Any]:
    given = {
        "issuer": bool(people.issuer),
        "people": people.any,
        "backend": bool(request.backend),
        "twin": bool(request.without_database),
        "metrics": bool(request.metrics),
        "rate": bool(request.backend and request.requests_per_minute),
    }
    return {
        "document": request.openapi,
        "openapi": str(document.get("openapi", "")),
        "fault": _fault(document),
        "given": given,
    }


def _fault(document: Mapping[str, Any]) -> str:
    try:
        validate(document)
    except OpenAPIValidationError as error:
        return str(error).splitlines()[0]
    return ""


def _observed(
    client: Client,
    described: Description,
    people: People,
    request: HttpRequest,
    document: Mapping[str, Any],
    stayed: list[str],
) -> Iterator[dict[str, Any]]:
    uses = Uses(client, described, people, request.oversight)
    uses.use_all()
    stayed.extend(uses.stayed)
    possessions = make_possessions(client, described, people, request.oversight)
    try:
        roles = described.roles - set(request.oversight)
        tried = tried_operations(
            client,
            document,
            described,
            token=people.token(roles),
            aims=aims(described, possessions),
            uses=uses.answers,
        )
        good = good_answers(described, uses.answers, tried)
        yield from _named("http_answer", good, "operation")
        yield from _named("http_operation", (_without_headers(each) for each in tried), "operation")
        seen = possessions_seen(client, possessions)
        yield from _named("http_possession", seen, "operation")
        trials = possession_trials(client, described, people, possessions, request.oversight)
        yield from _named("http_stranger", trials, "stranger", "operation")
    finally:
        stayed.extend(remove_possessions(client, possessions))
    if people.any:
        yield from _named("http_role", role_trials(client, described, people), "operation")
    yield from _named("http_token", token_trials(client, described, people), "operation")
    yield from _named("http_health", health(request), "of", "probe")
    yield resource("http_burst", "burst", burst(client, described, people, request.metrics))
    yield from _limits(client, described, people, request)


def _without_headers(tried: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in tried.items() if name != "headers"}


def _limits(
    client: Client, described: Description, people: People, request: HttpRequest
) -> Iterator[dict[str, Any]]:
    """Wait for slow clients to be sent away while what is wrong or too much is tried."""
    with ThreadPoolExecutor(max_workers=1) as beside:
        slow = beside.submit(lambda: list(slow_clients(client, described, people)))
        bad = _all_bad(client, described, people, request)
        yield from _named("http_bad_input", bad, "operation", "input")
        yield from _named("http_slow_clients", slow.result(), "way")


def _all_bad(
    client: Client, described: Description, people: People, request: HttpRequest
) -> Iterator[dict[str, Any]]:
    yield from bad_input(client, described, people)
    if request.backend and request.requests_per_minute:
        yield from too_many(request, described)


def _named(type_: str, found: Iterable[dict[str, Any]], *names: str) -> Iterator[dict[str, Any]]:
    """Yield resources that are called by some of their values; alike ones get a number."""
    seen: dict[str, int] = {}
    for values in found:
        name = ", ".join(str(values[key]) for key in names)
        seen[name] = seen.get(name, 0) + 1
        yield resource(type_, f"{name} #{seen[name]}" if seen[name] > 1 else name, values)


def resource(type_: str, name: str, values: dict[str, Any]) -> dict[str, Any]:
    """Return values as a resource of the evidence, by the kind that its type begins with."""
    return {
        "address": f"{type_}.{name}",
        "mode": "managed",
        "type": type_,
        "name": name,
        "module": "",
        "provider": type_.partition("_")[0],
        "existence": "known",
        "values": values,
        "file": name,
        "line": None,
    }


def _stays(path: str) -> dict[str, Any]:
    return {
        "severity": "warning",
        "summary": f"{path} could not be removed",
        "detail": "it was made to try who may reach it",
        "file": path,
        "line": None,
    }
