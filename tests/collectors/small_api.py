"""A small API on loopback that tests of collectors can make better or worse."""

from __future__ import annotations

import json
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer, ThreadingHTTPServer
from typing import Any, ClassVar

from tests.collectors.tls.small_entrance import speak_tls

DOCUMENT: dict[str, Any] = {
    "openapi": "3.1.0",
    "info": {"title": "Notes", "version": "1"},
    "paths": {
        "/api/notes": {
            "get": {
                "responses": {
                    "200": {
                        "description": "all",
                        "content": {"application/json": {"schema": {"type": "array"}}},
                    }
                }
            },
            "post": {
                "security": [{"bearer": ["writer"]}],
                "requestBody": {
                    "content": {
                        "application/json": {
                            "schema": {
                                "type": "object",
                                "required": ["text"],
                                "properties": {"text": {"type": "string", "minLength": 1}},
                            }
                        }
                    }
                },
                "responses": {"201": {"description": "made"}, "401": {"description": "who?"}},
            },
        },
        "/api/notes/{id}": {
            "parameters": [
                {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}
            ],
            "get": {
                "security": [{"bearer": ["writer"]}],
                "responses": {"200": {"description": "one"}, "404": {"description": "none"}},
            },
            "delete": {
                "security": [{"bearer": ["writer"]}],
                "responses": {"204": {"description": "gone"}, "404": {"description": "none"}},
            },
        },
    },
    "components": {"securitySchemes": {"bearer": {"type": "http", "scheme": "bearer"}}},
}


@dataclass
class SmallApi:
    """Notes by their owner.

    Attributes:
        owners: Token → who it is.
        guarded: Whether a token is asked for at all.
        private: Whether only owners reach their notes.
        patience: Seconds that it waits for the rest of a request; None for ever.
        alone: Whether it serves one connection at a time.
        extra: Headers of every answer.
        notes: Id → owner.
        asked: Method and path of every request, as it came.
    """

    owners: dict[str, str] = field(default_factory=lambda: {"good": "ada", "other": "bob"})
    guarded: bool = True
    private: bool = True
    patience: float | None = 2.0
    alone: bool = False
    extra: dict[str, str] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def answer(self, method: str, path: str, token: str) -> tuple[int, Any, dict[str, str]]:
        """Return status, body and headers."""
        self.asked.append(f"{method} {path}")
        who = self.owners.get(token, "" if self.guarded else "anybody")
        if path == "/api/openapi.json":
            return 200, DOCUMENT, {}
        if path == "/api/notes" and method == "GET":
            return 200, [], {}
        if not path.startswith("/api/notes"):
            return 404, {}, {}
        if not who:
            return 401, {}, {}
        return self._on_notes(method, path.rpartition("/")[2], who)

    def traced(self, method: str, path: str, parent: str) -> None:
        """Take note of the trace that a request belongs to; nothing by itself."""

    def _on_notes(self, method: str, id_: str, who: str) -> tuple[int, Any, dict[str, str]]:
        if method == "POST":
            made = f"n{len(self.asked)}"
            self.notes[made] = who
            return 201, {"id": made}, {"Location": f"/api/notes/{made}"}
        if id_ not in self.notes or (self.private and self.notes[id_] != who):
            return 404, {}, {}
        if method == "DELETE":
            del self.notes[id_]
            return 204, None, {}
        return 200, {"id": id_}, {}


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    api: ClassVar[SmallApi]

    def _serve(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        token = (self.headers.get("Authorization") or "").removeprefix("Bearer ")
        self.api.traced(self.command, self.path, self.headers.get("traceparent") or "")
        status, body, headers = self.api.answer(self.command, self.path, token)
        content = b"" if body is None else json.dumps(body).encode()
        self.send_response(status)
        told = {"Content-Type": "application/json", **self.api.extra, **headers}
        for name, value in told.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    do_GET = do_POST = do_PUT = do_DELETE = do_PATCH = _serve  # noqa: N815  as the server calls them

    def log_message(self, format: str, *args: object) -> None:
        """Keep quiet."""


class _Alone(HTTPServer):
    """Serves one connection after the other, and minds nobody who hung up."""

    request_queue_size = 32

    def handle_error(self, request: object, client_address: object) -> None:
        """Keep quiet."""


@contextmanager
def serving(api: SmallApi, context: ssl.SSLContext | None = None) -> Iterator[str]:
    """The API at an address of loopback, over TLS where it is given what that takes."""
    handler = type("Handler", (_Handler,), {"api": api, "timeout": api.patience})
    server = (_Alone if api.alone else ThreadingHTTPServer)(("127.0.0.1", 0), handler)
    base_url = speak_tls(server, context)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield base_url
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
