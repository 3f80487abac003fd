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
from assurance.collectors.http.token_trials import Unmade, _bad_tokens

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
    found = dict(_bad_tokens(Lab(), frozenset({"writer"})))
    return {kind: token for kind, token in found.items() if isinstance(token, str)}


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


class Opaque(Lab):
    """An issuer whose tokens say nothing to anybody but the API."""

    token_ = "no-dots-at-all"

    def mint(self, roles: Any, **asked: Any) -> str:
        super().mint(roles, **asked)
        return self.token_


@pytest.mark.parametrize(
    "token", ["aaa", "xAbbb8c", "a.b.c", "W10.W10.e30", "e30.e30.iv.text.tag", "\N{SNOWMAN}.e30.x"]
)
def test_of_a_token_that_is_no_jwt_only_another_one_can_be_made(token: str) -> None:
    issuer = Opaque()
    issuer.token_ = token

    found = dict(_bad_tokens(issuer, frozenset({"writer"})))

    assert isinstance(found["altered"], str)
    assert found["altered"] != token
    assert len(found["altered"]) == len(token)
    unmade = {kind for kind, bad in found.items() if isinstance(bad, Unmade)}
    assert unmade == {"unsigned", "other_key", "own_key", "confused_key"}
    assert set(found) - unmade == {
        *("missing", "malformed", "altered", "expired", "other_audience", "other_issuer")
    }


def test_without_the_issuers_key_nobody_can_pretend_to_have_one_like_it() -> None:
    class Silent(Lab):
        def keys(self) -> list[dict[str, Any]]:
            return []

    found = dict(_bad_tokens(Silent(), frozenset({"writer"})))

    unmade = {kind: bad.why for kind, bad in found.items() if isinstance(bad, Unmade)}
    assert set(unmade) == {"other_key", "own_key", "confused_key"}
    assert all("does not show the key" in why for why in unmade.values())
