"""What a client finds at the entrance of a system: TLS, a certificate, and plain HTTP beside it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from assurance.model.subjects import Subject


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Handshake:
    """One version of TLS, as it was offered.

    Attributes:
        version: `1.0` to `1.3`.
        accepted: Whether the handshake came to its end.
        refused: Whether the version was refused; not known where only its ciphers were.
        answer: The cipher, or how it was refused.
        spoken: The other versions that were accepted at the same place.
    """

    subject: Subject
    version: str
    accepted: bool
    refused: bool
    answer: str
    spoken: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Entrance:
    """Where clients are told to go.

    Attributes:
        handshakes: All that were tried there.
        trusted: Whether a client finds somebody whom it trusts to vouch for the certificate.
        distrust: Why it does not.
    """

    subject: Subject
    handshakes: tuple[Handshake, ...]
    trusted: bool
    distrust: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ServedCertificate:
    """A certificate that was presented.

    Attributes:
        host: The name, or address, that clients asked for.
        names: The DNS names that it is for.
        addresses: The addresses that it is for.
        not_before: From when it is valid.
        not_after: Until when it is valid.
        seen_at: When it was presented.
    """

    subject: Subject
    host: str
    names: tuple[str, ...]
    addresses: tuple[str, ...]
    not_before: datetime
    not_after: datetime
    seen_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PlainRequest:
    """A request over plain HTTP, and what was answered.

    Attributes:
        listens: Whether anything takes connections there.
        status: Of the answer.
        location: Where it leads.
        host: Where it should lead: the host to which clients go.
        port: And its port for HTTPS.
    """

    subject: Subject
    listens: bool
    status: int
    location: str
    host: str
    port: int


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Entrances:
    """Everything that was found at the entrance."""

    entrances: tuple[Entrance, ...]
    handshakes: tuple[Handshake, ...]
    certificates: tuple[ServedCertificate, ...]
    plain: tuple[PlainRequest, ...]
