"""Connections to clients of any speed: none of them keeps a thread, or the event loop, waiting.

gunicorn's threaded worker hands a connection to a thread at its first byte, and the thread waits
for the rest: as many clients that send a byte now and then as there are threads would be enough to
silence the service. Here a request goes to a thread when all of it has arrived.
"""

import re
import socket
import time
from http import HTTPStatus

from gunicorn.http.unreader import SocketUnreader
from gunicorn.workers.gthread import TConn

READ_SECONDS = 10.0  # from the first byte of a request to its last
PEER_SECONDS = 5.0  # how long a thread waits for a peer: to take the answer, or to finish its body
PIECE_BYTES = 65_536

END = b"\r\n\r\n"
LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*(\d{1,18})[ \t]*(?:\r|$)", re.IGNORECASE)
CHUNKED = re.compile(rb"\r\ntransfer-encoding:[ \t]*chunked[ \t]*(?:\r|$)", re.IGNORECASE)
EXPECTING = re.compile(rb"\r\nexpect:", re.IGNORECASE)


def is_whole(received: bytes, most: int) -> bool:
    """Whether there is nothing to wait for: the request is all here, or will be refused anyway.

    This decides when a request is read, never what it says, which is the parser's to judge: where
    the two differ, a thread waits for PEER_SECONDS at most. `most` is the size of the largest body.
    """
    head, end, body = received.partition(END)
    if not end:
        return len(received) > PIECE_BYTES
    if EXPECTING.search(head):
        return True  # its sender waits for a word before the body
    if CHUNKED.search(head):
        return END in body or len(body) > most
    length = LENGTH.search(head)
    return length is None or int(length[1]) > most or len(body) >= int(length[1])


class Reader(SocketUnreader):  # type: ignore[misc]
    """What was received and not yet read, and the socket behind it, up to a moment."""

    until = float("inf")

    def take_in(self) -> bool:
        """Receive what is here without waiting, and say whether there can be more."""
        try:
            piece: bytes = self.sock.recv(PIECE_BYTES, socket.MSG_DONTWAIT)
        except BlockingIOError:
            return True
        self.buf.seek(0, 2)
        self.buf.write(piece)
        return bool(piece)

    def chunk(self, size_hint: int | None = None) -> bytes:
        """The next piece; who takes longer than allowed is treated like who hung up."""
        try:
            self.sock.settimeout(max(0.001, self.until - time.monotonic()))
            piece: bytes = super().chunk(size_hint)
        except TimeoutError as error:
            raise ConnectionResetError from error
        return piece


class Connection(TConn):  # type: ignore[misc]
    """A connection that gathers a request before anybody works on it.

    Attributes:
        began: when the first byte of the request arrived that is not whole yet.
    """

    began: float | None = None

    def init(self) -> None:
        """Make the parser, reading through ours."""
        if not self.initialized:
            super().init()
            self.parser.unreader = Reader(self.sock)

    def holds_request(self, most: int) -> bool:
        """Whether a thread may begin with what has arrived by now."""
        self.init()
        reader: Reader = self.parser.unreader
        more = reader.take_in()
        received = reader.buf.getvalue()
        if more and not (received and is_whole(received, most)):
            if received and self.began is None:
                self.began = time.monotonic()
            return False
        self.began = None
        reader.until = time.monotonic() + PEER_SECONDS
        return True


def refusal(status: HTTPStatus) -> bytes:
    """A whole response that refuses a request outside the application."""
    kind = status.phrase.lower().replace(" ", "-")
    body = (
        f'{{"type":"urn:workshop:problem:{kind}","title":"{status.phrase}",'
        f'"status":{status.value},"detail":"The request cannot be read.","instance":"",'
        f'"trace_id":"{"0" * 32}"}}'
    )
    head = (
        f"HTTP/1.1 {status.value} {status.phrase}\r\n"
        "Connection: close\r\n"
        "Content-Type: application/problem+json\r\n"
        "X-Content-Type-Options: nosniff\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    return (head + body).encode("ascii")
