"""Connections to clients of any speed: none of them keeps a thread, or the event loop, waiting.

gunicorn's threaded worker hands a connection to a thread at its first byte, and the thread waits
for the rest: as many clients that send a byte now and then as there are threads would be enough to
silence the service. Here a request goes to a thread when all of it has arrived; who asks for leave
to send a body gets it, or a refusal, before that.
"""

import io
import re
import socket
import time
from http import HTTPStatus

from gunicorn.http.unreader import SocketUnreader
from gunicorn.workers.gthread import TConn

from workshop.security_headers import SECURITY_HEADERS

READ_SECONDS = 10.0  # from the first byte of a request to its last
PEER_SECONDS = 5.0  # how long a thread waits for a peer: to take the answer, or to finish its body
PIECE_BYTES = 65_536

END = b"\r\n\r\n"
LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*(\d{1,18})[ \t]*(?:\r|$)", re.IGNORECASE)
CHUNKED = re.compile(rb"\r\ntransfer-encoding:[ \t]*chunked[ \t]*(?:\r|$)", re.IGNORECASE)
EXPECTING = re.compile(rb"\r\nexpect:", re.IGNORECASE)
ASKING = re.compile(rb"\r\nexpect:[ \t]*100-continue[ \t]*(?=\r\n[^ \t]|\Z)", re.IGNORECASE)
GO_ON = b"HTTP/1.1 100 Continue\r\n\r\n"


class BodyTooLarge(Exception):
    """Somebody asked for leave to send more than is taken."""


def is_whole(received: bytes, most: int) -> bool:
    """Whether there is nothing to wait for: the request is all here, or will be refused anyway.

    This decides when a request is read, never what it says, which is the parser's to judge: where
    the two differ, a thread waits for PEER_SECONDS at most. `most` is the size of the largest body.
    """
    head, end, body = received.partition(END)
    if not end:
        return len(received) > PIECE_BYTES
    if EXPECTING.search(head):
        return True  # something that nobody here does, and that the parser refuses
    if CHUNKED.search(head):
        return END in body or len(body) > most
    length = LENGTH.search(head)
    return length is None or int(length[1]) > most or len(body) >= int(length[1])


def without_question(received: bytes, most: int) -> tuple[bytes, bool]:
    """The request without `Expect: 100-continue`, and whether its sender waits to be told to go on.

    Nobody waits who speaks HTTP/1.0, has nothing to send, or has sent it already (RFC 9110, section
    10.1.1). Without the field the parser does not tell anybody a second time.

    Raises:
        BodyTooLarge: It need not be sent at all.
    """
    head, end, body = received.partition(END)
    if not end or not ASKING.search(head):
        return received, False
    head = ASKING.sub(b"", head)
    request = head + end + body
    if not head.partition(b"\r\n")[0].endswith(b"HTTP/1.1"):
        return request, False
    length = LENGTH.search(head)
    if length and int(length[1]) > most:
        raise BodyTooLarge
    return request, not is_whole(request, most)


class Reader(SocketUnreader):  # type: ignore[misc]
    """What was received and not yet read, and the socket behind it, up to a moment."""

    buf: io.BytesIO
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

    def gathered(self, most: int) -> bytes:
        """What is here of a request; its sender was told to go on, if that was the question.

        Raises:
            BodyTooLarge: It shall not go on.
        """
        received: bytes = self.buf.getvalue()
        request, waits = without_question(received, most)
        if request is not received:
            self.buf = io.BytesIO(request)
        if waits:
            self.sock.send(GO_ON, socket.MSG_DONTWAIT)
        return request

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
        """Whether a thread may begin with what has arrived by now.

        Raises:
            BodyTooLarge: More would come than is taken.
        """
        self.init()
        reader: Reader = self.parser.unreader
        more = reader.take_in()
        received = reader.gathered(most)
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
    security = "".join(f"{name}: {value}\r\n" for name, value in SECURITY_HEADERS.items())
    head = (
        f"HTTP/1.1 {status.value} {status.phrase}\r\n"
        "Connection: close\r\n"
        "Content-Type: application/problem+json\r\n"
        f"{security}"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    return (head + body).encode("ascii")
