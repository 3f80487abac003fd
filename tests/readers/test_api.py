"""What clients of an API saw becomes records, also where no answer came."""

from __future__ import annotations

from typing import Any

import pytest

from assurance.readers.api import read_api
from tests.observed_states import observed, seen

API = {"document": "/openapi.json", "openapi": "3.1.0", "fault": ""}


def exchange(status: int = 200, **told: Any) -> dict[str, Any]:
    response = {"status": status, "headers": {"a": "b"}, "body": "text", "elapsed_ms": 7.5, **told}
    return {"request": {"method": "GET", "path": "/"}, "response": response}


def family(name: str, *values: float, kind: str = "gauge", **labels: str) -> dict[str, Any]:
    samples = [{"name": name, "labels": labels, "value": value} for value in values]
    return {"name": name, "type": kind, "samples": samples}


def burst(*pages: list[dict[str, Any]]) -> Any:
    found = observed(
        seen(
            "http_burst",
            operation="GET /",
            statuses={"200": 144},
            slowest_ms=12.0,
            pages=[{"families": families} for families in pages],
        )
    )
    return read_api(found).bursts[0]


def test_of_what_was_given_only_what_is_there_is_told() -> None:
    given = {"people": True, "backend": True, "twin": False}

    api = read_api(observed(seen("http_api", given=given, **API)))

    assert api.given == {"people", "backend"}
    assert [(each.version, each.fault) for each in api.documents] == [("3.1.0", "")]


def test_an_environment_of_which_nothing_was_seen_has_nothing() -> None:
    api = read_api(observed())

    assert (api.given, api.documents, api.operations, api.bursts) == (frozenset(), (), (), ())


def test_an_operation_keeps_what_came_back_and_what_it_announces() -> None:
    tried = seen(
        "http_operation",
        operation="GET /",
        announced=["200", "404"],
        statuses={"200": 3},
        failures={"check": "what"},
        errors=["no answer came"],
    )

    (found,) = read_api(observed(tried)).operations

    assert found.announced == {"200", "404"}
    assert found.statuses == {"200": 3}
    assert (found.failures, found.errors) == ({"check": "what"}, ("no answer came",))


@pytest.mark.parametrize(
    ("values", "status", "told", "error"),
    [
        (exchange(json={"status": "up"}), 200, {"status": "up"}, ""),
        (exchange(json=["up"]), 200, {}, ""),
        (exchange(503), 503, {}, ""),
        ({"request": {}, "error": "ConnectError: refused"}, 0, {}, "ConnectError: refused"),
    ],
)
def test_an_answer_is_read_or_its_absence(
    values: dict[str, Any], status: int, told: dict[str, Any], error: str
) -> None:
    (found,) = read_api(observed(seen("http_health", of="twin", probe="ready", **values))).probes

    assert (found.name, found.without_database) == ("ready", True)
    assert (found.answer.status, found.answer.told, found.answer.error) == (status, told, error)


def test_a_probe_of_the_backend_is_not_one_of_the_twin() -> None:
    found = read_api(observed(seen("http_health", of="backend", probe="live", **exchange())))

    assert not found.probes[0].without_database
    assert found.probes[0].answer.milliseconds == 7.5


def test_a_trial_without_an_answer_has_status_zero() -> None:
    found = read_api(
        observed(
            seen(
                "http_token",
                operation="GET /",
                trials={"valid": 200, "missing": None},
                untried={"unsigned": "no JWT"},
            ),
            seen("http_role", operation="GET /", roles=["a"], statuses={"a": 200, "b": None}),
            seen("http_possession", operation="POST /", owner="a", status=None, seen=None),
            seen(
                "http_stranger",
                operation="GET /",
                lists=False,
                status=None,
                shows=False,
                changes=False,
            ),
        )
    )

    assert found.tokens[0].statuses == {"valid": 200, "missing": 0}
    assert found.tokens[0].untried == {"unsigned": "no JWT"}
    assert found.roles[0].roles == {"a"}
    assert found.roles[0].statuses == {"a": 200, "b": 0}
    assert (found.possessions[0].created, found.possessions[0].seen) == (0, 0)
    assert found.reaches[0].status == 0


@pytest.mark.parametrize(
    ("root", "over_tls"), [("https://a.example", True), ("http://127.0.0.1:1", False)]
)
def test_whether_input_was_sent_over_tls_is_told_by_the_address(root: str, over_tls: bool) -> None:
    sent = seen("http_bad_input", operation="GET /", input="malformed", **exchange(400))

    (found,) = read_api(observed(sent, root=root)).inputs

    assert (found.fault, found.over_tls, found.answer.status) == ("malformed", over_tls, 400)


def test_slow_clients_are_read_with_what_others_got_meanwhile() -> None:
    watched: dict[str, Any] = {"ended_s": [10.1, None], "watched_s": 75.2}
    tried = seen("http_slow_clients", way="an unsent body", meanwhile=exchange(429), **watched)

    (found,) = read_api(observed(tried)).slow_clients

    assert (found.meanwhile.status, found.ended, found.watched) == (429, (10.1, None), 75.2)


def test_a_pool_is_measured_where_its_metrics_tell_use_and_bound() -> None:
    found = burst(
        [family("database_pool_connections_in_use", 3, 4), family("database_pool_max", 10)],
        [family("database_pool_connections_in_use", 9), family("database_pool_max", 10)],
    )

    assert found.measured
    assert (found.most_connections, found.bound, found.slowest) == (9, 10, 12.0)


@pytest.mark.parametrize(
    "families",
    [
        [],
        [family("database_pool_connections_in_use", 3)],
        [family("database_pool_max", 10)],
        [family("requests_in_use", 3), family("requests_max", 10)],
        [
            family("database_pool_connections_in_use", 3, kind="counter"),
            family("database_pool_max", 10),
        ],
        [family("db_pool_connections_usage", 3, state="idle"), family("db_pool_max", 10)],
    ],
    ids=["nothing", "no bound", "no use", "another thing", "no gauge", "idle ones only"],
)
def test_a_pool_without_such_metrics_is_not_measured(families: list[dict[str, Any]]) -> None:
    assert not burst(families).measured


def test_idle_connections_are_not_in_use() -> None:
    used = family("db_client_connections_usage", 4, state="used")
    idle = family("db_client_connections_usage", 6, state="idle")

    assert burst([used, idle, family("db_client_connections_max", 10)]).most_connections == 4
