"""gunicorn's threaded worker with this service's manners: no banner, problem documents only.

What gunicorn says by itself, when a request cannot even be read, would otherwise be HTML, quote the
request, and put the client's address into the log.
"""

import logging
import socket
from http import HTTPStatus
from typing import Any

from gunicorn import util
from gunicorn.http import errors, wsgi
from gunicorn.workers.gthread import ThreadWorker

from workshop.logs import describe

log = logging.getLogger(__name__)

STATUSES: dict[type[Exception], HTTPStatus] = {
    errors.LimitRequestLine: HTTPStatus.REQUEST_URI_TOO_LONG,
    errors.LimitRequestHeaders: HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
    errors.UnsupportedTransferCoding: HTTPStatus.NOT_IMPLEMENTED,
    errors.ExpectationFailed: HTTPStatus.EXPECTATION_FAILED,
    errors.ParseException: HTTPStatus.BAD_REQUEST,
}


class PlainResponse(wsgi.Response):  # type: ignore[misc]
    """A response that does not name the server."""

    def default_headers(self) -> list[str]:
        """The headers of every response, without the banner."""
        headers: list[str] = super().default_headers()
        return [header for header in headers if not header.startswith("Server:")]


class Worker(ThreadWorker):  # type: ignore[misc]
    """A worker whose every answer is one of ours."""

    def init_process(self) -> None:
        """Take the place of gunicorn's response in this process."""
        wsgi.Response = PlainResponse
        super().init_process()

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
