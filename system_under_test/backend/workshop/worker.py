"""gunicorn's threaded worker with this service's manners: no banner, problem documents only.

What gunicorn says by itself, when a request cannot even be read, would otherwise be HTML, quote the
request, and put the client's address into the log.
"""

import contextlib
import errno
import logging
import selectors
import socket
import sys
import time
from functools import partial
from http import HTTPStatus
from typing import Any, ClassVar

from gunicorn import util
from gunicorn.glogging import Logger
from gunicorn.http import errors, wsgi
from gunicorn.workers import gthread

from workshop.connections import (
    PEER_SECONDS,
    READ_SECONDS,
    BodyTooLarge,
    Connection,
    refusal,
)
from workshop.drain import Drain
from workshop.logs import describe

log = logging.getLogger(__name__)

SWITCH_SECONDS = 0.0005
LOOK_SECONDS = 0.05  # how soon a worker notices that the others got ahead of it
FAREWELL_SECONDS = 2.0  # how long a peer may take to hang up after the last answer
LATER = object()  # what `handle` says of a connection whose request is not all here

STATUSES: dict[type[Exception], HTTPStatus] = {
    errors.LimitRequestLine: HTTPStatus.REQUEST_URI_TOO_LONG,
    errors.LimitRequestHeaders: HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
    errors.UnsupportedTransferCoding: HTTPStatus.NOT_IMPLEMENTED,
    errors.ExpectationFailed: HTTPStatus.EXPECTATION_FAILED,
    errors.ParseException: HTTPStatus.BAD_REQUEST,
    BodyTooLarge: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
}


class EventLogger(Logger):  # type: ignore[misc]
    """gunicorn's messages without a line for each request: the application writes that one."""

    def access(self, *_: object) -> None:
        """Stay silent: gunicorn would put a line together that nobody wants."""


class Gathered(bytearray):
    """Takes what is written to a socket, to send it in one piece."""

    def sendall(self, data: bytes) -> None:
        """Keep the data."""
        self.extend(data)


class PlainResponse(wsgi.Response):  # type: ignore[misc]
    """A response that does not name the server, and ends its connection when the task ends."""

    drain: ClassVar[Drain]
    closes = False

    def default_headers(self) -> list[str]:
        """The headers of every response, without the banner."""
        headers: list[str] = super().default_headers()
        return [header for header in headers if not header.startswith("Server:")]

    def write(self, arg: bytes) -> None:
        """Send the head with the first piece of the body: one packet, one wake-up of its reader."""
        if self.headers_sent:
            super().write(arg)
            return
        connection: socket.socket = self.sock
        self.sock: Any = Gathered()
        try:
            super().write(arg)
        finally:
            gathered, self.sock = self.sock, connection
        connection.settimeout(PEER_SECONDS)
        try:
            connection.sendall(gathered)
        except TimeoutError as error:  # who does not take the answer is as good as gone
            raise BrokenPipeError(errno.EPIPE, "the answer was not taken") from error

    def should_close(self) -> bool:
        """Close the connection after this response also when the task is going away.

        It is asked again after the response: by then its head has told the client what will be, and
        whoever was told to go on may have sent the next request.
        """
        if not self.headers_sent:
            self.closes = self.drain.has_begun or bool(super().should_close())
        return self.closes


