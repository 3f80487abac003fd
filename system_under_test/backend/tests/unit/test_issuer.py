"""The development issuer signs in as a real one would, and refuses to be used for real."""

import base64
import hashlib
import json
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from flask.testing import FlaskClient

from conftest import ISSUER
from workshop import issuer, serve
from workshop.issuer import AUDIENCE, CLIENT, KeyPair, create_issuer

VERIFIER = "v" * 43
CHALLENGE = base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).rstrip(b"=")
ADDRESS = "http://127.0.0.1:3000/sign-in"
ASKED = {
    "response_type": "code",
    "client_id": CLIENT,
    "redirect_uri": ADDRESS,
    "state": "s1",
    "code_challenge": CHALLENGE.decode(),
    "code_challenge_method": "S256",
}


@pytest.fixture
def provider(keys: KeyPair) -> FlaskClient:
    return create_issuer(keys, ISSUER).test_client()


def code_of(provider: FlaskClient, subject: str) -> str:
    answer = provider.post("/authorize", query_string=ASKED, data={"subject": subject})
    assert answer.status_code == 303
    sent = parse_qs(urlsplit(answer.location).query)
    assert sent["state"] == ["s1"]
    return sent["code"][0]


def redemption(code: str) -> dict[str, str]:
    return {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": ADDRESS,
        "client_id": CLIENT,
        "code_verifier": VERIFIER,
    }


def test_a_code_becomes_a_token_once(provider: FlaskClient, keys: KeyPair) -> None:
    form = redemption(code_of(provider, "grace"))

    answer = provider.post("/token", data=form, headers={"Origin": "http://127.0.0.1:3000"})

    assert answer.headers["Access-Control-Allow-Origin"] == "http://127.0.0.1:3000"
    assert answer.json is not None
    claims = jwt.decode(
        answer.json["access_token"],
        keys.private.public_key(),
        algorithms=["RS256"],
        audience=AUDIENCE,
        issuer=ISSUER,
    )
    assert (claims["sub"], claims["roles"]) == ("grace", ["author", "learner"])
    assert provider.post("/token", data=form).status_code == 400


@pytest.mark.parametrize(
    "change", [{"code_verifier": "w" * 43}, {"redirect_uri": "http://127.0.0.1/"}, {"code": "x"}]
)
def test_a_code_is_worth_nothing_to_a_thief(provider: FlaskClient, change: dict[str, str]) -> None:
    form = redemption(code_of(provider, "ada")) | change

    assert provider.post("/token", data=form).status_code == 400


@pytest.mark.parametrize(
    "change",
    [
        {"redirect_uri": "https://evil.example/"},
        {"client_id": "other"},
        {"response_type": "token"},
        {"code_challenge_method": "plain"},
        {"code_challenge": ""},
    ],
)
def test_a_bad_request_is_not_asked_about(provider: FlaskClient, change: dict[str, str]) -> None:
    asked = ASKED | change

    assert provider.get("/authorize", query_string=asked).status_code == 400
    answer = provider.post("/authorize", query_string=asked, data={"subject": "ada"})
    assert answer.status_code == 400


def test_it_describes_itself_and_shows_who_can_sign_in(provider: FlaskClient) -> None:
    described = provider.get("/.well-known/openid-configuration").json
    assert described is not None
    assert described["jwks_uri"] == f"{ISSUER}/jwks.json"
    assert "d" not in provider.get("/jwks.json").json["keys"][0]  # type: ignore[index]
    assert "ada (learner)" in provider.get("/authorize", query_string=ASKED).text
    assert provider.post("/authorize", query_string=ASKED, data={}).status_code == 400


def test_a_minted_token_is_signed_with_the_kept_key(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "key.pem"
    arguments = ["mint", "--key", str(path), "--subject", "ada", "--role", "learner"]

    issuer.main(arguments)

    token = capsys.readouterr().out.strip()
    public = KeyPair.kept_at(path).private.public_key()
    claims = jwt.decode(token, public, algorithms=["RS256"], audience=AUDIENCE)
    assert claims["roles"] == ["learner"]
    assert path.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("place", ["staging", "production"])
@pytest.mark.parametrize("command", [issuer.main, serve.main])
def test_it_is_refused_where_people_are(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    place: str,
    command: object,
) -> None:
    monkeypatch.setenv("ENVIRONMENT", place)

    with pytest.raises(SystemExit) as ended:
        command(["mint"])  # type: ignore[operator]

    assert ended.value.code == 2
    assert place in capsys.readouterr().err


def test_the_key_set_is_valid_json(keys: KeyPair) -> None:
    assert json.loads(json.dumps(keys.key_set()))["keys"][0]["kty"] == "RSA"


def test_a_test_gets_the_token_that_it_asks_for(provider: FlaskClient, keys: KeyPair) -> None:
    asked = {"subject": "t1", "roles": ["learner"], "audience": "another-api", "seconds": -60}

    answer = provider.post("/mint", json=asked)

    assert answer.json is not None
    claims = jwt.decode(
        answer.json["access_token"],
        keys.private.public_key(),
        algorithms=["RS256"],
        audience="another-api",
        options={"verify_exp": False},
    )
    assert claims["sub"] == "t1"
    assert claims["roles"] == ["learner"]
    assert claims["exp"] - claims["iat"] == -60
    assert claims["iss"] == ISSUER
