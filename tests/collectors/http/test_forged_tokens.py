"""Forged tokens are what attackers would send: each differs from a good one in one thing."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from typing import Any

import pytest
from joserfc import jwt
from joserfc.errors import BadSignatureError
from joserfc.jwk import RSAKey

from assurance.collectors.http.people import People
from assurance.collectors.http.token_trials import _bad_tokens

KEY = RSAKey.generate_key(2048, {"kid": "k1"})
CLAIMS = {"sub": "ada", "roles": ["writer"]}


class Lab(People):
    """An issuer in this process."""

    def __init__(self) -> None:
        super().__init__("http://127.0.0.1:9", "notes", {})
        self.asked: list[dict[str, Any]] = []

    def mint(self, roles: Any, **asked: Any) -> str:
        self.asked.append(asked)
        return jwt.encode({"alg": "RS256", "kid": "k1"}, CLAIMS, KEY, algorithms=["RS256"])

    def keys(self) -> list[dict[str, Any]]:
        return [dict(KEY.as_dict(private=False))]


@pytest.fixture
def forged() -> dict[str, str]:
    return dict(_bad_tokens(Lab(), frozenset({"writer"})))


def test_every_kind_is_forged(forged: dict[str, str]) -> None:
    assert set(forged) == {
        *("missing", "malformed", "altered", "unsigned", "other_key", "own_key"),
        *("confused_key", "expired", "other_audience", "other_issuer"),
    }


@pytest.mark.parametrize("kind", ["altered", "other_key"])
def test_a_forged_signature_is_not_the_issuers(forged: dict[str, str], kind: str) -> None:
    with pytest.raises(BadSignatureError):
        jwt.decode(forged[kind], KEY, algorithms=["RS256"])


def test_a_confused_verifier_would_accept_the_public_key_as_a_password(
    forged: dict[str, str],
) -> None:
    text, _, mac = forged["confused_key"].rpartition(".")
    password = KEY.as_pem(private=False)

    expected = hmac.new(password, text.encode(), hashlib.sha256).digest()
    assert base64.urlsafe_b64decode(mac + "=") == expected


def test_an_unsigned_token_says_so(forged: dict[str, str]) -> None:
    assert forged["unsigned"].endswith(".")
    header = forged["unsigned"].split(".")[0]
    assert json.loads(base64.urlsafe_b64decode(header + "=="))["alg"] == "none"


def test_the_issuer_is_asked_for_what_only_it_can_sign() -> None:
    lab = Lab()

    dict(_bad_tokens(lab, frozenset({"writer"})))

    assert {"seconds": -3600} in lab.asked
    assert {"audience": "https://another.api.invalid"} in lab.asked
    assert {"issuer": "https://another.issuer.invalid"} in lab.asked


def test_a_token_may_bring_a_key_that_is_not_the_issuers(forged: dict[str, str]) -> None:
    header = json.loads(base64.urlsafe_b64decode(forged["own_key"].split(".")[0] + "=="))

    assert header["kid"] == "k1"
    assert header["jwk"]["n"] != KEY.as_dict(private=False)["n"]
