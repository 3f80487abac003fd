"""When a request is handed to a thread."""

import socket
import time
from http import HTTPStatus

import pytest
from gunicorn.config import Config
from hypothesis import given
from hypothesis import strategies as st

from workshop.connections import (
    GO_ON,
    PIECE_BYTES,
    BodyTooLarge,
    Connection,
    Reader,
    is_whole,
    refusal,
    without_question,
)
from workshop.security_headers import SECURITY_HEADERS

POST = b"POST / HTTP/1.1\r\nHost: a\r\n"


@pytest.mark.parametrize(
    ("received", "whole"),
    [
        (b"GET / HTTP/1.1\r\nHost: a\r\n", False),
        (b"GET / HTTP/1.1\r\nHost: a\r\n\r\n", True),
        (POST + b"Content-Length: 3\r\n\r\n{}", False),
        (POST + b"content-LENGTH:\t3\r\n\r\n{} ", True),
        (POST + b"Content-Length: 3\r\nX: a\r\n\r\n{} GET", True),
        (POST + b"Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n", False),
        (POST + b"Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n", True),
        (POST + b"Transfer-Encoding: chunked\r\n\r\n" + b"a" * 101, True),  # refused anyway
        (POST + b"Content-Length: 101\r\n\r\n", True),  # refused anyway
        (POST + b"Transfer-Encoding: xchunked\r\nContent-Length: 3\r\n\r\n{}a", True),
        (POST + b"Content-Length: 10\r\nExpect: a-miracle\r\n\r\n", True),  # refused anyway
        (POST + b"Content-Length: -1\r\n\r\n", True),  # the parser's to refuse
        (b"X" * PIECE_BYTES, False),
        (b"X" * (PIECE_BYTES + 1), True),
    ],
)
def test_a_request_is_whole_when_there_is_nothing_to_wait_for(received: bytes, whole: bool) -> None:
    assert is_whole(received, 100) is whole


@given(st.integers(0, 100), st.data())
def test_no_part_of_a_request_is_whole(length: int, data: st.DataObject) -> None:
    request = POST + f"Content-Length: {length}\r\n\r\n".encode() + b"a" * length
    part = data.draw(st.integers(1, len(request) - 1))

    assert is_whole(request, 100)
    assert not is_whole(request[:part], 100)


def test_a_peer_that_stops_in_the_middle_is_treated_as_gone() -> None:
    here, there = socket.socketpair()
    with here, there:
        reader = Reader(here)
        reader.until = time.monotonic() + 0.05

        with pytest.raises(ConnectionResetError):
            reader.chunk()


def test_a_connection_holds_a_request_when_it_is_whole_or_nothing_more_will_come() -> None:
    here, there = socket.socketpair()
    with here, there:
        connection = Connection(Config(), here, ("127.0.0.1", 1), ("127.0.0.1", 2))

        assert not connection.holds_request(100)
        assert connection.began is None, "nobody is late who asked for nothing"
        there.sendall(POST)
        assert not connection.holds_request(100)
        assert connection.began is not None
        there.close()
        assert connection.holds_request(100)
        assert connection.parser.unreader.buf.getvalue() == POST


ASKING = POST + b"Expect: 100-Continue \r\nContent-Length: 10\r\n\r\n"


@pytest.mark.parametrize(
    ("received", "request_", "waits"),
    [
        (ASKING, POST + b"Content-Length: 10\r\n\r\n", True),
        (ASKING + b"a" * 9, POST + b"Content-Length: 10\r\n\r\n" + b"a" * 9, True),
        (ASKING + b"a" * 10, POST + b"Content-Length: 10\r\n\r\n" + b"a" * 10, False),
        (
            POST + b"Transfer-Encoding: chunked\r\nexpect:100-continue\r\n\r\n",
            POST + b"Transfer-Encoding: chunked\r\n\r\n",
            True,
        ),
        (POST + b"Expect: 100-continue\r\n\r\n", POST + b"\r\n", False),
        (
            b"POST / HTTP/1.0\r\nExpect: 100-continue\r\nContent-Length: 9\r\n\r\n",
            b"POST / HTTP/1.0\r\nContent-Length: 9\r\n\r\n",
            False,
        ),
        (ASKING[:-2], ASKING[:-2], False),
        (POST + b"Expect: a-miracle\r\n\r\n", POST + b"Expect: a-miracle\r\n\r\n", False),
        (
            POST + b"Expect: 100-continue\r\n folded\r\n\r\n",
            POST + b"Expect: 100-continue\r\n folded\r\n\r\n",
            False,
        ),
    ],
)
def test_who_asks_for_leave_to_send_a_body_is_told_once(
    received: bytes, request_: bytes, waits: bool
) -> None:
    assert without_question(received, 100) == (request_, waits)


def test_who_asks_for_leave_to_send_too_much_does_not_get_it() -> None:
    with pytest.raises(BodyTooLarge):
        without_question(ASKING.replace(b"10\r", b"101\r"), 100)


def test_a_connection_gathers_the_body_that_it_asked_for() -> None:
    here, there = socket.socketpair()
    with here, there:
        connection = Connection(Config(), here, ("127.0.0.1", 1), ("127.0.0.1", 2))

        there.sendall(ASKING)
        assert not connection.holds_request(100)
        assert there.recv(100) == GO_ON
        assert connection.began is not None, "it may take as long as any other request"
        there.sendall(b"a" * 9)
        assert not connection.holds_request(100)
        there.sendall(b"a")
        assert connection.holds_request(100)
        assert b"Expect" not in connection.parser.unreader.buf.getvalue()
        with pytest.raises(BlockingIOError):
            there.recv(100, socket.MSG_DONTWAIT)


def test_a_refusal_outside_the_application_is_as_guarded_as_any_other_answer() -> None:
    head = refusal(HTTPStatus.REQUEST_TIMEOUT).partition(b"\r\n\r\n")[0].decode().split("\r\n")

    assert {f"{name}: {value}" for name, value in SECURITY_HEADERS.items()} <= set(head)
