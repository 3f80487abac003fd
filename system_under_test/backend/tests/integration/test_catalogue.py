"""The catalogue on a real database: lists, drafts, versions, ownership."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from bodies import MODULES, new_module
from conftest import SignIn


@pytest.mark.parametrize("order", ["title", "newest", "popular"])
@pytest.mark.parametrize("limit", [1, 3, 5])
def test_pages_hold_every_module_once_and_in_order(
    client: FlaskClient, order: str, limit: int
) -> None:
    whole = client.get(MODULES, query_string={"order": order, "limit": 100}).json
    assert whole is not None
    paged: list[Any] = []
    cursor = None
    while cursor is not None or not paged:
        query = {"order": order, "limit": limit} | ({"cursor": cursor} if cursor else {})
        page = client.get(MODULES, query_string=query).json
        assert page is not None
        assert len(page["items"]) <= limit
        paged += page["items"]
        cursor = page["next_cursor"]
        if cursor is None:
            break

    assert [module["id"] for module in paged] == [module["id"] for module in whole["items"]]
    assert len({module["id"] for module in paged}) == len(paged) >= 12


def test_a_list_goes_on_in_the_order_in_which_it_began(client: FlaskClient) -> None:
    first = client.get(MODULES, query_string={"order": "title", "limit": 2}).json
    assert first is not None

    following = client.get(MODULES, query_string={"cursor": first["next_cursor"], "limit": 2})
    other = client.get(MODULES, query_string={"cursor": first["next_cursor"], "order": "newest"})

    assert following.headers["X-Catalogue-Order"] == "title"
    assert following.json is not None
    titles = [module["title"] for module in first["items"] + following.json["items"]]
    assert titles == sorted(titles)
    assert other.status_code == 422


def test_filters_narrow_the_list(client: FlaskClient) -> None:
    answer = client.get(MODULES, query_string={"level": "advanced", "topic": "security"}).json

    assert answer is not None
    assert [module["slug"] for module in answer["items"]] == ["tokens-and-trust"]


@pytest.mark.parametrize(
    ("words", "found"),
    [("TOKENS", 1), ("%", 0), ("_okens", 0), ("'; DROP TABLE modules; --", 0), ("\\", 0)],
)
def test_words_are_searched_literally(client: FlaskClient, words: str, found: int) -> None:
    answer = client.get(MODULES, query_string={"q": words})

    assert answer.status_code == 200
    assert answer.json is not None
    assert len(answer.json["items"]) == found


def test_a_module_is_not_sent_again_while_it_stays_the_same(client: FlaskClient) -> None:
    first = client.get(f"{MODULES}/small-commits")

    again = client.get(f"{MODULES}/small-commits", headers={"If-None-Match": first.headers["ETag"]})

    assert first.json is not None
    assert [lesson["position"] for lesson in first.json["lessons"]] == [1, 2, 3]
    assert (again.status_code, again.data) == (304, b"")


def test_a_draft_is_seen_by_its_author_and_admins_alone(
    client: FlaskClient, sign_in: SignIn
) -> None:
    grace, heidi, admin = (
        sign_in("grace", "author"),
        sign_in("heidi", "author"),
        sign_in("e", "admin"),
    )
    made = client.post(MODULES, json=new_module(), headers=grace)
    assert made.status_code == 201
    path = made.headers["Location"]

    assert [client.get(path, headers=h).status_code for h in (grace, admin)] == [200, 200]
    assert client.get(path, headers=heidi).status_code == 404
    assert client.get(path).status_code == 404
    assert client.patch(path, json={"state": "published"}, headers=grace).status_code == 200
    assert client.get(path).status_code == 200


def test_a_module_is_changed_by_its_owner_and_admins_alone(
    client: FlaskClient, sign_in: SignIn
) -> None:
    grace = sign_in("grace", "author")
    path = client.post(MODULES, json=new_module(state="published"), headers=grace).location
    changes = {"title": "Taken over"}

    assert client.patch(path, json=changes).status_code == 401
    assert client.patch(path, json=changes, headers=sign_in("ada", "learner")).status_code == 403
    assert client.patch(path, json=changes, headers=sign_in("heidi", "author")).status_code == 403
    assert client.delete(path, headers=sign_in("heidi", "author")).status_code == 403
    assert client.get(path).json["title"] == "A module"  # type: ignore[index]
    assert client.patch(path, json=changes, headers=sign_in("e", "admin")).status_code == 200
    assert client.delete(path, headers=grace).status_code == 204
    assert client.get(path).status_code == 404


def test_a_change_meant_for_an_older_version_is_refused(
    client: FlaskClient, sign_in: SignIn
) -> None:
    grace = sign_in("grace", "author")
    made = client.post(MODULES, json=new_module(), headers=grace)
    old = {**grace, "If-Match": made.headers["ETag"]}

    first = client.patch(made.location, json={"level": "advanced"}, headers=old)
    second = client.patch(made.location, json={"level": "beginner"}, headers=old)

    assert (first.status_code, second.status_code) == (200, 412)
    assert first.headers["ETag"] != made.headers["ETag"]
    assert client.delete(made.location, headers=old).status_code == 412
    assert client.get(made.location, headers=grace).json["level"] == "advanced"  # type: ignore[index]


def test_a_slug_is_given_once(client: FlaskClient, sign_in: SignIn) -> None:
    body, grace = new_module(), sign_in("grace", "author")

    answers = [client.post(MODULES, json=body, headers=grace) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [201, 409]
    assert client.get(f"{MODULES}/{body['slug']}", headers=grace).status_code == 200


@pytest.mark.parametrize(
    "members",
    [
        {"title": ""},
        {"title": "   "},
        {"title": "two\nlines"},
        {"title": "x" * 121},
        {"level": "expert"},
        {"state": "deleted"},
        {"lessons": []},
        {"lessons": [{"title": "a", "body": "b", "minutes": 0}]},
        {"lessons": [{"title": "a", "body": "b", "minutes": "5"}]},
        {"lessons": [{"title": "a", "body": "b\x00", "minutes": 5}]},
        {"author": "ada"},
        {"enrolment_count": 5},
    ],
)
def test_a_module_of_the_wrong_shape_is_not_made(
    client: FlaskClient, sign_in: SignIn, members: dict[str, Any]
) -> None:
    body, grace = new_module(**members), sign_in("grace", "author")

    answer = client.post(MODULES, json=body, headers=grace)

    assert answer.status_code == 422
    assert client.get(f"{MODULES}/{body['slug']}", headers=grace).status_code == 404


def test_nothing_to_change_is_refused(client: FlaskClient, sign_in: SignIn) -> None:
    answer = client.patch(f"{MODULES}/small-commits", json={}, headers=sign_in("e", "admin"))

    assert answer.status_code == 422
