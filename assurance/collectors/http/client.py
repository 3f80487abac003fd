"""Sends requests to one base URL, keeps to a pace, and returns what came back as plain data."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from contextlib import closing, suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import Any, Self

import httpx

from assurance.collectors.authorities import verifying

AGENT = "delivery-assurance"
_SECONDS = 15.0
_MOST = 16_384
"""Characters of a body that are kept."""

_AT_ONCE = 2**20
"""Bytes of a body that is sent without looking whether it is refused on the way."""

_SLOWEST = 10
_FASTEST = 60
"""Requests a second: at least so many are polite everywhere, more are never needed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One request.

    Attributes:
        method: In capitals.
        path: From the root, with its query; sent as it is written.
        token: Sent as a bearer token, unless empty.
        headers: Beside those that every request has.
        content: The body, or None.
    """

    method: str
    path: str
    token: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    content: bytes | None = None


def asking(method: str, path: str, token: str = "", body: object = None) -> Asked:
    """Return a request with a JSON body, or with none."""
    if body is None:
        return Asked(method=method, path=path, token=token)
    return Asked(
        method=method,
        path=path,
        token=token,
        headers={"Content-Type": "application/json"},
        content=json.dumps(body).encode(),
    )


class Client:
    """A client of one base URL; follows no redirect, and heeds no proxy of the environment.

    Attributes:
        base_url: Without a slash at its end.
        rate: Requests a second that it sends at most: half of what it may, where that is known.
        verification: What it verifies servers with.
    """

    def __init__(
        self,
        base_url: str,
        *,
        requests_per_minute: int = 0,
        source: str = "",
        trust: Path | None = None,
    ) -> None:
        self.verification = verifying(trust)
        self.base_url = base_url
        self._client = httpx.Client(
            base_url=base_url,
            timeout=_SECONDS,
            trust_env=False,
            headers={"User-Agent": AGENT},
            transport=httpx.HTTPTransport(
                verify=self.verification, trust_env=False, local_address=source or None
            ),
        )
        half = requests_per_minute / 120
        self.rate = int(min(max(half, _SLOWEST), _FASTEST))
        self._pause = 1 / self.rate
        self._next = 0.0
        self._lock = Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._client.close()

    def send(self, asked: Asked, *, at_once: bool = False, most: int = _MOST) -> dict[str, Any]:
        """Return `{request, response}`, or `{request, error}` where no answer came.

        Args:
            asked: What is sent.
            at_once: Whether the pace may be left, for what is tried with many at a time.
            most: Characters of the body that are wanted.
        """
        if not at_once:
            self._wait()
        authorization = {"Authorization": f"Bearer {asked.token}"} if asked.token else {}
        request = self._client.build_request(
            asked.method,
            "/",
            headers={**authorization, **asked.headers},
            content=asked.content,
            extensions={"target": asked.path.encode()},
        )
        begun = time.monotonic()
        told = {"method": asked.method, "path": asked.path}
        try:
            if len(asked.content or b"") > _AT_ONCE:
                return {"request": told, "response": self._send_much(asked, dict(request.headers))}
            answer = self._client.send(request)
        except (httpx.HTTPError, HTTPException, OSError) as error:
            return {"request": told, "error": f"{type(error).__name__}: {error}"}
        return {"request": told, "response": _told(answer, time.monotonic() - begun, most)}

    def _send_much(self, asked: Asked, headers: Mapping[str, str]) -> dict[str, Any]:
        """Send a large body, and take the answer that comes before it was read to its end."""
        url = httpx.URL(self.base_url)
        connection = (
            HTTPSConnection(url.host, url.port, timeout=5, context=self.verification)
            if url.scheme == "https"
            else HTTPConnection(url.host, url.port, timeout=5)
        )
        begun = time.monotonic()
        with closing(connection):
            connection.connect()
            with suppress(OSError):
                connection.request(asked.method, asked.path, asked.content, headers)
            answer = connection.getresponse()
            found = httpx.Response(
                answer.status, headers=answer.getheaders(), content=answer.read(_MOST)
            )
        return _told(found, time.monotonic() - begun)

    def whole(self, path: str) -> Any:
        """Return a JSON document of any length.

        Raises:
            httpx.HTTPError: No answer came.
            ValueError: It is not JSON.
        """
        return self._client.get(path).json()

    def _wait(self) -> None:
        with self._lock:
            now = time.monotonic()
            at = max(now, self._next)
            self._next = at + self._pause
        time.sleep(at - now)


def _told(answer: httpx.Response, seconds: float, most: int = _MOST) -> dict[str, Any]:
    text = answer.text[:most]
    told: dict[str, Any] = {
        "status": answer.status_code,
        "headers": {name.lower(): value for name, value in answer.headers.items()},
        "body": text,
        "elapsed_ms": round(seconds * 1000, 1),
    }
    if "json" in told["headers"].get("content-type", ""):
        with suppress(ValueError):
            told["json"] = json.loads(text)
    return told


def status_of(exchange: Mapping[str, Any]) -> int | None:
    """Return the status that came back; None where no answer came."""
    status: int | None = exchange.get("response", {}).get("status")
    return status
