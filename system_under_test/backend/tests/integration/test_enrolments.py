"""Enrolments on a real database: idempotent, owned, counted, safe when requests race."""

import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from bodies import MODULES, new_module
from conftest import Headers, SignIn
from workshop.flags.rollout import place

ENROLMENTS = "/api/v1/enrolments"


@pytest.fixture
def learner(sign_in: SignIn) -> Headers:
    return sign_in(f"learner-{uuid.uuid4().hex[:8]}", "learner")


@pytest.fixture
def module(client: FlaskClient, sign_in: SignIn) -> Iterator[str]:
    """A published module of its own, with two lessons."""
    body, admin = new_module(state="published"), sign_in("edsger", "admin")
    path = client.post(MODULES, json=body, headers=admin).location
    yield body["slug"]
    client.delete(path, headers=admin)


def enrol(client: FlaskClient, slug: str, headers: Headers) -> Any:
    return client.post(ENROLMENTS, json={"module": slug}, headers=headers)


def test_enrolling_again_changes_nothing(
    client: FlaskClient, learner: Headers, module: str
) -> None:
    first, second = (enrol(client, module, learner) for _ in range(2))

    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json == second.json
    assert first.location == f"{ENROLMENTS}/{first.json['id']}"
    assert client.get(f"{MODULES}/{module}").json["enrolment_count"] == 1  # type: ignore[index]


def test_one_enrolment_comes_of_many_at_once(app: Flask, learner: Headers, module: str) -> None:
    def once(_: int) -> tuple[int, str]:
        answer = enrol(app.test_client(), module, learner)
        return answer.status_code, answer.json["id"]

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(once, range(12)))

    assert sorted(status for status, _ in answers) == [200] * 11 + [201]
    assert len({identity for _, identity in answers}) == 1


def test_progress_is_kept_and_completion_noted(
    client: FlaskClient, learner: Headers, module: str
) -> None:
    path = enrol(client, module, learner).location

    def put(position: int) -> Any:
        return client.put(f"{path}/lessons/{position}", headers=learner).json

    assert put(2)["progress"] == 50
    assert put(2)["completed_lessons"] == [2]
    done = put(1)
    assert (done["progress"], done["completed_lessons"]) == (100, [1, 2])
    assert done["completed_at"].endswith("Z")
    assert put(1)["completed_at"] == done["completed_at"], "completing again moves nothing"
    reopened = client.delete(f"{path}/lessons/1", headers=learner).json
    assert reopened is not None
    assert (reopened["progress"], reopened["completed_at"]) == (50, None)
    assert client.delete(f"{path}/lessons/1", headers=learner).status_code == 200
    assert client.put(f"{path}/lessons/3", headers=learner).status_code == 404


def test_progress_made_at_once_is_not_lost(app: Flask, learner: Headers, module: str) -> None:
    path = enrol(app.test_client(), module, learner).location

    with ThreadPoolExecutor(2) as pool:
        list(
            pool.map(
                lambda at: app.test_client().put(f"{path}/lessons/{at}", headers=learner), (1, 2)
            )
        )

    shown = app.test_client().get(path, headers=learner).json
    assert shown is not None
    assert (shown["progress"], shown["completed_lessons"]) == (100, [1, 2])
    assert shown["completed_at"] is not None


def test_an_enrolment_is_its_learners_and_admins_alone(
    client: FlaskClient, learner: Headers, module: str, sign_in: SignIn
) -> None:
    path = enrol(client, module, learner).location
    stranger, admin = sign_in("mallory", "learner", "author"), sign_in("edsger", "admin")

    assert client.get(path).status_code == 401
    assert client.get(path, headers=stranger).status_code == 404
    assert client.put(f"{path}/lessons/1", headers=stranger).status_code == 404
    assert client.delete(f"{path}/lessons/1", headers=stranger).status_code == 404
    assert client.delete(path, headers=stranger).status_code == 404
    assert client.get(path, headers=admin).status_code == 200
    assert client.put(f"{path}/lessons/1", headers=admin).status_code == 403
    assert client.get(path, headers=learner).json["progress"] == 0  # type: ignore[index]
    assert client.delete(path, headers=learner).status_code == 204
    assert client.get(path, headers=learner).status_code == 404


