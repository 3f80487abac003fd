"""One address may call at its rate, with a burst, and others are not touched by it."""

import pytest
from flask import Flask

from workshop.application import create_app
from workshop.limits import MOST_CALLERS, RateLimit
from workshop.settings import read_settings


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_burst_is_let_through_and_then_the_rate_holds() -> None:
    clock = Clock()
    limit = RateLimit(60, clock=clock)

    waits = [limit.wait("a") for _ in range(12)]

    assert waits[:10] == [0.0] * 10
    assert waits[10:] == pytest.approx([1.0, 1.0])
    clock.now += 1
    assert limit.wait("a") == 0
    assert limit.wait("a") > 0


def test_one_caller_does_not_use_up_what_another_has() -> None:
    limit = RateLimit(1, clock=Clock())

    assert [limit.wait("a") > 0, limit.wait("a") > 0, limit.wait("b") > 0] == [False, True, False]


def test_the_table_of_callers_is_bounded() -> None:
    limit = RateLimit(1, clock=Clock())

    for number in range(MOST_CALLERS + 50):
        limit.wait(f"caller-{number}")

    assert len(limit._whole_at) == MOST_CALLERS


@pytest.fixture
def slow(variables: dict[str, str]) -> Flask:
    return create_app(read_settings(variables | {"REQUESTS_PER_MINUTE": "12"}))


def test_who_calls_too_often_is_told_when_to_come_back(slow: Flask) -> None:
    client = slow.test_client()

    answers = [client.get("/api/v1/features") for _ in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[2].mimetype == "application/problem+json"
    assert 1 <= int(answers[2].headers["Retry-After"]) <= 6
    assert answers[2].json is not None
    assert answers[2].json["type"] == "urn:workshop:problem:too-many-requests"


def test_probes_are_not_refused_for_somebody_elses_calls(slow: Flask) -> None:
    client = slow.test_client()
    for _ in range(5):
        client.get("/api/v1/features")

    assert client.get("/health/live").status_code == 200


def test_behind_a_load_balancer_each_client_has_its_own_rate(variables: dict[str, str]) -> None:
    given = {"REQUESTS_PER_MINUTE": "6", "TRUSTED_PROXIES": "1"}
    client = create_app(read_settings(variables | given)).test_client()

    def status(forwarded: str) -> int:
        headers = {"X-Forwarded-For": forwarded}
        return client.get("/api/v1/features", headers=headers).status_code

    assert [status("192.0.2.1"), status("192.0.2.1"), status("192.0.2.2")] == [200, 429, 200]
    # Only what the load balancer itself appended counts; the rest anybody can write.
    assert status("198.51.100.9, 192.0.2.2") == 429