class Worker(gthread.ThreadWorker):  # type: ignore[misc]
    """A worker whose every answer is one of ours."""

    def init_process(self) -> None:
        """Take the place of gunicorn's response and connection in this process."""
        PlainResponse.drain = self.app.drain
        wsgi.Response = PlainResponse
        gthread.TConn = Connection
        # Requests are short: a thread that holds the interpreter for Python's 5 ms holds up many.
        sys.setswitchinterval(SWITCH_SECONDS)
        self.app.balance.note(self.age, 0)
        self._looked = (float("-inf"), 0)
        super().init_process()

    def set_accept_enabled(self, enabled: bool) -> None:  # noqa: FBT001 - gunicorn's interface
        """Accept connections only while the other workers do not hold clearly fewer."""
        if not self.alive:
            self._stop_listening()
            return
        if enabled and self._looks_the_same():
            return
        self.app.balance.note(self.age, self.nr_conns)
        super().set_accept_enabled(enabled and self.app.balance.may_accept(self.nr_conns))

    def _looks_the_same(self) -> bool:
        """Whether this worker looked a moment ago, and holds as many connections as then."""
        now, (before, held) = time.monotonic(), self._looked
        if held == self.nr_conns and now - before < LOOK_SECONDS:
            return True
        self._looked = (now, self.nr_conns)
        return False

    def _stop_listening(self) -> None:
        """Take in whoever waits at the door, then close it: later ones are refused at once.

        gunicorn itself would leave it open, and let them wait in vain until the process ends.
        """
        super().set_accept_enabled(False)
        listeners: list[socket.socket] = list(self.sockets)
        self.sockets: list[socket.socket] = []
        for listener in listeners:
            listener.setblocking(False)
            held = -1
            while held != self.nr_conns:
                held = self.nr_conns
                self.accept(listener)
            listener.close()

    def wait_for_and_dispatch_events(self, timeout: float) -> None:
        """Look at the balance again after every event."""
        super().wait_for_and_dispatch_events(min(timeout, LOOK_SECONDS))
        if self.alive:
            self.set_accept_enabled(self.nr_conns < self.worker_connections)

    def handle(self, conn: Connection) -> object:
        """Answer the request of a connection, or let it wait until all of it is here."""
        try:
            if conn.holds_request(self.app.settings.body_bytes):
                answered: bool = super().handle(conn)
                return answered
        except BodyTooLarge as error:
            self.handle_error(None, conn.sock, conn.client, error)
            return False
        except OSError:
            return False
        return LATER

    def _keepalive_after(self, conn: Connection, keepalive: object) -> bool:
        """Whether the connection can be used again; its request was answered, once and for all."""
        try:
            return bool(super()._keepalive_after(conn, keepalive))
        except errors.ParseException:
            return False

    def finish_request(self, conn: Connection, fs: Any) -> None:
        """Wait for more of the request, for the next one, or for the peer to hang up."""
        result = None if fs.cancelled() or fs.exception() else fs.result()
        if result is LATER:
            self._wait_for_more(conn)
        elif result:
            super().finish_request(conn, fs)
        else:
            self._take_leave(conn)

    def _wait_for_more(self, conn: Connection) -> None:
        if conn.began is not None:
            conn.timeout = conn.began + READ_SECONDS
        else:
            patience: float = self.cfg.keepalive if self.alive else FAREWELL_SECONDS
            conn.timeout = time.monotonic() + patience
        self._watch(conn, partial(self.on_pending_socket_readable, conn))

    def _take_leave(self, conn: Connection) -> None:
        """Say that nothing more will come, and close when the peer has heard it.

        Closed at once, with input unread, the kernel would take the answer back.
        """
        conn.began = None
        conn.timeout = time.monotonic() + FAREWELL_SECONDS
        try:
            conn.sock.shutdown(socket.SHUT_WR)
        except OSError:
            self._close(conn)
            return
        self._watch(conn, partial(self._hear_out, conn))

    def _hear_out(self, conn: Connection, client: socket.socket) -> None:
        with contextlib.suppress(OSError):
            if client.recv(65_536):
                return
        self.pending_conns.remove(conn)
        self.poller.unregister(client)
        self._close(conn)

    def _watch(self, conn: Connection, then: partial[None]) -> None:
        conn.sock.setblocking(False)
        self.pending_conns.append(conn)
        self.poller.register(conn.sock, selectors.EVENT_READ, then)

    def _close(self, conn: Connection) -> None:
        self.nr_conns -= 1
        conn.close()

    def murder_pending(self) -> None:
        """Let go of who took too long, with a word to those who had begun."""
        now = time.monotonic()
        for conn in [conn for conn in self.pending_conns if conn.timeout <= now]:
            self.pending_conns.remove(conn)
            self.poller.unregister(conn.sock)
            if conn.began is None:
                self._close(conn)
                continue
            log.warning("request not readable", extra={"fields": {"status": 408}})
            with contextlib.suppress(OSError):
                conn.sock.send(refusal(HTTPStatus.REQUEST_TIMEOUT))
            self._take_leave(conn)

    def _cap_keepalive(self, deadline: float) -> None:
        """When stopping, wait no longer for connections on which nothing was asked."""
        super()._cap_keepalive(deadline)
        for conn in self.pending_conns:
            if conn.began is None:
                conn.timeout = min(conn.timeout, deadline)

    def handle_error(self, _: object, client: socket.socket, __: object, exc: Exception) -> None:
        """Answer a request that could not be read or finished."""
        matching = (status for kind, status in STATUSES.items() if isinstance(exc, kind))
        status = next(matching, HTTPStatus.INTERNAL_SERVER_ERROR)
        fields: dict[str, Any] = {"status": status.value, "error": type(exc).__qualname__}
        if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            fields |= describe(exc)
        log.warning("request not readable", extra={"fields": fields})
        try:
            util.write_nonblock(client, refusal(status))
        except OSError:
            log.debug("client is gone")
