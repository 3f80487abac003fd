"""Every operation is used once as it is meant; what that made is gone afterwards."""

from __future__ import annotations

import copy
from collections import Counter
from typing import Any

import pytest

from assurance.collectors.http.client import Client, status_of
from assurance.collectors.http.description import Description
from assurance.collectors.http.generator import tried_operations
from assurance.collectors.http.people import People
from assurance.collectors.http.uses import Uses
from tests.collectors.small_api import DOCUMENT, SmallApi, serving

PATH = "/api/notes/{id}"
HINTS: dict[str, Any] = {
    "security": [{"bearer": ["writer"]}],
    "responses": {"200": {"description": "some"}, "404": {"description": "not for all"}},
}


class Flagged(SmallApi):
    """Notes, with hints that only some people see, and pages that are nobody's."""

    def answer(self, method: str, path: str, token: str) -> tuple[int, Any, dict[str, str]]:
        """Return status, body and headers."""
        if path == "/api/hints":
            return (200 if token == "other" else 404), {}, {}
        if path == "/api/pages":
            return 200, {"items": [{"slug": "first"}], "next": None}, {}
        if path.startswith("/api/pages/"):
            return (200 if path.partition("?")[0].endswith(("first", "home")) else 404), {}, {}
        return super().answer(method, path, token)


def document() -> dict[str, Any]:
    found = copy.deepcopy(DOCUMENT)
    slug = {"name": "slug", "in": "path", "required": True, "schema": {"type": "string"}}
    size = {"name": "size", "in": "query", "required": True, "schema": {"type": "integer"}}
    page = {"parameters": [slug, size], "responses": HINTS["responses"]}
    found["paths"]["/api/hints"] = {"get": HINTS}
    found["paths"]["/api/pages/{slug}"] = {"get": page, "delete": page}
    found["paths"]["/api/pages"] = {"get": {"responses": HINTS["responses"]}}
    return found


@pytest.fixture
def people(monkeypatch: pytest.MonkeyPatch) -> People:
    monkeypatch.setenv("WRITER_TOKEN", "good")
    monkeypatch.setenv("OTHER_TOKEN", "other")
    return People("", "", {"writer": "WRITER_TOKEN", "writer/2": "OTHER_TOKEN"})


def used(api: SmallApi, described: Description, people: People) -> Uses:
    with serving(api) as url, Client(url) as client:
        uses = Uses(client, described, people, ())
        uses.use_all()
    return uses


def statuses(uses: Uses) -> dict[str, list[int | None]]:
    found: dict[str, list[int | None]] = {}
    for name, exchange in uses.answers:
        found.setdefault(name, []).append(status_of(exchange))
    return found


def test_what_one_use_makes_the_next_ones_work_on_and_the_last_one_removes(people: People) -> None:
    api = Flagged()

    found = statuses(used(api, Description(document(), {}), people))

    assert found["POST /api/notes"] == [201]
    assert found["GET /api/notes/{id}"] == [200]
    assert found["DELETE /api/notes/{id}"] == [204]
    assert api.notes == {}
    assert Counter(asked.partition(" ")[0] for asked in api.asked) == {
        "GET": 2,
        "POST": 1,
        "DELETE": 1,
    }


def test_what_is_not_there_for_one_person_is_asked_for_by_others(people: People) -> None:
    found = statuses(used(Flagged(), Description(document(), {}), people))

    assert found["GET /api/hints"] == [404, 200]


def test_what_is_there_for_nobody_is_asked_for_a_bounded_number_of_times() -> None:
    class Many(People):
        def token(self, roles: Any, person: int = 1) -> str:
            return "good"

    found = statuses(used(Flagged(), Description(document(), {}), Many("", "", {})))

    assert found["GET /api/hints"] == [404] * 16


def test_what_a_list_shows_is_read_and_never_removed(people: People) -> None:
    uses = used(Flagged(), Description(document(), {}), people)
    found = statuses(uses)

    assert found["GET /api/pages/{slug}"] == [200]
    assert found["DELETE /api/pages/{slug}"] == [404]
    asked = {name: exchange["request"]["path"] for name, exchange in uses.answers}
    assert asked["GET /api/pages/{slug}"] == "/api/pages/first?size=1"
    assert "first" not in asked["DELETE /api/pages/{slug}"]


