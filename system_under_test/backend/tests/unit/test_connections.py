"""When a request is handed to a thread."""

import socket
import time

import pytest
from gunicorn.config import Config
from hypothesis import given
from hypothesis import strategies as st

from workshop.connections import PIECE_BYTES, Connection, Reader, is_whole

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
        (POST + b"Content-Length: 10\r\nExpect: 100-continue\r\n\r\n", True),
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
