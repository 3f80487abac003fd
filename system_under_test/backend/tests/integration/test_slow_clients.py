"""Clients that take their time, or ask before they send: none of them holds anybody up."""

import signal
import socket
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import httpx
import pytest

from conftest import SignIn
from running import raw, server
from workshop.connections import PEER_SECONDS, READ_SECONDS

MODULES = "/api/v1/modules"


@pytest.fixture(scope="module")
def running(with_database: dict[str, str], scratch: Path) -> Any:
    given = {"BODY_BYTES": "2000"}
    with server(with_database | given, scratch / "slow.log") as (_, address):
        yield address


SLOW = {
    "head": b"GET /health/live HTTP/1.1\r\nHost: a\r\nX-Slow: ",
    "body": b"POST /api/v1/enrolments HTTP/1.1\r\nHost: a\r\nContent-Length: 900\r\n\r\n",
    "chunk": b"POST /api/v1/features HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n9\r\n",
    "asked for body": (
        b"POST /api/v1/enrolments HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\n"
        b"Content-Length: 900\r\n\r\n"
    ),
    "nothing": b"",
}


@pytest.mark.parametrize("sent", SLOW.values(), ids=SLOW)
def test_slow_clients_hold_nobody_up(
    with_database: dict[str, str], tmp_path: Path, sent: bytes
) -> None:
    """Many more of them than there are threads, each sending a byte now and then."""
    with server(with_database, tmp_path / "log") as (process, address), ExitStack() as stack:
        host, port = address.removeprefix("http://").split(":")
        slow = [stack.enter_context(socket.create_connection((host, int(port)))) for _ in range(60)]
        for _ in range(8):
            for connection in slow:
                connection.sendall(sent or b"")
            sent = b"a" if sent else b""
            assert httpx.get(f"{address}{MODULES}", timeout=READ_SECONDS / 2).status_code == 200
            time.sleep(0.2)
        process.send_signal(signal.SIGTERM)
        stack.close()
        assert process.wait(15) == 0
    assert '"level":"critical"' not in (tmp_path / "log").read_text()


def test_a_request_that_does_not_come_to_its_end_is_given_up(running: str) -> None:
    host, port = running.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=20) as connection:
        connection.sendall(SLOW["head"])
        began = time.monotonic()
        heard = connection.recv(65_536)

    assert heard.startswith(b"HTTP/1.1 408 ")
    assert b"application/problem+json" in heard
    assert READ_SECONDS - 1 < time.monotonic() - began < READ_SECONDS + 5


def test_a_body_that_comes_a_moment_later_is_read(running: str, sign_in: SignIn) -> None:
    """As from a client that waits to be told to go on, and from one that sends in pieces."""
    host, port = running.removeprefix("http://").split(":")
    body = b'{"module": "no-such-module"}'
    head = (
        f"POST /api/v1/enrolments HTTP/1.1\r\nHost: a\r\nContent-Length: {len(body)}\r\n"
        f"Authorization: {sign_in('ada', 'learner')['Authorization']}\r\n"
        "Content-Type: application/json\r\n"
    ).encode()
    for expecting in (b"", b"Expect: 100-continue\r\n"):
        with socket.create_connection((host, int(port)), timeout=5) as connection:
            connection.sendall(head + expecting + b"\r\n")
            if expecting:
                assert connection.recv(65_536).startswith(b"HTTP/1.1 100 ")
            for piece in (body[:5], body[5:]):
                time.sleep(0.2)
                connection.sendall(piece)
            assert connection.recv(65_536).startswith(b"HTTP/1.1 404 ")


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        (b"Expect: 100-continue\r\nContent-Length: 3000", 413),
        (b"Expect: a-miracle\r\nContent-Length: 3", 417),
    ],
)
def test_who_may_not_send_a_body_hears_so_without_sending_it(
    running: str, asked: bytes, status: int
) -> None:
    host, port = running.removeprefix("http://").split(":")
    request = b"POST /api/v1/enrolments HTTP/1.1\r\nHost: a\r\n" + asked + b"\r\n\r\n"
    with socket.create_connection((host, int(port)), timeout=PEER_SECONDS - 1) as connection:
        connection.sendall(request)
        heard = connection.recv(65_536)

    assert heard.startswith(f"HTTP/1.1 {status} ".encode())
    assert b"application/problem+json" in heard


def test_requests_in_one_packet_are_answered_in_turn(running: str) -> None:
    two = b"GET /health/live HTTP/1.1\r\nHost: a\r\n\r\n" * 2

    assert raw(running, two + SLOW["head"]).count(b"HTTP/1.1 200 OK") == 2


def test_what_was_answered_is_not_answered_again(running: str) -> None:
    """An answer too many would be taken for that to the next request of a proxy."""
    head = b"POST /api/v1/enrolments HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"

    heard = raw(running, head + b"no chunk\r\n\r\n")

    assert heard.startswith(b"HTTP/1.1 401 ")
    assert heard.count(b"HTTP/1.1 ") == 1
