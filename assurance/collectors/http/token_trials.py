"""Calls every protected operation with tokens: good, missing, and bad in every known way."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from joserfc import jwt
from joserfc.jwk import JWKRegistry, Key, OctKey

from assurance.collectors.http.client import Client, asking, status_of
from assurance.collectors.http.description import Description, Operation
from assurance.collectors.http.people import People

_GOOD = "valid"
_BY_STRANGERS = ("other_key", "own_key", "confused_key")


@dataclass(frozen=True, slots=True)
class Unmade:
    """A token that could not be made, and why."""

    why: str


Bad = tuple[str, str | Unmade]
"""The kind of a token, and the token."""


def token_trials(client: Client, described: Description, people: People) -> list[dict[str, Any]]:
    """Return for each protected operation the status that came back for each token.

    A token that could not be had is not among them: some need an issuer that plays along. Why one
    could not be made of a good token is told beside.
    """
    bad = dict(_bad_tokens(people, described.roles))
    tokens = {kind: token for kind, token in bad.items() if isinstance(token, str)}
    untried = {kind: token.why for kind, token in bad.items() if isinstance(token, Unmade)}
    return [
        {
            "operation": each.name,
            "trials": _trials(client, described, people, each, tokens),
            "untried": untried,
        }
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


def _bad_tokens(people: People, roles: frozenset[str]) -> Iterator[Bad]:
    yield "missing", ""
    yield "malformed", "assurance.is.no-token"
    good = people.token(roles)
    if not good:
        return
    yield from _made_of(good, people)
    if people.issuer:
        yield "expired", people.mint(roles, seconds=-3600)
        yield "other_audience", people.mint(roles, audience="https://another.api.invalid")
        yield "other_issuer", people.mint(roles, issuer="https://another.issuer.invalid")


def _made_of(good: str, people: People) -> Iterator[Bad]:
    """Yield what attackers make of a good token; of one that is no JWT only another one."""
    parts = _parts(good)
    if parts is None:
        middle = len(good) // 2
        yield "altered", good[:middle] + ("b" if good[middle] == "a" else "a") + good[middle + 1 :]
        unmade = Unmade("the tokens that were given are no JSON Web Tokens")
        yield from ((kind, unmade) for kind in ("unsigned", *_BY_STRANGERS))
        return
    header, claims = parts
    first, _, signature = good.split(".")
    yield "altered", f"{first}.{_written({**claims, 'admin': True})}.{signature}"
    yield "unsigned", f"{_written({**header, 'alg': 'none'})}.{_written(claims)}."
    keys = people.keys()
    known = next((key for key in keys if key.get("kid") == header.get("kid")), None)
    if known is not None:
        yield from _of_strangers(header, claims, known)
    else:
        unmade = Unmade("the issuer does not show the key that its tokens are signed with")
        yield from ((kind, unmade) for kind in _BY_STRANGERS)


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


def _parts(token: str) -> tuple[dict[str, Any], dict[str, Any]] | None:
    """Return header and claims; None where a token is not a signed JWT (RFC 7519, section 7.2)."""
    try:
        header, claims, _ = token.split(".")
        found = json.loads(_plain(header)), json.loads(_plain(claims))
    except ValueError:
        return None
    return found if all(isinstance(part, dict) for part in found) else None


def _plain(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _written(part: Mapping[str, Any]) -> str:
    text = json.dumps(part, separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(text).rstrip(b"=").decode()
