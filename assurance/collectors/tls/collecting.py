"""Collects what a client finds at the entrance of an environment before it says anything."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.metadata import version
from typing import Any

import httpx
from cryptography.x509 import Certificate
from OpenSSL import SSL

from assurance.collectors.http.collecting import resource
from assurance.collectors.tls.certificates import distinct, fingerprint, told, trusted
from assurance.collectors.tls.handshakes import VERSIONS, Place, Shaken, shake
from assurance.collectors.tls.plain_http import plain_answers
from assurance.collectors.tls.request import TlsRequest
from assurance.errors import NotCollected

FORMAT = "tls/1"


def collect_tls(request: TlsRequest) -> dict[str, Any]:
    """Return the evidence body of kind `tls`.

    One `tls_entrance`, a `tls_handshake` for each version, a `tls_certificate` for each different
    one that was presented, a `tls_plain_http` for each request over plain HTTP.

    Raises:
        NotCollected: Nothing takes connections at the base URL.
    """
    place = _place(request)
    _reach(place, request.base_url)
    return {
        "format": FORMAT,
        "root": request.base_url,
        "tools": {
            **{name: version(name) for name in ("cryptography", "httpx", "pyopenssl")},
            "openssl of handshakes": SSL.SSLeay_version(SSL.SSLEAY_VERSION).decode(),
            "openssl of trust": ssl.OPENSSL_VERSION,
        },
        "diagnostics": [],
        "resources": [
            *_encrypted(request, place),
            *(
                resource("tls_plain_http", answer["request"], answer)
                for answer in plain_answers(
                    request.plain or _plain(request.base_url, place), request
                )
            ),
        ],
    }


def _place(request: TlsRequest) -> Place:
    url = httpx.URL(request.base_url)
    port = url.port or {"https": 443, "http": 80}[url.scheme]
    return Place(host=url.raw_host.decode().strip("[]"), port=port, seconds=request.seconds)


def _reach(place: Place, base_url: str) -> None:
    try:
        socket.create_connection((place.host, place.port), timeout=place.seconds).close()
    except OSError as error:
        raise NotCollected(
            f"{base_url} takes no connection: {error}.",
            remedy="start the system, or correct the base URL.",
        ) from error


def _plain(base_url: str, place: Place) -> str:
    """Return where the same host takes plain HTTP, unless somebody says otherwise."""
    if base_url.startswith("http:"):
        return base_url
    host = f"[{place.host}]" if ":" in place.host else place.host
    return f"http://{host}:80"


def _encrypted(request: TlsRequest, place: Place) -> Iterator[dict[str, Any]]:
    entrance = {"url": request.base_url, "host": place.host, "port": place.port}
    seen_at = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    yield resource("tls_entrance", place.host, {**entrance, **trusted(place, request.trust)})
    shaken = [shake(place, each) for each in VERSIONS]
    for each in shaken:
        yield resource("tls_handshake", f"TLS {each.values['version']}", dict(each.values))
    for number, chain in enumerate(distinct(each.chain for each in shaken), 1):
        values = {
            "host": place.host,
            "seen_at": seen_at,
            "versions": _versions(chain, shaken),
            "chain": [told(each) for each in chain],
        }
        yield resource("tls_certificate", f"{place.host} #{number}", values)


def _versions(chain: tuple[Certificate, ...], shaken: list[Shaken]) -> list[str]:
    """Return the versions of TLS with which a certificate was presented."""
    wanted = fingerprint(chain[0])
    return [
        str(each.values["version"])
        for each in shaken
        if each.chain and fingerprint(each.chain[0]) == wanted
    ]