def test_what_the_user_gave_for_an_operation_is_used_for_it_alone(people: People) -> None:
    given = {"DELETE /api/pages/{slug}": {"slug": "home", "size": 7}}

    uses = used(Flagged(), Description(document(), {}, given), people)

    asked = {name: exchange["request"]["path"] for name, exchange in uses.answers}
    assert asked["DELETE /api/pages/{slug}"] == "/api/pages/home?size=7"
    assert asked["GET /api/pages/{slug}"] == "/api/pages/first?size=1"


def test_what_cannot_be_removed_is_told(people: People) -> None:
    class Keeping(SmallApi):
        def answer(self, method: str, path: str, token: str) -> tuple[int, Any, dict[str, str]]:
            if method == "DELETE":
                return 409, {}, {}
            return super().answer(method, path, token)

    api = Keeping()

    uses = used(api, Description(DOCUMENT, {}), people)

    assert uses.stayed == [f"/api/notes/{note}" for note in api.notes] != []


def test_what_was_there_before_is_left_alone(people: People) -> None:
    class Known(SmallApi):
        def answer(self, method: str, path: str, token: str) -> tuple[int, Any, dict[str, str]]:
            status, body, headers = super().answer(method, path, token)
            return (200 if status == 201 else status), body, headers

    api = Known()

    used(api, Description(DOCUMENT, {}), people)

    assert len(api.notes) == 1


@pytest.mark.parametrize(
    ("part", "value"),
    [
        ({"example": 7, "schema": {"type": "integer"}}, 7),
        ({"examples": {"one": {"value": 8}}, "schema": {"type": "integer"}}, 8),
        ({"schema": {"type": "integer", "minimum": 9}}, 9),
    ],
)
def test_a_parameter_has_the_value_of_its_example(part: dict[str, Any], value: int) -> None:
    assert Description(DOCUMENT, {}).value(part) == value


@pytest.mark.parametrize(("method", "meets"), [("GET", True), ("DELETE", False), ("PUT", False)])
def test_what_the_document_shows_as_an_example_is_only_read(method: str, meets: bool) -> None:
    told = copy.deepcopy(DOCUMENT)
    item = told["paths"]["/api/notes/{id}"]
    item["parameters"][0]["example"] = "n1"
    item["put"] = item["get"]
    described = Description(told, {})
    operation = next(each for each in described.operations if each.name == f"{method} {PATH}")

    assert described.target(operation, {}).endswith("/n1") is meets
    assert not described.path(operation).endswith("/n1"), "what hostile requests meet is not there"


def test_a_body_is_the_given_one_or_else_the_example_of_the_document() -> None:
    told = copy.deepcopy(DOCUMENT)
    media = told["paths"]["/api/notes"]["post"]["requestBody"]["content"]["application/json"]
    media["example"] = {"text": "hello"}

    def body(described: Description) -> Any:
        return described.body_for(next(each for each in described.operations if each.creates))

    assert body(Description(told, {})) == {"text": "hello"}
    assert body(Description(told, {"POST /api/notes": {"text": "given"}})) == {"text": "given"}


def test_an_answer_to_a_use_is_held_against_its_schema(people: People) -> None:
    told = copy.deepcopy(DOCUMENT)
    schema = {"type": "object", "required": ["title"], "properties": {"title": {"type": "string"}}}
    made = told["paths"]["/api/notes"]["post"]["responses"]["201"]
    made["content"] = {"application/json": {"schema": schema}}
    told["paths"] = {"/api/notes": {"post": told["paths"]["/api/notes"]["post"]}}
    described = Description(told, {})

    api = SmallApi()

    with serving(api) as url, Client(url, requests_per_minute=7200) as client:
        uses = Uses(client, described, people, ())
        uses.use_all()
        found = tried_operations(client, told, described, token="", aims={}, uses=uses.answers)

    assert len(api.asked) < 200, "the generator ends when it has nothing new, not when time is up"
    assert found[0]["statuses"]["201"] == 1
    assert '"title" is a required property' in found[0]["failures"]["response_schema_conformance"]
