"""Bearer tokens: who calls, and in which roles. What a token may not decide is pinned here."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import jwt

from workshop.keys import KeySet
from workshop.problems import Problem
from workshop.settings import TokenSettings

LEEWAY_SECONDS = 5
MOST_CHARACTERS = 4096
MOST_SUBJECT_CHARACTERS = 120
REQUIRED = ("exp", "iat", "iss", "aud", "sub")


class Role(StrEnum):
    """What kind of thing a caller may do."""

    LEARNER = "learner"
    AUTHOR = "author"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """Somebody with a valid token."""

    subject: str
    roles: frozenset[Role]

    def has(self, *roles: Role) -> bool:
        """Whether the caller has one of the roles."""
        return bool(self.roles & set(roles))


class Verifier:
    """Turns an Authorization header into a caller."""

    def __init__(self, settings: TokenSettings, keys: KeySet) -> None:
        self._settings = settings
        self._keys = keys

    def identify(self, header: str | None) -> Caller | None:
        """The caller; None without a header; a problem for anything but a good token."""
        if header is None:
            return None
        scheme, _, token = header.partition(" ")
        if scheme.lower() != "bearer" or not token or len(token) > MOST_CHARACTERS:
            raise refused("The Authorization header does not hold a bearer token.")
        try:
            return self._caller(self._claims(token))
        except jwt.ExpiredSignatureError as error:
            raise refused("The token has expired.") from error
        except (jwt.PyJWTError, ValueError, RecursionError) as error:
            raise refused("The token is not valid for this service.") from error

    def _claims(self, token: str) -> dict[str, Any]:
        header = jwt.get_unverified_header(token)
        key_id = header.get("kid")
        # `jwk`, `jku` and `x5u` in the header are never looked at: keys come from the key set.
        if header.get("alg") != self._settings.algorithm or not isinstance(key_id, str):
            raise jwt.InvalidAlgorithmError
        key = self._keys.find(key_id)
        if key is None:
            raise jwt.InvalidKeyError
        return jwt.decode(
            token,
            key,
            algorithms=[self._settings.algorithm],
            audience=self._settings.audience,
            issuer=self._settings.issuer,
            leeway=LEEWAY_SECONDS,
            options={"require": list(REQUIRED)},
        )

    def _caller(self, claims: dict[str, Any]) -> Caller:
        subject, roles = claims["sub"], claims.get("roles", [])
        if not isinstance(subject, str) or not 0 < len(subject) <= MOST_SUBJECT_CHARACTERS:
            raise jwt.InvalidTokenError
        if not subject.isprintable() or not isinstance(roles, list):
            raise jwt.InvalidTokenError
        known = frozenset(role for role in Role if role.value in roles)
        return Caller(subject=subject, roles=known)


def refused(detail: str) -> Problem:
    """The answer to a missing or bad token."""
    challenge = {"WWW-Authenticate": 'Bearer realm="workshop", error="invalid_token"'}
    return Problem(401, "unauthenticated", detail, headers=challenge)


def missing() -> Problem:
    """The answer to no token where one is needed."""
    challenge = {"WWW-Authenticate": 'Bearer realm="workshop"'}
    return Problem(
        401, "unauthenticated", "This operation needs a bearer token.", headers=challenge
    )
