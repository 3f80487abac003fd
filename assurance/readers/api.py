"""What clients of an API saw → its operations, refusals and limits."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from assurance.model.api import (
    Answer,
    Api,
    BadInput,
    Burst,
    Document,
    Possession,
    Probe,
    Reach,
    RoleTrials,
    SlowClients,
    TokenTrials,
    TriedOperation,
)
from assurance.readers.kinds import Kind
from assurance.readers.state import Resource, State

_POOL = re.compile(r"(pool|connections?)")
_BOUND = re.compile(r"(max|limit|size)$")
_IN_USE = re.compile(r"(in_use|used|active|busy|count|usage)$")


def read_api(state: State) -> Api:
    """Return everything that clients of the API saw."""
    apis = state.of("http_api")
    given = {name for api in apis for name, there in api.values["given"].items() if there}
    return Api(
        given=frozenset(given),
        documents=tuple(_document(each) for each in apis),
        operations=tuple(_operation(each) for each in state.of("http_operation")),
        probes=tuple(_probe(each) for each in state.of("http_health")),
        tokens=tuple(_tokens(each) for each in state.of("http_token")),
        roles=tuple(_roles(each) for each in state.of("http_role")),
        possessions=tuple(_possession(each) for each in state.of("http_possession")),
        reaches=tuple(_reach(each) for each in state.of("http_stranger")),
        inputs=tuple(_input(each) for each in state.of("http_bad_input")),
        slow_clients=tuple(_slow(each) for each in state.of("http_slow_clients")),
        bursts=tuple(_burst(each) for each in state.of("http_burst")),
    )


def _document(resource: Resource) -> Document:
    values = resource.values
    return Document(subject=resource.subject(), version=values["openapi"], fault=values["fault"])


def _operation(resource: Resource) -> TriedOperation:
    values = resource.values
    return TriedOperation(
        subject=resource.subject(),
        announced=frozenset(values["announced"]),
        statuses=values["statuses"],
        failures=values["failures"],
        errors=tuple(values["errors"]),
    )


def _answer(values: Mapping[str, Any]) -> Answer:
    told = values.get("response", {})
    return Answer(
        status=told.get("status", 0),
        headers=told.get("headers", {}),
        body=told.get("body", ""),
        told=found if isinstance(found := told.get("json"), dict) else {},
        milliseconds=told.get("elapsed_ms", 0.0),
        error=values.get("error", ""),
    )


def _probe(resource: Resource) -> Probe:
    values = resource.values
    return Probe(
        subject=resource.subject(),
        name=values["probe"],
        without_database=values["of"] == "twin",
        answer=_answer(values),
    )


def _tokens(resource: Resource) -> TokenTrials:
    values = resource.values
    return TokenTrials(
        subject=resource.subject(),
        statuses=_statuses(values["trials"]),
        untried=values["untried"],
    )


def _roles(resource: Resource) -> RoleTrials:
    values = resource.values
    return RoleTrials(
        subject=resource.subject(),
        roles=frozenset(values["roles"]),
        statuses=_statuses(values["statuses"]),
    )


def _statuses(found: Mapping[str, int | None]) -> dict[str, int]:
    return {name: status or 0 for name, status in found.items()}


def _possession(resource: Resource) -> Possession:
    values = resource.values
    return Possession(
        subject=resource.subject(), created=values["status"] or 0, seen=values["seen"] or 0
    )


def _reach(resource: Resource) -> Reach:
    values = resource.values
    return Reach(
        subject=resource.subject(),
        lists=values["lists"],
        status=values["status"] or 0,
        shows=values["shows"],
        changes=values["changes"],
    )


def _input(resource: Resource) -> BadInput:
    values = resource.values
    return BadInput(
        subject=resource.subject(),
        fault=values["input"],
        over_tls=resource.root.startswith("https:"),
        answer=_answer(values),
    )


def _slow(resource: Resource) -> SlowClients:
    values = resource.values
    return SlowClients(
        subject=resource.subject(),
        meanwhile=_answer(values["meanwhile"]),
        ended=tuple(values["ended_s"]),
        watched=values["watched_s"],
    )


def _burst(resource: Resource) -> Burst:
    values = resource.values
    in_use = [sum(found) for page in values["pages"] if (found := list(_gauges(page, _IN_USE)))]
    bounds = [sum(found) for page in values["pages"] if (found := list(_gauges(page, _BOUND)))]
    return Burst(
        subject=resource.subject(),
        statuses=values["statuses"],
        slowest=values["slowest_ms"],
        measured=bool(in_use and bounds),
        most_connections=max(in_use, default=0.0),
        bound=min(bounds, default=0.0),
    )


def _gauges(page: Mapping[str, Any], ending: re.Pattern[str]) -> Iterator[float]:
    """Yield the values of gauges about the pool; a state label tells idle connections apart."""
    for family in page["families"]:
        name = family["name"]
        if family["type"] == "gauge" and _POOL.search(name) and ending.search(name):
            for sample in family["samples"]:
                if "idle" not in sample["labels"].values():
                    yield sample["value"]


KINDS = (
    Kind(
        noun="served document",
        plural="served documents",
        population=lambda view: view.api.documents,
        inventory=("http_api",),
    ),
    Kind(
        noun="operation",
        plural="operations",
        population=lambda view: view.api.operations,
        inventory=("http_operation",),
    ),
    Kind(
        noun="probe of health",
        plural="probes of health",
        population=lambda view: view.api.probes,
        inventory=("http_health",),
    ),
    Kind(
        noun="protected operation",
        plural="protected operations",
        population=lambda view: view.api.tokens,
        inventory=("http_token",),
    ),
    Kind(
        noun="operation of certain roles",
        plural="operations of certain roles",
        population=lambda view: view.api.roles,
        inventory=("http_role",),
    ),
    Kind(
        noun="possession",
        plural="possessions",
        population=lambda view: view.api.possessions,
        inventory=("http_possession",),
    ),
    Kind(
        noun="reach of a stranger",
        plural="reaches of strangers",
        population=lambda view: view.api.reaches,
        inventory=("http_stranger",),
    ),
    Kind(
        noun="bad input",
        plural="bad inputs",
        population=lambda view: view.api.inputs,
        inventory=("http_bad_input",),
    ),
    Kind(
        noun="way of being slow",
        plural="ways of being slow",
        population=lambda view: view.api.slow_clients,
        inventory=("http_slow_clients",),
    ),
    Kind(
        noun="burst of requests",
        plural="bursts of requests",
        population=lambda view: view.api.bursts,
        inventory=("http_burst",),
    ),
)
