"""An identity provider for development and the lab; refused where it could do harm.

It speaks what the frontend speaks to a real one (OpenID discovery, authorization code with PKCE),
knows three people without passwords, makes its key pair at start, and listens on loopback only.

    python -m workshop.issuer serve --port 9000 --key /tmp/issuer.pem
    python -m workshop.issuer mint --key /tmp/issuer.pem --issuer http://127.0.0.1:9000 \
        --subject ada --role learner
"""

import argparse
import base64
import hashlib
import json
import os
import secrets
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from flask import Flask, Response, jsonify, redirect, render_template_string, request
from werkzeug.serving import make_server

from workshop.settings import GUARDED, LOOPBACK

AUDIENCE = "workshop-api"
CLIENT = "workshop-frontend"
LIFETIME_SECONDS = 3600
CODE_SECONDS = 120
PEOPLE = {
    "ada": ("learner",),
    "grace": ("author", "learner"),
    "edsger": ("admin",),
}
PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>Sign in</title>
<meta name="viewport" content="width=device-width"><style>
body{font:1.1rem/1.5 system-ui,sans-serif;max-width:24rem;margin:4rem auto;padding:0 1rem}
button{font:inherit;display:block;width:100%;margin:.5rem 0;padding:.75rem;text-align:left}
</style><main><h1>Sign in</h1><p>Development only: no passwords here.</p>
<form method="post">{% for name, roles in people.items() %}
<button name="subject" value="{{ name }}">{{ name }} ({{ roles | join(", ") }})</button>
{% endfor %}</form></main></html>"""


@dataclass(slots=True)
class KeyPair:
    """A key pair, and what it signs."""

    private: rsa.RSAPrivateKey
    key_id: str = ""

    def __post_init__(self) -> None:
        """Name the key after itself."""
        der = self.private.public_key().public_bytes(
            serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
        )
        self.key_id = hashlib.sha256(der).hexdigest()[:16]

    @classmethod
    def generate(cls) -> "KeyPair":
        """A new pair."""
        return cls(rsa.generate_private_key(public_exponent=65537, key_size=2048))

    @classmethod
    def kept_at(cls, path: Path) -> "KeyPair":
        """The pair kept in a file, made there when there is none."""
        if not path.exists():
            pem = cls.generate().private.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                file.write(pem)
        key = serialization.load_pem_private_key(path.read_bytes(), None)
        assert isinstance(key, rsa.RSAPrivateKey)
        return cls(key)

    def key_set(self) -> dict[str, Any]:
        """The public half as a key set."""
        public = jwt.algorithms.RSAAlgorithm.to_jwk(self.private.public_key(), as_dict=True)
        return {"keys": [{**public, "kid": self.key_id, "use": "sig", "alg": "RS256"}]}

    def mint(
        self,
        *,
        issuer: str,
        subject: str,
        roles: Sequence[str],
        audience: str = AUDIENCE,
        seconds: int = LIFETIME_SECONDS,
    ) -> str:
        """A token of this issuer."""
        now = int(time.time())
        claims = {
            "iss": issuer,
            "aud": audience,
            "sub": subject,
            "iat": now,
            "exp": now + seconds,
            "roles": list(roles),
        }
        return jwt.encode(claims, self.private, algorithm="RS256", headers={"kid": self.key_id})


@dataclass(slots=True)
class Codes:
    """Authorization codes that were given out and not yet redeemed."""

    waiting: dict[str, tuple[float, str, str, str]] = field(default_factory=dict)

    def give(self, subject: str, redirect_uri: str, challenge: str) -> str:
        """A code for somebody, bound to an address and a challenge."""
        code = secrets.token_urlsafe(24)
        self.waiting[code] = (time.monotonic() + CODE_SECONDS, subject, redirect_uri, challenge)
        return code

    def redeem(self, code: str, redirect_uri: str, verifier: str) -> str | None:
        """The subject of a code, once, for whoever knows the verifier."""
        until, subject, address, challenge = self.waiting.pop(code, (0.0, "", "", ""))
        digest = hashlib.sha256(verifier.encode()).digest()
        proof = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        good = time.monotonic() < until and address == redirect_uri
        return subject if good and secrets.compare_digest(proof, challenge) else None


def create_issuer(keys: KeyPair, issuer: str) -> Flask:
    """The identity provider as an application."""
    app = Flask("workshop-issuer", static_folder=None)
    codes = Codes()

    @app.get("/.well-known/openid-configuration")
    def discovery() -> Response:
        return jsonify(
            issuer=issuer,
            authorization_endpoint=f"{issuer}/authorize",
            token_endpoint=f"{issuer}/token",
            jwks_uri=f"{issuer}/jwks.json",
            response_types_supported=["code"],
            grant_types_supported=["authorization_code"],
            code_challenge_methods_supported=["S256"],
            id_token_signing_alg_values_supported=["RS256"],
            subject_types_supported=["public"],
        )

    @app.get("/jwks.json")
    def key_set() -> Response:
        return jsonify(keys.key_set())

    @app.get("/authorize")
    def ask() -> Response | str | tuple[Response, int]:
        return _wrong() or render_template_string(PAGE, people=PEOPLE)

    @app.post("/authorize")
    def decide() -> Any:
        wrong, subject = _wrong(), request.form.get("subject", "")
        if wrong or subject not in PEOPLE:
            return wrong or (jsonify(error="access_denied"), 400)
        asked = request.args
        code = codes.give(subject, asked["redirect_uri"], asked["code_challenge"])
        answer = urlencode({"code": code, "state": asked.get("state", "")})
        return redirect(f"{asked['redirect_uri']}?{answer}", 303)

    @app.post("/token")
    def token() -> tuple[Response, int]:
        form = request.form
        subject = codes.redeem(
            form.get("code", ""), form.get("redirect_uri", ""), form.get("code_verifier", "")
        )
        if subject is None or form.get("grant_type") != "authorization_code":
            return jsonify(error="invalid_grant"), 400
        minted = keys.mint(issuer=issuer, subject=subject, roles=PEOPLE[subject])
        kind = {"token_type": "Bearer", "expires_in": LIFETIME_SECONDS}
        return jsonify(access_token=minted, **kind), 200

    @app.after_request
    def allow_loopback(response: Response) -> Response:
        origin = request.headers.get("Origin", "")
        response.headers["Cache-Control"] = "no-store"
        if urlsplit(origin).hostname in LOOPBACK:
            response.headers["Access-Control-Allow-Origin"] = origin
            response.headers["Access-Control-Allow-Headers"] = "Content-Type"
            response.headers["Vary"] = "Origin"
        return response

    _mint_for_tests(app, keys, issuer)
    return app


def _mint_for_tests(app: Flask, keys: KeyPair, issuer: str) -> None:
    @app.post("/mint")
    def mint() -> tuple[Response, int]:
        """A token as asked for, good or bad: for tests of what accepts tokens."""
        asked = request.get_json()
        minted = keys.mint(
            issuer=asked.get("issuer", issuer),
            subject=asked["subject"],
            roles=asked.get("roles", []),
            audience=asked.get("audience", AUDIENCE),
            seconds=asked.get("seconds", LIFETIME_SECONDS),
        )
        return jsonify(access_token=minted, token_type="Bearer"), 200  # noqa: S106 - its kind


def _wrong() -> tuple[Response, int] | None:
    """What is wrong with a request for authorization."""
    asked = request.args
    address = urlsplit(asked.get("redirect_uri", ""))
    good = (
        asked.get("response_type") == "code"
        and asked.get("client_id") == CLIENT
        and address.hostname in LOOPBACK
        and asked.get("code_challenge_method") == "S256"
        and asked.get("code_challenge")
    )
    return None if good else (jsonify(error="invalid_request"), 400)


def refuse_if_guarded() -> None:
    """End the process where real people's data may be."""
    environment = os.environ.get("ENVIRONMENT", "development")
    if environment in GUARDED:
        sys.stderr.write(f"The issuer is for development; ENVIRONMENT is {environment}.\n")
        sys.exit(2)


