"""Trials tell careful APIs from careless ones, and leave nothing behind."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from assurance.collectors.http.client import Client, asking, status_of
from assurance.collectors.http.description import Description
from assurance.collectors.http.people import People
from assurance.collectors.http.possessions import (
    aims,
    make_possessions,
    possession_trials,
    possessions_seen,
    remove_possessions,
    role_trials,
)
from assurance.collectors.http.token_trials import token_trials
from assurance.errors import NotCollected, SettingsError
from tests.collectors.small_api import DOCUMENT, SmallApi, serving


@pytest.fixture
def people(monkeypatch: pytest.MonkeyPatch) -> People:
    monkeypatch.setenv("WRITER_TOKEN", "good")
    monkeypatch.setenv("OTHER_TOKEN", "other")
    return People("", "", {"writer": "WRITER_TOKEN", "writer/2": "OTHER_TOKEN"})


DESCRIBED = Description(DOCUMENT, {})


def test_operations_are_read_with_their_roles_and_what_protects_them() -> None:
    found = {each.name: (each.protected, set(each.roles)) for each in DESCRIBED.operations}

    assert found == {
        "GET /api/notes": (False, set()),
        "POST /api/notes": (True, {"writer"}),
        "GET /api/notes/{id}": (True, {"writer"}),
        "DELETE /api/notes/{id}": (True, {"writer"}),
    }
    assert DESCRIBED.prefix == "/api"


@pytest.mark.parametrize(
    ("schema", "value"),
    [
        ({"type": "integer", "minimum": 3}, 3),
        ({"enum": ["a", "b"]}, "a"),
        ({"anyOf": [{"type": "boolean"}, {"type": "null"}]}, False),
        ({"type": "array", "minItems": 2, "items": {"const": 1}}, [1, 1]),
        ({"type": "object", "properties": {"a": {"type": "integer"}}}, {"a": 1}),
    ],
)
def test_a_sample_fits_its_schema(schema: Mapping[str, object], value: object) -> None:
    assert DESCRIBED.sample(schema) == value


def test_a_text_fits_its_bounds_and_its_pattern() -> None:
    schema = {"type": "string", "minLength": 2, "maxLength": 9, "pattern": "^[a-z]+$"}

    assert DESCRIBED.sample(schema) == "assurance"


def test_bad_tokens_are_refused_by_a_careful_api(people: People) -> None:
    with serving(SmallApi()) as url, Client(url) as client:
        found = {
            each["operation"]: each["trials"]
            for each in token_trials(client, DESCRIBED, people_without_jwt(people))
        }

    assert found["GET /api/notes/{id}"] == {"missing": 401, "malformed": 401}


def test_tokens_that_are_no_jwt_are_tried_as_far_as_they_can_be(people: People) -> None:
    with serving(SmallApi()) as url, Client(url) as client:
        found = token_trials(client, DESCRIBED, people)

    by_operation = {each["operation"]: each for each in found}
    assert by_operation["GET /api/notes/{id}"]["trials"] == {
        "valid": 404,
        "missing": 401,
        "malformed": 401,
        "altered": 401,
    }
    assert set(by_operation["GET /api/notes/{id}"]["untried"]) == {
        *("unsigned", "other_key", "own_key", "confused_key")
    }


def people_without_jwt(people: People) -> People:
    """Nobody: what needs a real token to be changed is then not tried."""
    return People("", "", {})


def test_an_api_that_asks_for_no_token_shows() -> None:
    with serving(SmallApi(guarded=False)) as url, Client(url) as client:
        found = token_trials(client, DESCRIBED, People("", "", {}))

    assert {each["trials"]["missing"] for each in found} == {201, 404}


@pytest.mark.parametrize(("private", "status"), [(True, 404), (False, 200)])
def test_a_stranger_who_gets_in_shows(people: People, private: bool, status: int) -> None:
    api = SmallApi(private=private)

    with serving(api) as url, Client(url) as client:
        made = make_possessions(client, DESCRIBED, people, ())
        seen = possessions_seen(client, made)
        tried = list(possession_trials(client, DESCRIBED, people, made, ()))
        stayed = remove_possessions(client, made)

    assert [(each["status"], each["seen"]) for each in seen] == [(201, 200)]
    by_operation = {each["operation"]: each for each in tried}
    assert by_operation["GET /api/notes/{id}"]["status"] == status
    assert by_operation["GET /api/notes/{id}"]["shows"] is not private
    assert by_operation["DELETE /api/notes/{id}"]["changes"] is not private
    assert api.notes == {}
    assert bool(stayed) is not private


def test_what_was_made_is_what_later_requests_meet(people: People) -> None:
    with serving(SmallApi()) as url, Client(url) as client:
        made = make_possessions(client, DESCRIBED, people, ())
        found = aims(DESCRIBED, made)

    assert found == {"GET /api/notes/{id}": {"id": made[0].path.rpartition("/")[2]}}


def test_roles_are_tried_with_the_tokens_that_there_are(people: People) -> None:
    with serving(SmallApi()) as url, Client(url) as client:
        found = list(role_trials(client, DESCRIBED, people))

    assert {each["operation"]: each["statuses"] for each in found}["GET /api/notes/{id}"] == {
        "writer": 404
    }


def test_a_path_is_sent_as_it_is_written() -> None:
    api = SmallApi()

    with serving(api) as url, Client(url) as client:
        client.send(asking("GET", "/api/../..%2fetc/passwd"))

    assert api.asked == ["GET /api/../..%2fetc/passwd"]


def test_an_answer_that_never_comes_is_told() -> None:
    with serving(SmallApi()) as url:
        pass
    with Client(url) as client:
        found = client.send(asking("GET", "/"))

    assert status_of(found) is None
    assert "Connect" in found["error"]


def test_a_token_that_is_not_in_the_environment_is_the_callers_mistake() -> None:
    with pytest.raises(SettingsError, match="NOWHERE holds no token"):
        People("", "", {"writer": "NOWHERE"}).token(["writer"])


def test_an_issuer_that_mints_nothing_is_named() -> None:
    with serving(SmallApi()) as url, pytest.raises(NotCollected, match="gave no token"):
        People(url, "", {}).token(["writer"])
