"""Lets a few clients begin a request and never end it, and looks whether anybody minds.

No more connections than a household opens, each of which sends less than a kilobyte and then keeps
still. Where somebody else is not answered meanwhile, they hang up at once.
"""

from __future__ import annotations

import selectors
import socket
import ssl
import time
from collections.abc import Iterator
from typing import Any

import httpx

from assurance.collectors.http.client import AGENT, Client, asking, status_of
from assurance.collectors.http.description import Description, Operation
from assurance.collectors.http.people import People
from assurance.collectors.http.situations import reading

_CLIENTS = 6
"""That are slow at once in one way."""

_WATCHED = 75.0
"""Seconds after which nobody waits any longer for a slow client to be sent away."""

_CONNECTS = 5.0
_SETTLES = 0.5
"""Seconds after which a server has taken up what was sent."""

_MOST = 4096
_FOREVER = 900
"""Bytes of a body that are promised; none of them is sent."""

Begun = dict[str, list[socket.socket | None]]
"""Way of being slow → connections that are; None for one that was refused."""


def slow_clients(
    client: Client, described: Description, people: People
) -> Iterator[dict[str, Any]]:
    """Yield for each way of being slow what others got meanwhile, and when its clients were let go.

    All ways are tried at once. What is not let go within `watched_s` is told as None.
    """
    first = reading(described)[0]
    token = people.token(first.roles or described.roles) if first.protected else ""
    asked = asking("GET", described.path(first), token)
    begun = time.monotonic()
    ways: Begun = {}
    try:
        for way, text in _ways(client, described, first).items():
            ways[way] = _several(client, text)
        time.sleep(_SETTLES)
        meanwhile = client.send(asked)
        patience = _WATCHED if status_of(meanwhile) is not None else 0.0
        ended = _ended(ways, begun, begun + patience)
        watched = time.monotonic() - begun
    finally:
        for connection in (each for those in ways.values() for each in those if each):
            connection.close()
    for way in ways:
        yield {
            "way": way,
            "operation": first.name,
            "meanwhile": meanwhile,
            "ended_s": ended[way],
            "watched_s": round(watched, 1),
        }


def _ways(client: Client, described: Description, first: Operation) -> dict[str, bytes]:
    host = httpx.URL(client.base_url).netloc.decode()
    about = f"Host: {host}\r\nUser-Agent: {AGENT}\r\n"
    ways = {"an unfinished head": f"GET {described.path(first)} HTTP/1.1\r\n{about}X-Slow: "}
    taking = next((each for each in described.operations if each.body is not None), None)
    if taking is not None:
        ways["an unsent body"] = (
            f"{taking.method} {described.path(taking)} HTTP/1.1\r\n{about}"
            f"Content-Type: application/json\r\nContent-Length: {_FOREVER}\r\n\r\n"
        )
    return {way: text.encode() for way, text in ways.items()}


def _several(client: Client, text: bytes) -> list[socket.socket | None]:
    """Return connections on which a request was begun; after one that was refused none is tried."""
    found = [_begun(client, text)]
    while len(found) < _CLIENTS:
        found.append(None if found[-1] is None else _begun(client, text))
    return found


def _begun(client: Client, text: bytes) -> socket.socket | None:
    """Return a connection on which a request was begun; None where it was refused."""
    url = httpx.URL(client.base_url)
    port = url.port or (443 if url.scheme == "https" else 80)
    connection = None
    try:
        connection = socket.create_connection((url.host, port), timeout=_CONNECTS)
        if url.scheme == "https":
            connection = client.verification.wrap_socket(connection, server_hostname=url.host)
        connection.sendall(text)
    except OSError:
        if connection is not None:
            connection.close()
        return None
    connection.setblocking(False)
    return connection


def _ended(ways: Begun, begun: float, until: float) -> dict[str, list[float | None]]:
    """Return after how many seconds each client was refused, answered, or its connection closed."""
    found: dict[str, list[float | None]] = {way: [0.0] * len(those) for way, those in ways.items()}
    with selectors.DefaultSelector() as waiting:
        for way, those in ways.items():
            for number, connection in enumerate(those):
                if connection is not None:
                    found[way][number] = None
                    waiting.register(connection, selectors.EVENT_READ, (way, number, connection))
        while waiting.get_map() and (left := until - time.monotonic()) > 0:
            for key, _ in waiting.select(left):
                way, number, connection = key.data
                if _says_something(connection):
                    found[way][number] = round(time.monotonic() - begun, 1)
                    waiting.unregister(connection)
    return found


def _says_something(connection: socket.socket) -> bool:
    """Whether a server answers or hangs up; what TLS says beside that does not count."""
    try:
        connection.recv(_MOST)
    except (ssl.SSLWantReadError, BlockingIOError):
        return False
    except OSError:
        return True
    return True
