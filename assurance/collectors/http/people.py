"""People to call as: tokens that an issuer mints, or that the user holds in the environment."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import httpx

from assurance.collectors.authorities import remedy, verifying
from assurance.collectors.http.client import AGENT
from assurance.errors import NotCollected, SettingsError


class People:
    """Gives tokens; each person is new to the system, unless the user named them."""

    def __init__(
        self,
        issuer: str,
        audience: str,
        tokens: Mapping[str, str],
        trust: Path | None = None,
    ) -> None:
        self.issuer = issuer
        self._trust = trust
        self._audience = {"audience": audience} if audience else {}
        self._tokens = tokens
        self._run = uuid.uuid4().hex[:12]

    @property
    def any(self) -> bool:
        """Whether there is anybody to call as."""
        return bool(self.issuer or self._tokens)

    def token(self, roles: Iterable[str], person: int = 1) -> str:
        """Return a token of somebody with these roles; empty where nobody is known.

        Args:
            roles: All of which a minted token has; of a given token the first is heeded.
            person: Tells apart several people of the same roles.
        """
        wanted = sorted(roles)
        if self.issuer:
            return self.mint(wanted, subject=f"assurance-{self._run}-{person}")
        for role in wanted:
            name = self._tokens.get(role if person == 1 else f"{role}/{person}")
            if name:
                return _from_environment(name)
        return ""

    def mint(self, roles: Iterable[str], **asked: Any) -> str:
        """Return a token with what is asked for, good or bad.

        Raises:
            NotCollected: The issuer did not give one.
        """
        wish = {
            "subject": f"assurance-{self._run}",
            "roles": list(roles),
            **self._audience,
            **asked,
        }
        try:
            with self._client() as client:
                answer = client.post(f"{self.issuer}/mint", json=wish).raise_for_status()
            return str(answer.json()["access_token"])
        except (httpx.HTTPError, ValueError, KeyError) as error:
            raise NotCollected(
                f"the issuer {self.issuer} gave no token: {type(error).__name__}: {error}.",
                remedy=remedy(
                    error, "name one that answers POST /mint as the operator's guide describes."
                ),
            ) from error

    def keys(self) -> list[dict[str, Any]]:
        """Return the public keys of the issuer; none where it does not show them."""
        if not self.issuer:
            return []
        with self._client() as client:
            try:
                found = client.get(f"{self.issuer}/.well-known/openid-configuration").json()
                return list(client.get(found["jwks_uri"]).json()["keys"])
            except (httpx.HTTPError, ValueError, KeyError):
                return []

    def _client(self) -> httpx.Client:
        return httpx.Client(
            trust_env=False,
            timeout=10,
            headers={"User-Agent": AGENT},
            verify=verifying(self._trust),
        )


def _from_environment(name: str) -> str:
    token = os.environ.get(name, "")
    if not token:
        raise SettingsError(
            f"the environment variable {name} holds no token.",
            remedy="set it, or take it out of `access.tokens`.",
        )
    return token