def main(arguments: list[str] | None = None) -> None:
    """The command."""
    refuse_if_guarded()
    parser = argparse.ArgumentParser(description=__doc__, prog="python -m workshop.issuer")
    commands = parser.add_subparsers(dest="command", required=True)
    serve = commands.add_parser("serve", help="listen on loopback")
    serve.add_argument("--port", type=int, default=9000)
    mint = commands.add_parser("mint", help="print a token")
    mint.add_argument("--issuer", default="http://127.0.0.1:9000")
    mint.add_argument("--subject", required=True)
    mint.add_argument("--role", action="append", default=[])
    mint.add_argument("--seconds", type=int, default=LIFETIME_SECONDS)
    for command in (serve, mint):
        command.add_argument("--key", type=Path, required=True, help="file of the key pair")
    given = parser.parse_args(arguments)
    keys = KeyPair.kept_at(given.key)
    if given.command == "mint":
        minted = keys.mint(
            issuer=given.issuer, subject=given.subject, roles=given.role, seconds=given.seconds
        )
        sys.stdout.write(minted + "\n")
        return
    issuer = f"http://127.0.0.1:{given.port}"
    server = make_server("127.0.0.1", given.port, create_issuer(keys, issuer), threaded=True)
    sys.stdout.write(json.dumps({"issuer": issuer}) + "\n")
    sys.stdout.flush()
    server.serve_forever()


if __name__ == "__main__":
    main()
