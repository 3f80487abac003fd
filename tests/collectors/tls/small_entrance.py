"""Entrances on loopback that tests can make better or worse: of TLS, of HTTP, of neither."""

from __future__ import annotations

import socket
import ssl
import threading
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from trustme import CA

Answer = Callable[[str, str], tuple[int, str]]
"""Method and path → status, and where to go; empty for nowhere."""


def server_context(
    authority: CA,
    *names: str,
    oldest: str = "TLSv1_2",
    newest: str = "TLSv1_3",
    ciphers: str = "DEFAULT",
    days: int = 90,
    begun: int = 1,
) -> ssl.SSLContext:
    """Return what a server needs to speak TLS, from one version to another, as one of names."""
    now = datetime.now(UTC)
    certificate = authority.issue_cert(
        *names,
        not_before=now - timedelta(days=begun),
        not_after=now + timedelta(days=days, hours=1),
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.set_ciphers(f"{ciphers}:@SECLEVEL=0")
    with warnings.catch_warnings():  # that old versions are deprecated is what this is about
        warnings.simplefilter("ignore", DeprecationWarning)
        context.minimum_version = ssl.TLSVersion[oldest]
        context.maximum_version = ssl.TLSVersion[newest]
    certificate.configure_cert(context)
    return context


def trust_file(authority: CA, directory: Path) -> Path:
    """Write what a client must trust."""
    file = directory / "authority.pem"
    authority.cert_pem.write_to_path(str(file))
    return file


def speak_tls(server: HTTPServer, context: ssl.SSLContext | None) -> str:
    """Let a server of tests speak TLS, if it is given what that takes; return its base URL."""
    address = f"127.0.0.1:{server.server_port}"
    if context is None:
        return f"http://{address}"
    # Each connection shakes hands when it is first read, so that none waits for another.
    server.socket = context.wrap_socket(
        server.socket, server_side=True, do_handshake_on_connect=False
    )
    return f"https://{address}"


@contextmanager
def serving(answer: Answer, context: ssl.SSLContext | None = None) -> Iterator[int]:
    """A server of HTTP, over TLS where it is given what that takes; yields its port."""

    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            status, location = answer(self.command, self.path)
            self.send_response(status)
            if location:
                self.send_header("Location", location)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            pass

    for method in ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"):
        setattr(Handler, f"do_{method}", Handler.answer)

    class Server(ThreadingHTTPServer):
        def finish_request(self, request: Any, client_address: Any) -> None:
            if context is None:
                Handler(request, client_address, self)
                return
            with context.wrap_socket(request, server_side=True) as link:
                Handler(link, client_address, self)

        def handle_error(self, *_: Any) -> None:
            """A client that is refused is what tests want."""

    server = Server(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def answering(speak: Callable[[socket.socket], None]) -> Iterator[int]:
    """A server that takes connections and does something else with them; yields its port."""
    listening = socket.create_server(("127.0.0.1", 0))
    taken: list[socket.socket] = []

    def run() -> None:
        with suppress(OSError):
            while True:
                taken.append(listening.accept()[0])
                with suppress(OSError):
                    speak(taken[-1])

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    try:
        yield listening.getsockname()[1]
    finally:
        listening.shutdown(socket.SHUT_RDWR)
        listening.close()
        for each in taken:
            each.close()
        thread.join()


@contextmanager
def closed_port() -> Iterator[int]:
    """A port that nobody listens at, held so that nobody else begins to."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        yield held.getsockname()[1]


def to_https(port: int) -> Answer:
    """Return what leads every request to HTTPS at a port of 127.0.0.1."""
    return lambda _, path: (301, f"https://127.0.0.1:{port}{path}")


def served(_: str, __: str) -> tuple[int, str]:
    """Answer everything."""
    return 200, ""
