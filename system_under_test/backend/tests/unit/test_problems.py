"""Every refusal is a problem document, and none tells what happened inside."""

import logging
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from conftest import SignIn
from workshop.application import create_app
from workshop.security_headers import SECURITY_HEADERS
from workshop.settings import read_settings

NESTED = b'{"module":' * 2000 + b"1" + b"}" * 2000


@pytest.fixture(scope="module")
def plain(variables: dict[str, str]) -> Iterator[Flask]:
    made = create_app(read_settings(variables | {"BODY_BYTES": "30000"}))

    @made.get("/defect")
    def defect() -> str:
        raise RuntimeError("ada@example.org is secret")

    yield made
    made.extensions["workshop"].database.dispose()


@pytest.fixture
def client(plain: Flask) -> FlaskClient:
    return plain.test_client()


BODIES: dict[str, tuple[bytes, str, int, str]] = {
    "empty": (b"", "application/json", 400, "malformed-json"),
    "not closed": (b'{"module":', "application/json", 400, "malformed-json"),
    "single quotes": (b"{'module': 'x'}", "application/json", 400, "malformed-json"),
    "trailing": (b'{"module": "x"} {}', "application/json", 400, "malformed-json"),
    "not UTF-8": (b'{"module": "\xff\xfe"}', "application/json", 400, "malformed-json"),
    "lone surrogate": (b'{"module": "\\ud800"}', "application/json", 400, "malformed-json"),
    "deep nesting": (NESTED, "application/json", 400, "malformed-json"),
    "null": (b"null", "application/json", 422, "invalid-input"),
    "list": (b"[]", "application/json", 422, "invalid-input"),
    "JSON in JSON": (b'"{\\"module\\": \\"x\\"}"', "application/json", 422, "invalid-input"),
    "wrong type": (b'{"module": 7}', "application/json", 422, "invalid-input"),
    "NaN": (b'{"module": NaN}', "application/json", 422, "invalid-input"),
    "missing": (b"{}", "application/json", 422, "invalid-input"),
    "unknown member": (
        b'{"module": "x", "learner": "bob"}',
        "application/json",
        422,
        "invalid-input",
    ),
    "SQL": (b'{"module": "x\'; DROP TABLE modules; --"}', "application/json", 422, "invalid-input"),
    "path": (b'{"module": "../../etc/passwd"}', "application/json", 422, "invalid-input"),
    "NUL": (b'{"module": "a\\u0000b"}', "application/json", 422, "invalid-input"),
    "line break at the end": (b'{"module": "x\\n"}', "application/json", 422, "invalid-input"),
    "form": (b"module=x", "application/x-www-form-urlencoded", 415, "unsupported-media-type"),
    "no type": (b'{"module": "x"}', "", 415, "unsupported-media-type"),
    "UTF-16": (b"{}", "application/json; charset=utf-16", 415, "unsupported-media-type"),
    "huge": (b'{"module": "' + b"x" * 30_000 + b'"}', "application/json", 413, "content-too-large"),
}


@pytest.mark.parametrize("kind", BODIES)
def test_a_bad_body_gets_its_documented_answer(
    client: FlaskClient, sign_in: SignIn, kind: str
) -> None:
    body, media_type, status, name = BODIES[kind]
    headers = sign_in("ada", "learner")

    answer = client.post("/api/v1/enrolments", data=body, content_type=media_type, headers=headers)

    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")
    assert answer.json is not None
    assert answer.json["type"] == f"urn:workshop:problem:{name}"
    assert answer.json["status"] == status
    assert answer.json["trace_id"] == answer.headers["X-Trace-Id"]


def test_a_pointer_leads_to_a_member_of_any_name(client: FlaskClient, sign_in: SignIn) -> None:
    headers = sign_in("ada", "learner")

    answer = client.post("/api/v1/enrolments", json={"a/b~c": 1, "module": "x"}, headers=headers)

    assert answer.json is not None
    assert [fault["pointer"] for fault in answer.json["errors"]] == ["/body/a~1b~0c"]


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/api/v1/nothing", 404),
        ("GET", "/api/v1/modules/../../etc/passwd", 404),
        ("GET", "/api/v1/modules/..%2f..%2fetc%2fpasswd", 404),
        ("GET", "/api/v1/modules/%2e%2e", 422),
        ("GET", "/api/v1/modules/a'%20OR%201=1--", 422),
        ("GET", "/api/v1/modules/%00", 422),
        ("GET", "/api/v1/modules/" + "a" * 81, 422),
        ("GET", "/api/v1/modules?limit=0", 422),
        ("GET", "/api/v1/modules?limit=101", 422),
        ("GET", "/api/v1/modules?limit=ten", 422),
        ("GET", "/api/v1/modules?limit=1_0", 422),
        ("GET", "/api/v1/modules?limit=%201", 422),
        ("GET", "/api/v1/modules?limit=1.0", 422),
        ("GET", "/api/v1/modules?limit=1&limit=2", 422),
        ("GET", "/api/v1/modules?surprise=1", 422),
        ("GET", "/api/v1/modules?level=expert", 422),
        ("GET", "/api/v1/modules?cursor=!!", 422),
        ("GET", "/api/v1/features?surprise=1", 200),
        ("DELETE", "/api/v1/modules", 405),
        ("OPTIONS", "/api/v1/modules", 405),
        ("TRACE", "/api/v1/modules", 405),
        ("INVENTED", "/api/v1/modules", 405),
        ("POST", "/health/live", 405),
    ],
)
def test_a_bad_address_gets_its_documented_answer(
    client: FlaskClient, method: str, path: str, status: int
) -> None:
    answer = client.open(path, method=method)

    assert answer.status_code == status
    if status >= 400:
        assert answer.mimetype == "application/problem+json"
    if status == 405:
        assert answer.headers["Allow"]


def test_a_defect_tells_the_client_nothing_and_the_log_where(
    client: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR):
        answer = client.get("/defect")

    assert answer.status_code == 500
    assert b"ada@example.org" not in answer.data
    assert b"Traceback" not in answer.data
    fields = caplog.records[-1].fields  # type: ignore[attr-defined]
    assert fields["error"] == "builtins.RuntimeError"
    assert fields["route"] == "/defect"
    assert any("test_problems.py" in frame for frame in fields["stack"])
    assert "ada@example.org" not in str(fields)


def test_every_answer_carries_the_security_headers(client: FlaskClient) -> None:
    for path in ("/api/v1/features", "/api/v1/nothing", "/defect", "/health/live", "/metrics"):
        answer = client.get(path)
        assert {name: answer.headers.get(name) for name in SECURITY_HEADERS} == SECURITY_HEADERS
        assert "Server" not in answer.headers


def test_when_the_database_is_away_only_what_needs_it_fails(away: FlaskClient) -> None:
    assert away.get("/health/live").status_code == 200
    assert away.get("/api/v1/features").status_code == 200
    for path in ("/health/ready", "/api/v1/modules"):
        answer = away.get(path)
        assert (answer.status_code, answer.headers["Retry-After"]) == (503, "2")
        assert answer.mimetype == "application/problem+json"


def test_a_defect_is_counted_as_an_error(client: FlaskClient) -> None:
    client.get("/defect")

    page = client.get("/metrics").text
    assert 'http_server_errors_total{error="500",method="GET",route="/defect"}' in page
