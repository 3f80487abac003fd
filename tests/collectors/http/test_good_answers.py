"""Of every operation a good answer is kept, with its headers, without what is its client's."""

from __future__ import annotations

from typing import Any

import pytest

from assurance.collectors.http.client import Client
from assurance.collectors.http.description import Description
from assurance.collectors.http.good_answers import good_answers
from assurance.collectors.http.people import People
from assurance.collectors.http.uses import Uses
from tests.collectors.small_api import DOCUMENT, SmallApi, serving

DESCRIBED = Description(DOCUMENT, {})


def told(people: People) -> dict[str, dict[str, Any]]:
    api = SmallApi(extra={"X-Content-Type-Options": "nosniff", "Set-Cookie": "session=secret"})
    with serving(api) as url, Client(url) as client:
        uses = Uses(client, DESCRIBED, people, ())
        uses.use_all()
        return {each["operation"]: each for each in good_answers(DESCRIBED, uses.answers)}


def test_every_operation_that_was_used_tells_its_headers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WRITER_TOKEN", "good")

    found = told(People("", "", {"writer": "WRITER_TOKEN"}))

    assert {name: each["response"]["status"] for name, each in found.items()} == {
        "GET /api/notes": 200,
        "POST /api/notes": 201,
        "GET /api/notes/{id}": 200,
        "DELETE /api/notes/{id}": 204,
    }
    for each in found.values():
        assert each["response"]["headers"]["x-content-type-options"] == "nosniff"
        assert "set-cookie" not in each["response"]["headers"]


def test_an_operation_that_never_succeeded_tells_what_came_instead() -> None:
    found = told(People("", "", {}))

    assert found["POST /api/notes"] == {"operation": "POST /api/notes", "instead": [401]}
    assert found["GET /api/notes"]["response"]["status"] == 200


@pytest.mark.parametrize(
    ("announced", "status", "good"),
    [
        (["200"], 302, False),
        (["302", "404"], 302, True),
        (["200"], 206, True),
        (["302"], 404, False),
    ],
)
def test_an_operation_may_be_there_to_lead_on(
    announced: list[str], status: int, good: bool
) -> None:
    responses = {each: {"description": "it"} for each in announced}
    described = Description({"paths": {"/go": {"get": {"responses": responses}}}}, {})
    exchange = {"response": {"status": status, "headers": {}}}

    (found,) = good_answers(described, [("GET /go", exchange)])

    assert ("response" in found) is good


def test_what_only_a_generator_got_is_a_good_answer_too() -> None:
    came = {"404": {"a": "refused"}, "200": {"Referrer-Policy": "no-referrer", "Set-Cookie": "s"}}
    tried = {"operation": "GET /api/notes/{id}", "headers": came}
    used = ("GET /api/notes/{id}", {"response": {"status": 404, "headers": {}}})

    found = {each["operation"]: each for each in good_answers(DESCRIBED, [used], [tried])}

    assert found["GET /api/notes/{id}"]["response"] == {
        "status": 200,
        "headers": {"referrer-policy": "no-referrer"},
    }
