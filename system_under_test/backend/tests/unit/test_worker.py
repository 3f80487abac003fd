"""What the worker writes to a connection."""

import contextlib
import socket
from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from gunicorn.config import Config

from workshop import worker
from workshop.drain import Drain
from workshop.worker import PlainResponse


@pytest.fixture(autouse=True)
def drain(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(PlainResponse, "drain", Drain(), raising=False)


@pytest.fixture
def ends() -> Iterator[tuple[socket.socket, socket.socket]]:
    """Two ends of a connection that keeps apart what was written apart."""
    here, there = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with here, there:
        there.settimeout(5)
        yield here, there


def response(connection: socket.socket, *headers: tuple[str, str]) -> PlainResponse:
    request = SimpleNamespace(version=(1, 1), method="GET", should_close=lambda: False)
    made = PlainResponse(request, connection, Config())
    made.start_response("200 OK", list(headers))
    return made


def test_head_and_body_are_sent_in_one_piece(ends: tuple[socket.socket, socket.socket]) -> None:
    made = response(ends[0], ("Content-Length", "2"))

    made.write(b"{}")

    piece = ends[1].recv(4096)
    assert piece.startswith(b"HTTP/1.1 200 OK\r\n")
    assert piece.endswith(b"Content-Length: 2\r\n\r\n{}")


def test_a_body_in_pieces_is_sent_as_it_comes(ends: tuple[socket.socket, socket.socket]) -> None:
    made = response(ends[0])

    made.write(b"a")
    made.write(b"bc")
    made.close()

    received = [ends[1].recv(4096) for _ in range(3)]
    assert received[0].endswith(b"Transfer-Encoding: chunked\r\n\r\n1\r\na\r\n")
    assert received[1:] == [b"2\r\nbc\r\n", b"0\r\n\r\n"]


def test_a_connection_that_was_told_to_go_on_goes_on(
    ends: tuple[socket.socket, socket.socket],
) -> None:
    """Its client may have sent the next request before the task began to go away."""
    told = response(ends[0], ("Content-Length", "2"))
    told.write(b"{}")
    PlainResponse.drain.begin()
    later = response(ends[0], ("Content-Length", "2"))
    later.write(b"{}")

    assert b"Connection: keep-alive" in ends[1].recv(4096)
    assert not told.should_close()
    assert b"Connection: close" in ends[1].recv(4096)
    assert later.should_close()


def test_an_answer_that_nobody_takes_is_given_up(
    ends: tuple[socket.socket, socket.socket], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "PEER_SECONDS", 0.05)
    made = response(ends[0])
    ends[0].setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4096)
    ends[0].setblocking(False)
    with contextlib.suppress(BlockingIOError):  # until nothing more fits
        while True:
            ends[0].send(b"a" * 1024)

    with pytest.raises(BrokenPipeError):
        made.write(b"a")
