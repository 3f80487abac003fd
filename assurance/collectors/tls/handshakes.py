"""Offers one version of TLS at a time, and tells what came of it.

OpenSSL is reached through pyOpenSSL, whose wheels bring a build of their own: a distribution that
keeps its programs from speaking old versions does not keep this one from offering them. Where a
build cannot offer a version, nothing is known of it. SSL 2.0 and 3.0 are not tried: no library that
is still cared for can offer them.
"""

from __future__ import annotations

import re
import socket
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Any

from cryptography.x509 import Certificate
from OpenSSL import SSL

VERSIONS: Mapping[str, int] = {
    "1.0": SSL.TLS1_VERSION,
    "1.1": SSL.TLS1_1_VERSION,
    "1.2": SSL.TLS1_2_VERSION,
    "1.3": SSL.TLS1_3_VERSION,
}
_EVERY_CIPHER = b"ALL:COMPLEMENTOFALL:@SECLEVEL=0"
"""Weak ones too, so that a server that knows no better is still seen to accept."""

_ALERT = re.compile(r"\balert (.+)$")
_CHUNK = 16_384


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a handshake is tried.

    Attributes:
        host: A name in its ASCII form, or an address.
        port: Of TCP.
        seconds: Until it is given up.
    """

    host: str
    port: int
    seconds: float

    @property
    def is_address(self) -> bool:
        """Whether the host is an address, which is never named in a handshake."""
        with suppress(ValueError):
            return bool(ip_address(self.host))
        return False


@dataclass(frozen=True, slots=True, kw_only=True)
class Shaken:
    """What came of a handshake: the values of its evidence, and the certificates presented."""

    values: Mapping[str, Any]
    chain: tuple[Certificate, ...] = ()


def shake(place: Place, version: str) -> Shaken:
    """Offer one version of TLS, and only that, with every cipher there is."""
    connection = _connection(place, version)
    if connection is None:
        return _unknown(version, f"OpenSSL of this machine cannot offer TLS {version}")
    try:
        _exchange(connection, place)
    except SSL.Error as error:
        return _refused(version, _reason(error))
    except (EOFError, ConnectionResetError, BrokenPipeError):
        return _refused(version, "closed the connection without a word")
    except TimeoutError:
        return _unknown(version, f"no answer within {place.seconds:g} s")
    except OSError as error:
        return _unknown(version, f"no connection: {error}")
    return Shaken(
        values={
            "version": version,
            "accepted": True,
            "cipher": connection.get_cipher_name(),
            "refusal": "",
            "alert": "",
        },
        chain=tuple(connection.get_peer_cert_chain(as_cryptography=True) or ()),
    )


def _connection(place: Place, version: str) -> SSL.Connection | None:
    """Return a connection whose first message offers the version; None if none here can."""
    try:
        context = SSL.Context(SSL.TLS_CLIENT_METHOD)
        context.set_cipher_list(_EVERY_CIPHER)
        context.set_min_proto_version(VERSIONS[version])
        context.set_max_proto_version(VERSIONS[version])
        connection = SSL.Connection(context, None)
        connection.set_connect_state()
        if not place.is_address:
            connection.set_tlsext_host_name(place.host.encode())
        connection.do_handshake()
    except SSL.WantReadError:
        return connection
    except (SSL.Error, ValueError):
        return None
    return None


def _exchange(connection: SSL.Connection, place: Place) -> None:
    """Carry messages to and fro until the handshake is through; in all no longer than allowed."""
    end = time.monotonic() + place.seconds
    hello = connection.bio_read(_CHUNK)
    with socket.create_connection((place.host, place.port), timeout=place.seconds) as link:
        link.sendall(hello)
        while True:
            link.settimeout(max(end - time.monotonic(), 0.001))
            answer = link.recv(_CHUNK)
            if not answer:
                raise EOFError
            connection.bio_write(answer)
            with suppress(SSL.WantReadError):
                connection.do_handshake()
                _flush(connection, link)
                return
            _flush(connection, link)


def _flush(connection: SSL.Connection, link: socket.socket) -> None:
    with suppress(SSL.WantReadError):
        link.sendall(connection.bio_read(_CHUNK))


def _reason(error: SSL.Error) -> str:
    """Return what OpenSSL says last, such as `tlsv1 alert protocol version`."""
    entries = error.args[0] if error.args and isinstance(error.args[0], list) else []
    return str(entries[-1][-1]) if entries else f"{type(error).__name__} {error}".rstrip()


def _refused(version: str, why: str) -> Shaken:
    alert = _ALERT.search(why)
    return Shaken(
        values={
            "version": version,
            "accepted": False,
            "cipher": "",
            "refusal": why,
            "alert": alert[1] if alert else "",
        }
    )


def _unknown(version: str, why: str) -> Shaken:
    return Shaken(
        values={
            "version": version,
            "accepted": {"$unknown": why},
            "cipher": "",
            "refusal": "",
            "alert": "",
        }
    )