def test_lists_hold_the_callers_own(
    client: FlaskClient, learner: Headers, module: str, sign_in: SignIn
) -> None:
    slugs = [module, "small-commits", "telemetry-first"]
    name = enrol(client, slugs[0], learner).json["learner"]
    for slug in slugs[1:]:
        enrol(client, slug, learner)
    admin = sign_in("edsger", "admin")

    first = client.get(ENROLMENTS, query_string={"limit": 2}, headers=learner).json
    assert first is not None
    query = {"limit": 2, "cursor": first["next_cursor"]}
    second = client.get(ENROLMENTS, query_string=query, headers=learner).json
    assert second is not None

    listed = [entry["module"]["slug"] for entry in first["items"] + second["items"]]
    assert (listed, second["next_cursor"]) == (slugs[::-1], None)
    seen = client.get(ENROLMENTS, query_string={"learner": name}, headers=admin).json
    assert seen is not None
    assert len(seen["items"]) == 3
    other = client.get(
        ENROLMENTS, query_string={"learner": name}, headers=sign_in("mallory", "learner")
    )
    assert other.status_code == 403
    catalogue_cursor = client.get(f"{MODULES}?limit=1&order=title").json["next_cursor"]  # type: ignore[index]
    wrong = client.get(ENROLMENTS, query_string={"cursor": catalogue_cursor}, headers=learner)
    assert wrong.status_code == 422


def test_nobody_enrols_in_what_is_not_there(
    client: FlaskClient, learner: Headers, sign_in: SignIn
) -> None:
    draft = new_module()
    client.post(MODULES, json=draft, headers=sign_in("grace", "author"))

    assert enrol(client, "not-there", learner).status_code == 404
    assert enrol(client, draft["slug"], learner).status_code == 404
    assert enrol(client, "small-commits", sign_in("grace", "author")).status_code == 403


def test_a_module_with_learners_is_not_deleted(
    client: FlaskClient, learner: Headers, module: str, sign_in: SignIn
) -> None:
    enrolment = enrol(client, module, learner).location
    admin = sign_in("edsger", "admin")

    assert client.delete(f"{MODULES}/{module}", headers=admin).status_code == 409
    assert client.get(enrolment, headers=learner).status_code == 200
    client.delete(enrolment, headers=learner)
    assert client.delete(f"{MODULES}/{module}", headers=admin).status_code == 204


def test_recommendations_are_behind_their_flag(client: FlaskClient, sign_in: SignIn) -> None:
    """ada stands at 69 on the flag's line, of which 50 percent see it."""
    inside = next(f"u{n}" for n in range(99) if place("recommendations", f"u{n}") < 50)
    seen = sign_in(inside, "learner")
    enrol(client, "small-commits", seen)

    assert (
        client.get("/api/v1/recommendations", headers=sign_in("ada", "learner")).status_code == 404
    )
    answer = client.get("/api/v1/recommendations", headers=seen).json
    assert answer is not None
    assert len(answer["items"]) == 5
    assert "small-commits" not in {module["slug"] for module in answer["items"]}


def test_new_enrolments_are_counted_by_variant(
    client: FlaskClient, learner: Headers, module: str
) -> None:
    features = client.get("/api/v1/features", headers=learner).json
    assert features is not None
    variant = features["variants"]["catalogue-order"]
    name = f'workshop_enrolments_total{{flag="catalogue-order",variant="{variant}"}}'

    def count() -> float:
        page = client.get("/metrics").text
        values = [line.split()[-1] for line in page.splitlines() if line.startswith(name)]
        return float(values[0]) if values else 0.0

    before = count()
    enrol(client, module, learner)
    enrol(client, module, learner)

    assert count() == before + 1
