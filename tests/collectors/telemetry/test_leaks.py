"""What never answered was not searched: it must not count as clean."""

from __future__ import annotations

import json
from typing import Any

import pytest

from assurance.collectors.http.description import Description
from assurance.collectors.http.people import People
from assurance.collectors.http.request import HttpRequest
from assurance.collectors.telemetry.leaks import surfaces
from assurance.collectors.telemetry.records import Written
from tests.collectors.small_api import DOCUMENT, SmallApi, serving

PAGES = 9
"""Two of health and seven that list variables."""


def searched(request: HttpRequest) -> dict[str, dict[str, Any]]:
    nothing = Written([])
    found = surfaces(request, Description(DOCUMENT, {}), People("", "", {}), nothing, nothing)
    return {each["surface"]: each for each in found}


def request(base_url: str, twin: str = "") -> HttpRequest:
    return HttpRequest(
        base_url=base_url,
        openapi="/api/openapi.json",
        live="/live",
        ready="/ready",
        without_database=twin,
    )


@pytest.fixture
def nowhere() -> str:
    """An address at which nobody listens any more."""
    with serving(SmallApi()) as url:
        return url


def test_pages_that_answer_are_searched_also_where_they_are_not_there() -> None:
    with serving(SmallApi()) as url:
        found = searched(request(url))

    pages = found["health and status pages"]
    assert (pages["looked_at"], pages["unanswered"], pages["found"]) == (PAGES, 0, [])
    assert found["responses"]["unanswered"] == 0


def test_pages_that_never_answer_are_told_apart(nowhere: str) -> None:
    with serving(SmallApi()) as url:
        found = searched(request(url, nowhere))

    pages = found["health and status pages"]
    assert (pages["looked_at"], pages["unanswered"]) == (PAGES, PAGES)


def test_where_nothing_answers_nothing_was_looked_at(nowhere: str) -> None:
    found = searched(request(nowhere))

    for name in ("responses", "health and status pages"):
        assert found[name]["looked_at"] == 0
        assert found[name]["unanswered"] > 0


def test_a_page_that_lists_variables_shows() -> None:
    class Listing(SmallApi):
        def answer(self, method: str, path: str, token: str) -> tuple[int, Any, dict[str, str]]:
            if path == "/env":
                return 200, {"DATABASE_PASSWORD": "x"}, {}
            return super().answer(method, path, token)

    with serving(Listing()) as url:
        found = searched(request(url))

    assert json.dumps(found["health and status pages"]["found"]).count("DATABASE_PASSWORD") == 1
