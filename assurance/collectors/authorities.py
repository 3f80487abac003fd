"""Whom clients of an environment trust: what they know anyway, and the authorities of a file."""

from __future__ import annotations

import ssl
from pathlib import Path

import httpx
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import load_pem_x509_certificates

from assurance.errors import NotCollected

_UNKNOWN_ISSUER = (
    "unable to get local issuer certificate",
    "self-signed certificate",
    "ERR_CERT_AUTHORITY_INVALID",
)
"""How OpenSSL and Chromium say that they do not know who vouches for a server."""


def authorities(trust: Path) -> list[bytes]:
    """Return the certificates of a file in PEM, each in DER.

    Raises:
        NotCollected: It cannot be read, or holds none.
    """
    try:
        found = load_pem_x509_certificates(trust.read_bytes())
    except (OSError, ValueError) as error:
        raise NotCollected(
            f"{trust} holds no certificates of authorities: {error}.",
            remedy="name a file with certificates in PEM as `trust`.",
        ) from error
    return [each.public_bytes(Encoding.DER) for each in found]


def trusting(context: ssl.SSLContext, trust: Path | None) -> ssl.SSLContext:
    """Return a context that trusts the authorities of a file too, if there is one.

    Raises:
        NotCollected: The file cannot be read, or holds no certificates.
    """
    if trust is not None:
        context.load_verify_locations(cadata=b"".join(authorities(trust)))
    return context


def verifying(trust: Path | None) -> ssl.SSLContext:
    """Return what httpx verifies servers with by itself, and the authorities of a file.

    Raises:
        NotCollected: The file cannot be read, or holds no certificates.
    """
    return trusting(httpx.create_ssl_context(trust_env=False), trust)


def bundle(context: ssl.SSLContext) -> str:
    """Return all that a context trusts in PEM, for clients that read it from a file."""
    return "".join(map(ssl.DER_cert_to_PEM_cert, context.get_ca_certs(binary_form=True)))


def remedy(said: object, otherwise: str) -> str:
    """Return what to do about an error: another thing where it is that nobody known vouches."""
    if any(each in str(said) for each in _UNKNOWN_ISSUER):
        return "name the authority of its certificate as `trust` of the access."
    return otherwise
