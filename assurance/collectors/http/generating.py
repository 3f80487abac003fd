"""Lets Schemathesis try every operation of a document; a program of its own, JSON in, JSON out.

It runs apart from the audit: it can be ended when it takes too long, and what it loads and patches
stays with it. Reads what is asked (see `generator`) from standard input.
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import httpx
import schemathesis
from schemathesis.config import SchemathesisConfig
from schemathesis.core.failures import Failure, FailureGroup
from schemathesis.engine import Status, events, from_schema

_ACCEPTED = ["2xx", "304", "401", "403", "404", "409", "412", "422"]
"""Answers to input that fits the schema: it may name what is not there, or break a further rule."""

_OF_TRANSFER = frozenset({"content-encoding", "content-length", "transfer-encoding"})
"""Headers that are no longer true of a body that was read."""


def main() -> None:
    """The program."""
    asked = json.load(sys.stdin)
    schema = schemathesis.openapi.from_dict(
        asked["document"], config=SchemathesisConfig.from_dict(_configuration(asked))
    )
    found: dict[str, dict[str, Any]] = {}
    for used in asked["uses"]:
        _look_at(schema, _operation(found, used["operation"]), used)
    until = time.monotonic() + asked["seconds"]
    running = from_schema(schema).execute()
    for event in running:
        if time.monotonic() > until:
            running.stop()
        if isinstance(event, events.ScenarioFinished):
            _take(found, event)
        elif isinstance(event, events.NonFatalError) and event.related_to_operation:
            _operation(found, event.label)["errors"].append(event.info.message or event.info.title)
    json.dump({"operations": found, "made": sorted(_made(found))}, sys.stdout)


def _configuration(asked: Mapping[str, Any]) -> dict[str, Any]:
    # What the API answers is never put into further requests: they could meet what is others'.
    apart = {"extra-data-sources": {"responses": False}}
    return {
        "seed": 1,
        "base-url": asked["base_url"],
        "headers": {"Authorization": f"Bearer {asked['token']}"} if asked["token"] else {},
        "rate-limit": f"{asked['rate']}/s",
        "request-timeout": 10,
        "tls-verify": asked["authorities"],
        "continue-on-failure": True,
        # More would parse source code side by side, which Python 3.11 now and then does not survive
        # (https://github.com/python/cpython/issues/106905); the pace is the same with one.
        "workers": 1,
        "operations": [
            {
                "include-name": name,
                "parameters": {f"path.{key}": value for key, value in values.items()},
            }
            for name, values in asked["aims"].items()
        ],
        "generation": {"max-examples": asked["examples"], "database": "none"},
        "phases": {
            "examples": apart,
            "coverage": apart,
            "fuzzing": apart,
            "stateful": {"enabled": False},
        },
        "checks": {"positive_data_acceptance": {"expected-statuses": _ACCEPTED}},
    }


def _operation(found: dict[str, dict[str, Any]], label: str) -> dict[str, Any]:
    return found.setdefault(
        label, {"statuses": Counter(), "headers": {}, "failures": {}, "errors": [], "made": []}
    )


def _take(found: dict[str, dict[str, Any]], event: events.ScenarioFinished) -> None:
    recorder = event.recorder
    told = _operation(found, recorder.label)
    for interaction in recorder.interactions.values():
        if interaction.response is None:
            told["errors"].append("no answer came")
            continue
        status, headers = str(interaction.response.status_code), interaction.response.headers
        told["statuses"][status] += 1
        told["headers"].setdefault(
            status, {name: ", ".join(those) for name, those in headers.items()}
        )
        location = headers.get("location", [""])[0]
        if interaction.response.status_code == 201 and location:
            told["made"].append(location)
    for checks in recorder.checks.values():
        for check in checks:
            if check.status == Status.FAILURE and check.failure_info is not None:
                failure = check.failure_info.failure
                told["failures"].setdefault(check.name, f"{failure.title}: {failure.message}"[:500])


def _look_at(schema: Any, told: dict[str, Any], used: Mapping[str, Any]) -> None:
    """Hold what came back for a use of an operation against its schema."""
    method, _, path = used["operation"].partition(" ")
    answer = used["response"]
    told["statuses"][str(answer["status"])] += 1
    response = httpx.Response(
        answer["status"],
        headers={name: v for name, v in answer["headers"].items() if name not in _OF_TRANSFER},
        text=answer["body"],
        request=httpx.Request(method, used["url"]),
    )
    response.elapsed = timedelta(milliseconds=answer["elapsed_ms"])
    try:
        schema[path][method].validate_response(response)
    except (Failure, FailureGroup) as found:
        first = found.exceptions[0] if isinstance(found, FailureGroup) else found
        told["failures"]["response_schema_conformance"] = f"{first.title}: {first.message}"[:500]


def _made(found: Mapping[str, Mapping[str, Any]]) -> set[str]:
    return {location for told in found.values() for location in told["made"]}


if __name__ == "__main__":
    main()
