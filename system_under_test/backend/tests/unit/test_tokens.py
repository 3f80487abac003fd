"""Hostile tokens are refused with the documented answer; good ones are not."""

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Callable
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from flask import Flask
from flask.testing import FlaskClient

from conftest import ISSUER, SignIn
from workshop.application import create_app
from workshop.issuer import AUDIENCE, KeyPair
from workshop.settings import read_settings

Forge = Callable[[KeyPair], str]


def encoded(part: object) -> str:
    text = part if isinstance(part, bytes) else json.dumps(part).encode()
    return base64.urlsafe_b64encode(text).rstrip(b"=").decode()


def claims(**members: Any) -> dict[str, Any]:
    now = int(time.time())
    good = {"iss": ISSUER, "aud": AUDIENCE, "sub": "ada", "iat": now, "exp": now + 60}
    kept = {**good, "roles": ["admin"], **members}
    return {name: value for name, value in kept.items() if value is not ...}


def signed(keys: KeyPair, headers: dict[str, Any] | None = None, **members: Any) -> str:
    given = {"kid": keys.key_id, **(headers or {})}
    return jwt.encode(claims(**members), keys.private, algorithm="RS256", headers=given)


def unsigned(algorithm: str) -> Forge:
    def forge(keys: KeyPair) -> str:
        header = {"alg": algorithm, "typ": "JWT", "kid": keys.key_id}
        return f"{encoded(header)}.{encoded(claims())}."

    return forge


def with_confused_key(keys: KeyPair) -> str:
    """The public key, which everybody knows, taken for a shared secret."""
    secret = keys.private.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    head = {"alg": "HS256", "typ": "JWT", "kid": keys.key_id}
    message = f"{encoded(head)}.{encoded(claims())}"
    signature = hmac.new(secret, message.encode(), hashlib.sha256).digest()
    return f"{message}.{encoded(signature)}"


def with_own_key(keys: KeyPair) -> str:
    """Signed by a stranger who sends the key along."""
    stranger = KeyPair.generate()
    own = stranger.key_set()["keys"][0]
    headers = {"kid": keys.key_id, "jwk": own, "jku": "http://127.0.0.1:9/jwks.json"}
    return jwt.encode(claims(), stranger.private, algorithm="RS256", headers=headers)


def tampered(keys: KeyPair) -> str:
    head, _, signature = signed(keys, sub="ada", roles=["learner"]).split(".")
    return f"{head}.{encoded(claims())}.{signature}"


HOSTILE: dict[str, Forge] = {
    "alg none": unsigned("none"),
    "alg None": unsigned("None"),
    "alg empty": unsigned(""),
    "key confusion": with_confused_key,
    "key sent along": with_own_key,
    "tampered claims": tampered,
    "other algorithm": lambda keys: jwt.encode(
        claims(), keys.private, algorithm="RS512", headers={"kid": keys.key_id}
    ),
    "expired": lambda keys: signed(keys, exp=int(time.time()) - 60),
    "not yet": lambda keys: signed(keys, nbf=int(time.time()) + 600),
    "from the future": lambda keys: signed(keys, iat=int(time.time()) + 600),
    "wrong audience": lambda keys: signed(keys, aud="another-api"),
    "wrong issuer": lambda keys: signed(keys, iss="http://127.0.0.1:9001"),
    "no expiry": lambda keys: signed(keys, exp=...),
    "no audience": lambda keys: signed(keys, aud=...),
    "no issuer": lambda keys: signed(keys, iss=...),
    "no subject": lambda keys: signed(keys, sub=...),
    "empty subject": lambda keys: signed(keys, sub=""),
    "long subject": lambda keys: signed(keys, sub="a" * 121),
    "NUL in subject": lambda keys: signed(keys, sub="a\x00da"),
    "roles no list": lambda keys: signed(keys, roles="admin"),
    "unknown key": lambda keys: signed(keys, {"kid": "unknown"}),
    "no key id": lambda keys: jwt.encode(claims(), keys.private, algorithm="RS256"),
    "critical extension": lambda keys: signed(keys, {"crit": ["surprise"], "surprise": 1}),
    "path as key id": lambda keys: signed(keys, {"kid": "../../../../dev/null"}),
    "huge": lambda keys: signed(keys, junk="x" * 5000),
    "not a token": lambda _: "not-a-token",
    "three dots": lambda _: "...",
    "not text": lambda _: "\xff\xfe.\xff.\xff",
    "deep nesting": lambda keys: f"{encoded(b'[' * 1500)}.{encoded(claims())}.x",
}


@pytest.fixture(scope="module")
def tokens_only(variables: dict[str, str]) -> Flask:
    return create_app(read_settings(variables))


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_token_is_refused(tokens_only: Flask, keys: KeyPair, kind: str) -> None:
    headers = {"Authorization": f"Bearer {HOSTILE[kind](keys)}"}

    answer = tokens_only.test_client().get("/api/v1/enrolments", headers=headers)

    assert answer.status_code == 401
    assert answer.mimetype == "application/problem+json"
    assert answer.json is not None
    assert answer.json["type"] == "urn:workshop:problem:unauthenticated"
    assert 'error="invalid_token"' in answer.headers["WWW-Authenticate"]


@pytest.mark.parametrize("header", ["Basic YWRhOmFkYQ==", "Bearer", "Bearer ", "token", ""])
def test_something_else_than_a_bearer_token_is_refused(tokens_only: Flask, header: str) -> None:
    answer = tokens_only.test_client().get("/api/v1/enrolments", headers={"Authorization": header})

    assert answer.status_code == 401


def test_a_bad_token_is_refused_even_where_none_is_needed(tokens_only: Flask) -> None:
    answer = tokens_only.test_client().get(
        "/api/v1/features", headers={"Authorization": "Bearer nonsense"}
    )

    assert answer.status_code == 401


def test_without_a_token_the_answer_says_that_one_is_needed(tokens_only: Flask) -> None:
    answer = tokens_only.test_client().get("/api/v1/enrolments")

    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == 'Bearer realm="workshop"'


def test_a_good_token_without_the_role_is_forbidden(tokens_only: Flask, sign_in: SignIn) -> None:
    for roles in ((), ("author",), ("root", "learner ")):
        answer = tokens_only.test_client().get(
            "/api/v1/recommendations", headers=sign_in("ada", *roles)
        )
        assert answer.status_code == 403
        assert answer.json is not None
        assert answer.json["type"] == "urn:workshop:problem:forbidden"


def test_when_the_key_set_is_away_the_answer_is_503(variables: dict[str, str]) -> None:
    made = create_app(read_settings(variables | {"TOKEN_JWKS": "http://127.0.0.1:9/jwks.json"}))
    client: FlaskClient = made.test_client()
    pair = KeyPair.generate()

    answer = client.get("/api/v1/enrolments", headers={"Authorization": f"Bearer {signed(pair)}"})

    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "2"
    assert client.get("/api/v1/features").status_code == 200
