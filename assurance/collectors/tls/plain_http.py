"""What is answered over plain HTTP: whatever is asked for, in whatever way."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from assurance.collectors.http.client import Client, asking, status_of
from assurance.collectors.tls.request import TlsRequest

_METHODS = ("HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")


def plain_answers(plain: str, request: TlsRequest) -> Iterator[dict[str, Any]]:
    """Yield a request and its answer, one after the other; a single one where nobody listens.

    Nothing is written: the methods that write ask for what nothing serves. The first request that
    stays without an answer is the last: the others would only wait as long.

    Args:
        plain: Where plain HTTP is taken; without a slash at its end.
        request: What is asked for, and for how long.
    """
    listening = _listens(plain, request.seconds)
    if listening is not True:
        yield {**_asked(plain, "GET", "/"), "listens": listening, "status": None, "location": ""}
        return
    reading = [("GET", path) for path in dict.fromkeys((*request.paths, request.nowhere))]
    with Client(plain) as client:
        for method, path in [*reading, *((method, request.nowhere) for method in _METHODS)]:
            exchange = client.send(asking(method, path))
            yield {**_asked(plain, method, path), "listens": True, **_told(exchange)}
            if "error" in exchange:
                return


def _asked(plain: str, method: str, path: str) -> dict[str, Any]:
    return {"request": f"{method} {plain}{path}", "method": method, "path": path}


def _told(exchange: dict[str, Any]) -> dict[str, Any]:
    if "error" in exchange:
        return {"status": {"$unknown": f"no answer: {exchange['error']}"}, "location": ""}
    headers = exchange["response"]["headers"]
    return {"status": status_of(exchange), "location": headers.get("location", "")}


def _listens(plain: str, seconds: float) -> Any:
    """Return whether something takes connections; unknown where nothing came back at all."""
    parts = urlsplit(plain)
    try:
        socket.create_connection((parts.hostname, parts.port or 80), timeout=seconds).close()
    except ConnectionRefusedError:
        return False
    except OSError as error:
        return {"$unknown": f"nothing came back from {plain}: {error}; something may drop it"}
    return True
