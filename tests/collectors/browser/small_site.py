"""A small site with an API, served for a test: well made, or with the faults that it is told."""

from __future__ import annotations

import base64
import contextlib
import json
import ssl
import struct
import threading
import zlib
from collections.abc import Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from tests.collectors.tls.small_entrance import speak_tls

HERE = Path(__file__).parent / "site"
FAULTS = frozenset(
    {
        "content by script",
        "no policy",
        "reloading links",
        "no deep links",
        "no manifest",
        "small icons",
        "no worker",
        "worker without cache",
        "silent",
        "no trace",
        "unlabelled",
        "hidden focus",
        "unreachable",
        "wide",
        "heavy",
    }
)
_POLICY = "default-src 'none'; " + "; ".join(
    f"{kind}-src 'self'" for kind in ("script", "style", "connect", "manifest")
)
_TYPES = {".js": "text/javascript", ".css": "text/css", ".html": "text/html; charset=utf-8"}
_ICON = {"sizes": "512x512", "type": "image/png"}
_MANIFEST = {
    "name": "Tools",
    "start_url": "/",
    "display": "standalone",
    "icons": [
        {"src": "/icon.png", **_ICON},
        {"src": "/mask.png", "purpose": "maskable", **_ICON},
    ],
}
_TEXTS = {
    "/": (
        "Tools to borrow",
        "Saws, planes and chisels, sharpened every week by those who know how.",
    ),
    "/about": (
        "About the tool library",
        "Neighbours lend their tools to neighbours, free of charge.",
    ),
}


@contextlib.contextmanager
def serving(*faults: str, context: ssl.SSLContext | None = None) -> Iterator[str]:
    """Serve the site on loopback, over TLS where that is given, and yield its base URL."""
    assert set(faults) <= FAULTS, faults
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Site, frozenset(faults)))
    server.daemon_threads = True
    base_url = speak_tls(server, context)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield base_url
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Site(BaseHTTPRequestHandler):
    def __init__(self, faults: frozenset[str], *arguments: object) -> None:
        self.faults = faults
        super().__init__(*arguments)  # type: ignore[arg-type]

    def log_message(self, format: str, *arguments: object) -> None:
        """Stay silent."""

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        if path == "/api/items":
            self._answer(json.dumps(["saw", "plane"]), "application/json")
        elif path in _TEXTS:
            self._page(path)
        elif path == "/manifest.json":
            self._answer(json.dumps(_MANIFEST), "application/manifest+json")
        elif path.endswith(".png"):
            self._answer(_png(64 if "small icons" in self.faults else 512), "image/png")
        elif (HERE / path.strip("/")).is_file():
            self._answer(self._file(path.strip("/")), _TYPES[Path(path).suffix])
        else:
            self._answer("Not here.", "text/plain", 404)

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("content-length", 0)))
        self._answer(json.dumps("saw"), "application/json", 201)

    def _page(self, path: str) -> None:
        entered = self.headers.get("sec-fetch-mode") == "navigate"
        if "no deep links" in self.faults and path != "/" and entered:
            self._answer("Not here.", "text/plain", 404)
            return
        title, text = _TEXTS[path]
        content = f"<h1>{title}</h1><p>{text}</p>"
        html = (HERE / "page.html").read_text()
        html = html.replace("TITLE", title).replace("FAULTS", " ".join(_marks(self.faults)))
        late = "content by script" in self.faults
        html = html.replace("CONTENT", "<p>Loading</p>" if late else content)
        html = html.replace("LATE", base64.b64encode(content.encode()).decode() if late else "")
        if "no manifest" in self.faults:
            html = html.replace('<link rel="manifest" href="/manifest.json">', "")
        html = html.replace("EXTRA", _extra(self.faults))
        self._answer(html, _TYPES[".html"])

    def _file(self, name: str) -> str:
        text = (HERE / name).read_text()
        if name == "app.js" and "heavy" in self.faults:
            text += "\n//" + "".join(
                f"{number * 2654435761 % 2**32:08x}" for number in range(40_000)
            )
        if name == "sw.js" and "worker without cache" in self.faults:
            text = "self.addEventListener('fetch', (e) => e.respondWith(fetch(e.request)));"
        if name == "style.css" and "hidden focus" in self.faults:
            text += "\n*:focus { outline: none; }"
        return text

    def _answer(self, body: str | bytes, type_: str, status: int = 200) -> None:
        content = body.encode() if isinstance(body, str) else body
        self.send_response(status)
        self.send_header("content-type", type_)
        self.send_header("content-length", str(len(content)))
        self.send_header("cache-control", "no-cache")
        if "no policy" not in self.faults:
            self.send_header("content-security-policy", _POLICY)
        self.end_headers()
        with contextlib.suppress(ConnectionError):
            self.wfile.write(content)


def _marks(faults: frozenset[str]) -> Iterator[str]:
    return (fault.replace(" ", "-") for fault in sorted(faults))


def _extra(faults: frozenset[str]) -> str:
    found = {
        "unlabelled": "<button></button>",
        "unreachable": '<div role="button" class="box">Fold</div>',
        "wide": '<div class="wide">A table that does not fold</div>',
    }
    return "".join(html for fault, html in found.items() if fault in faults)


def _png(size: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        whole = kind + data
        return struct.pack(">I", len(data)) + whole + struct.pack(">I", zlib.crc32(whole))

    rows = zlib.compress(b"".join(b"\0" + b"\x80" * size for _ in range(size)))
    header = struct.pack(">IIBBBBB", size, size, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    )
