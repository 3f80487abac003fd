"""What must hold for the entrance of a system, as its clients find it."""

from __future__ import annotations

from datetime import timedelta
from ipaddress import ip_address
from urllib.parse import urlsplit

from assurance.model.entrances import Entrance, Handshake, PlainRequest, ServedCertificate
from assurance.model.findings import Finding, NotApplicable, Verdict, any_of
from assurance.rules.lists import listing

_REDIRECTS = (301, 302, 303, 307, 308)
"""https://www.rfc-editor.org/rfc/rfc9110#section-15.4, those that lead elsewhere by themselves."""
_HTTPS = 443


def speaks_modern_tls(entrance: Entrance, *, version: str) -> Finding:
    """A handshake with the agreed version, or a newer one, comes to its end."""
    modern = tuple(
        each for each in entrance.handshakes if _number(each.version) >= _number(version)
    )
    holds = any_of(modern, lambda each: each.accepted)
    answers = (f"TLS {each.version}: {each.answer}" for each in modern)
    return Finding(
        holds=holds,
        expected=f"TLS {version} or newer is spoken",
        actual=listing(answers) or "it was not tried",
    )


def refuses_old_tls(handshake: Handshake, *, version: str) -> Verdict:
    """A version older than the agreed one is refused, by something that speaks another one."""
    if _number(handshake.version) >= _number(version):
        return NotApplicable("modern")
    how = "refused" if handshake.refused else "accepted"
    spoken = listing(handshake.spoken) or "no other version"
    return Finding(
        holds=handshake.refused and bool(handshake.spoken),
        expected=f"TLS {handshake.version} is refused where a newer one is accepted",
        actual=f"{how} ({handshake.answer}); accepted: {spoken}",
    )


def _number(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))


def is_trusted(entrance: Entrance) -> Finding:
    """A client finds an authority that it trusts behind the certificate."""
    trusted = entrance.trusted
    return Finding(
        holds=trusted,
        expected="a certificate that clients trust",
        actual="it is trusted" if trusted else entrance.distrust,
    )


def covers_the_served_name(certificate: ServedCertificate) -> Finding:
    """The name that clients ask for is among its names.

    As RFC 9525, section 6.3, has it: the common name is none, and a wildcard stands for the whole
    first label and for no other.
    """
    host = certificate.host.lower().rstrip(".")
    address = _address(host)
    covered = (
        any(_address(each) == address for each in certificate.addresses)
        if address
        else any(_matches(each.lower(), host) for each in certificate.names)
    )
    names = listing((*certificate.names, *certificate.addresses)) or "no name"
    return Finding(holds=covered, expected=f"a certificate for {host}", actual=f"it is for {names}")


def _address(text: str) -> object:
    try:
        return ip_address(text)
    except ValueError:
        return None


def _matches(name: str, host: str) -> bool:
    first, _, rest = name.partition(".")
    if first == "*":
        return "." in rest and host.partition(".")[0] != "" and host.partition(".")[2] == rest
    return name == host


def remains_valid(certificate: ServedCertificate, *, days: int) -> Finding:
    """It is valid when it is presented, and for the agreed time more."""
    left = certificate.not_after - certificate.seen_at
    begun = certificate.not_before <= certificate.seen_at
    until = (
        f"{certificate.not_after:%Y-%m-%d}, {left.days} days from {certificate.seen_at:%Y-%m-%d}"
    )
    return Finding(
        holds=begun and left >= timedelta(days=days),
        expected=f"valid for at least {days} days more",
        actual=f"valid until {until}"
        if begun
        else f"not valid before {certificate.not_before:%Y-%m-%d}",
    )


def is_redirected(request: PlainRequest) -> Verdict:
    """The answer to it is a redirect to HTTPS, at the place to which clients go."""
    if not request.listens:
        return NotApplicable("no_plain_http")
    place = request.host if request.port == _HTTPS else f"{request.host}:{request.port}"
    leads = request.status in _REDIRECTS and _leads_to(request)
    to = f" to {request.location}" if request.location else ""
    return Finding(
        holds=leads,
        expected=f"a redirect to https://{place}",
        actual=f"status {request.status}{to}",
    )


def _leads_to(request: PlainRequest) -> bool:
    try:
        target = urlsplit(request.location)
        place = (target.hostname or "", target.port or _HTTPS)
    except ValueError:
        return False
    return target.scheme == "https" and place == (request.host.lower(), request.port)
