"""Slow clients show who waits for them, and whom that holds up; nobody is hurt on the way."""

from __future__ import annotations

import time
from typing import Any

import pytest

from assurance.collectors.http import client as clients
from assurance.collectors.http import slow_clients as slow
from assurance.collectors.http.client import Client, status_of
from assurance.collectors.http.description import Description
from assurance.collectors.http.people import People
from tests.collectors.small_api import DOCUMENT, SmallApi, serving

WAYS = ["an unfinished head", "an unsent body"]


def tried(api: SmallApi) -> list[dict[str, Any]]:
    with serving(api) as url, Client(url) as client:
        return list(slow.slow_clients(client, Description(DOCUMENT, {}), People("", "", {})))


def test_a_service_that_waits_for_a_moment_sends_all_of_them_away() -> None:
    found = tried(SmallApi(patience=1.0))

    assert [each["way"] for each in found] == WAYS
    assert {status_of(each["meanwhile"]) for each in found} == {200}
    times = [seconds for each in found for seconds in each["ended_s"]]
    assert len(times) == 2 * slow._CLIENTS
    assert all(0.9 <= seconds <= 10 for seconds in times)
    assert max(times) <= found[0]["watched_s"] + 0.1 < slow._WATCHED


def test_a_service_that_waits_for_ever_shows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slow, "_WATCHED", 1.5)

    found = tried(SmallApi(patience=None))

    assert {status_of(each["meanwhile"]) for each in found} == {200}
    assert [each["ended_s"] for each in found] == [[None] * slow._CLIENTS] * 2
    assert all(1.5 <= each["watched_s"] < 5 for each in found)


def test_who_finds_others_unanswered_hangs_up_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clients, "_SECONDS", 1.0)
    api = SmallApi(patience=None, alone=True)

    began = time.monotonic()
    found = tried(api)

    assert [each["meanwhile"].get("error", "")[:11] for each in found] == ["ReadTimeout"] * 2
    assert [each["ended_s"] for each in found] == [[None] * slow._CLIENTS] * 2
    assert time.monotonic() - began < 20


def test_where_nobody_listens_nobody_is_kept() -> None:
    with serving(SmallApi()) as url:
        pass
    with Client(url) as client:
        found = list(slow.slow_clients(client, Description(DOCUMENT, {}), People("", "", {})))

    assert {status_of(each["meanwhile"]) for each in found} == {None}
    assert {tuple(each["ended_s"]) for each in found} == {(0.0,) * slow._CLIENTS}
