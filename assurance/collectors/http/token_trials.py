"""Calls every protected operation with tokens: good, missing, and bad in every known way."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Iterator, Mapping
from typing import Any

from joserfc import jwt
from joserfc.jwk import JWKRegistry, Key, OctKey

from assurance.collectors.http.client import Client, asking, status_of
from assurance.collectors.http.description import Description, Operation
from assurance.collectors.http.people import People

_GOOD = "valid"


def token_trials(client: Client, described: Description, people: People) -> list[dict[str, Any]]:
    """Return for each protected operation the status that came back for each token.

    A token that could not be had is not among them: some need an issuer that plays along.
    """
    bad = dict(_bad_tokens(people, described.roles))
    return [
        {"operation": each.name, "trials": _trials(client, described, people, each, bad)}
        for each in described.operations
        if each.protected
    ]


def _trials(
    client: Client,
    described: Description,
    people: People,
    operation: Operation,
    bad: Mapping[str, str],
) -> dict[str, int | None]:
    good = people.token(operation.roles or described.roles)
    path = described.path(operation)
    found: dict[str, int | None] = {}
    if good:
        # A body of the wrong kind: that the caller is known shows, and nothing is made.
        wrong: list[object] | None = [] if operation.body is not None else None
        found[_GOOD] = status_of(client.send(asking(operation.method, path, good, wrong)))
    for name, token in bad.items():
        answer = client.send(asking(operation.method, path, token, described.body_for(operation)))
        found[name] = status_of(answer)
        made = answer.get("response", {}).get("headers", {}).get("location", "")
        if found[name] == 201 and made.startswith("/"):
            client.send(asking("DELETE", made, good))
    return found


def _bad_tokens(people: People, roles: frozenset[str]) -> Iterator[tuple[str, str]]:
    yield "missing", ""
    yield "malformed", "assurance.is.no-token"
    good = people.token(roles)
    if not good:
        return
    header, claims = _part(good, 0), _part(good, 1)
    signature = good.rpartition(".")[2]
    yield "altered", ".".join((good.split(".")[0], _written({**claims, "admin": True}), signature))
    yield "unsigned", f"{_written({**header, 'alg': 'none'})}.{_written(claims)}."
    keys = people.keys()
    known = next((key for key in keys if key.get("kid") == header.get("kid")), None)
    if known is not None:
        yield from _of_strangers(header, claims, known)
    if people.issuer:
        yield "expired", people.mint(roles, seconds=-3600)
        yield "other_audience", people.mint(roles, audience="https://another.api.invalid")
        yield "other_issuer", people.mint(roles, issuer="https://another.issuer.invalid")


def _of_strangers(
    header: Mapping[str, Any], claims: Mapping[str, Any], known: Mapping[str, Any]
) -> Iterator[tuple[str, str]]:
    """Yield tokens that somebody makes who knows the issuer's public key, and has one of theirs."""
    size = known.get("crv", 2048)
    stranger = JWKRegistry.generate_key(known["kty"], size)
    yield "other_key", _signed(header, claims, stranger)
    own = {**header, "jwk": stranger.as_dict(private=False)}
    yield "own_key", _signed(own, claims, stranger)
    key = JWKRegistry.import_key({**known})
    assert not isinstance(key, OctKey), "a key set shows public keys only"
    public = key.as_pem(private=False)
    text = f"{_written({**header, 'alg': 'HS256'})}.{_written(claims)}"
    mac = hmac.new(public, text.encode(), hashlib.sha256).digest()
    yield "confused_key", f"{text}.{base64.urlsafe_b64encode(mac).rstrip(b'=').decode()}"


def _signed(header: Mapping[str, Any], claims: Mapping[str, Any], key: Key) -> str:
    return jwt.encode({**header}, {**claims}, key, algorithms=[header["alg"]])


def _part(token: str, number: int) -> dict[str, Any]:
    text = token.split(".")[number]
    found: dict[str, Any] = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    return found


def _written(part: Mapping[str, Any]) -> str:
    text = json.dumps(part, separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(text).rstrip(b"=").decode()
