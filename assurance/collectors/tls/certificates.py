"""Certificates as evidence, and whether a client that is strict about nothing else trusts them."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.hashes import SHA256

from assurance.collectors.authorities import trusting
from assurance.collectors.tls.handshakes import Place

_MALFORMED = (ValueError, x509.DuplicateExtension, x509.UnsupportedGeneralNameType)


def told(certificate: x509.Certificate) -> dict[str, Any]:
    """Return what a certificate says; what in it cannot be read is unknown."""
    return {
        "subject": certificate.subject.rfc4514_string(),
        "issuer": certificate.issuer.rfc4514_string(),
        "names": _read(lambda: _names(certificate)),
        "not_before": _moment(certificate.not_valid_before_utc),
        "not_after": _moment(certificate.not_valid_after_utc),
        "key": _read(lambda: _key(certificate)),
        "signature": _read(lambda: certificate.signature_algorithm_oid._name),
        "fingerprint": fingerprint(certificate),
    }


def fingerprint(certificate: x509.Certificate) -> str:
    """Return the SHA-256 of a certificate."""
    return certificate.fingerprint(SHA256()).hex()


def _read(read: Callable[[], Any]) -> Any:
    try:
        return read()
    except (*_MALFORMED, UnsupportedAlgorithm) as error:
        return {"$unknown": f"the certificate cannot be read: {error}"}


def _names(certificate: x509.Certificate) -> dict[str, list[str]]:
    """Return its alternative names; the common name is none, as clients ignore it."""
    try:
        found = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except x509.ExtensionNotFound:
        return {"dns": [], "ip": []}
    return {
        "dns": found.get_values_for_type(x509.DNSName),
        "ip": [str(address) for address in found.get_values_for_type(x509.IPAddress)],
    }


def _key(certificate: x509.Certificate) -> dict[str, Any]:
    key = certificate.public_key()
    kind = type(key).__name__.removeprefix("_").removesuffix("PublicKey")
    return {"type": kind, "bits": getattr(key, "key_size", None)}


def _moment(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def trusted(place: Place, trust: Path | None) -> dict[str, Any]:
    """Return whether a client accepts the certificate for what vouches for it, and if not, why.

    The client is Python's own, with the authorities that this machine trusts and the given ones; it
    does not look at the name, which is a question of its own.

    Raises:
        NotCollected: The given file holds no certificates.
    """
    if trust is None and not _has_authorities():
        return {"trusted": {"$unknown": "this machine trusts no authority"}, "distrust": ""}
    client, name = _client(trust), None if place.is_address else place.host
    try:
        with (
            socket.create_connection((place.host, place.port), timeout=place.seconds) as link,
            client.wrap_socket(link, server_hostname=name),
        ):
            return {"trusted": True, "distrust": ""}
    except ssl.SSLCertVerificationError as error:
        return {"trusted": False, "distrust": error.verify_message}
    except (ssl.SSLError, ConnectionError) as error:
        return {"trusted": False, "distrust": f"no handshake: {error}"}
    except OSError as error:
        return {"trusted": {"$unknown": f"no handshake: {error}"}, "distrust": ""}


def _client(trust: Path | None) -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.check_hostname = False
    return trusting(context, trust)


def _has_authorities() -> bool:
    paths = ssl.get_default_verify_paths()
    return bool(paths.cafile or paths.capath)


def distinct(chains: Iterable[tuple[x509.Certificate, ...]]) -> list[tuple[x509.Certificate, ...]]:
    """Return the chains that differ in what they are about: their first certificate."""
    return list({fingerprint(chain[0]): chain for chain in chains if chain}.values())
