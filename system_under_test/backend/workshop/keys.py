"""The key set (JWKS) that tokens are verified against: fetched, kept, and renewed within bounds."""

import json
import logging
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from urllib.request import HTTPRedirectHandler, Request, build_opener

import jwt

from workshop import telemetry
from workshop.errors import KeysUnavailable

log = logging.getLogger(__name__)

FRESH_SECONDS = 300.0
RETRY_SECONDS = 5.0  # strangers with invented key ids cannot make us ask more often than this
TIMEOUT_SECONDS = 2.0
MOST_BYTES = 65_536
MOST_KEYS = 32
LEAST_RSA_BITS = 2048
FAMILIES = {"RS": "RSA", "PS": "RSA", "ES": "EC"}

Clock = Callable[[], float]


class _NoRedirect(HTTPRedirectHandler):
    """A key set is where the configuration says, or nowhere."""

    def redirect_request(self, *_: object) -> None:
        """Refuse to follow."""
        return


def read_source(source: str) -> str:
    """The text of a key set, from an URL or a file, of bounded size and in bounded time."""
    if "://" not in source:
        return Path(source).read_text(encoding="utf-8")
    request = Request(source, headers=telemetry.outgoing_headers())  # noqa: S310 - settings checked
    with build_opener(_NoRedirect).open(request, timeout=TIMEOUT_SECONDS) as answer:
        content: bytes = answer.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        message = "the key set is too large"
        raise ValueError(message)
    return content.decode()


class KeySet:
    """Keys by id, renewed when they are old or when an unknown id is asked for."""

    def __init__(
        self,
        source: str,
        algorithm: str,
        *,
        read: Callable[[str], str] = read_source,
        clock: Clock = time.monotonic,
    ) -> None:
        self._source = source
        self._algorithm = algorithm
        self._read = read
        self._clock = clock
        self._lock = threading.Lock()
        self._keys: Mapping[str, jwt.PyJWK] = {}
        self._renewed = float("-inf")
        self._tried = float("-inf")

    def find(self, key_id: str) -> jwt.PyJWK | None:
        """The key of that id, or None; raises KeysUnavailable when there never was a key set.

        One caller at a time renews. Nobody whose key is known waits for it: the issuer may be slow.
        """
        if self._is_due(key_id) and self._lock.acquire(blocking=key_id not in self._keys):
            try:
                if self._is_due(key_id):
                    self._renew()
            finally:
                self._lock.release()
        if self._renewed == float("-inf"):
            message = "no key set was read yet"
            raise KeysUnavailable(message)
        return self._keys.get(key_id)

    def _is_due(self, key_id: str) -> bool:
        now = self._clock()
        wanted = key_id not in self._keys or now - self._renewed > FRESH_SECONDS
        return wanted and now - self._tried >= RETRY_SECONDS

    def _renew(self) -> None:
        """Read the key set; when that fails, the last good one stays in use."""
        try:
            self._keys = usable_keys(self._read(self._source), self._algorithm)
            self._renewed = self._clock()
        except (OSError, ValueError, RecursionError) as error:
            fields = {"error": type(error).__name__, "keys_kept": len(self._keys)}
            log.warning("key set is not readable", extra={"fields": fields})
        finally:
            self._tried = self._clock()


def usable_keys(text: str, algorithm: str) -> dict[str, jwt.PyJWK]:
    """The public signing keys of a key set that fit the pinned algorithm; others are passed over.

    Raises ValueError for a document that is no key set or offers no such key.
    """
    document = json.loads(text)
    listed = document.get("keys") if isinstance(document, dict) else None
    if not isinstance(listed, list):
        message = "the document is not a key set"
        raise ValueError(message)  # noqa: TRY004 - of a document, not of an argument
    keys = {}
    for entry in listed[:MOST_KEYS]:
        if isinstance(entry, dict) and _fits(entry, algorithm):
            key = _load(entry, algorithm)
            if key is not None:
                keys[entry["kid"]] = key
    if not keys:
        message = f"the key set has no usable key for {algorithm}"
        raise ValueError(message)
    return keys


def _fits(entry: Mapping[str, Any], algorithm: str) -> bool:
    return (
        isinstance(entry.get("kid"), str)
        and entry.get("kty") == FAMILIES[algorithm[:2]]
        and entry.get("use", "sig") == "sig"
        and entry.get("alg", algorithm) == algorithm
        and "d" not in entry  # a private key that is published is nobody's key
    )


def _load(entry: dict[str, Any], algorithm: str) -> jwt.PyJWK | None:
    try:
        key = jwt.PyJWK(entry, algorithm)
    except (jwt.PyJWTError, ValueError):
        return None
    size: int = getattr(key.key, "key_size", 0)
    return None if entry["kty"] == "RSA" and size < LEAST_RSA_BITS else key
