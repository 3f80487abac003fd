"""Handshakes, certificates and plain requests → what a client finds at the entrance."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from assurance.model.entrances import (
    Entrance,
    Entrances,
    Handshake,
    PlainRequest,
    ServedCertificate,
)
from assurance.model.unknown import is_unknown, unknown, why_unknown
from assurance.readers.kinds import Kind
from assurance.readers.state import Resource, State

_ABOUT_CIPHERS = ("handshake failure", "insufficient security")
"""Alerts that say nothing of the version: another cipher might have been accepted.

https://www.rfc-editor.org/rfc/rfc8446#section-6.2; for the version there is `protocol version`.
"""
_HTTPS = 443


def read_entrances(state: State) -> Entrances:
    """Return everything that was found at the entrance."""
    tried = state.of("tls_handshake")
    entrances = state.of("tls_entrance")
    handshakes = tuple(_handshake(each, tried) for each in tried)
    return Entrances(
        entrances=tuple(_entrance(each, handshakes) for each in entrances),
        handshakes=handshakes,
        certificates=_certificates(state, handshakes),
        plain=tuple(
            _plain(each, entrance)
            for entrance in entrances[:1]
            for each in state.of("tls_plain_http")
        ),
    )


def _handshake(resource: Resource, tried: tuple[Resource, ...]) -> Handshake:
    values = resource.values
    return Handshake(
        subject=resource.subject(),
        version=values["version"],
        accepted=values["accepted"],
        refused=_refused(values),
        answer=_answer(values),
        spoken=tuple(
            each.values["version"]
            for each in tried
            if each is not resource and _is_true(each.values["accepted"])
        ),
    )


def _answer(values: Any) -> str:
    if is_unknown(values["accepted"]):
        return why_unknown(values["accepted"])
    return str(values["cipher"] or values["refusal"])


def _refused(values: Any) -> Any:
    if is_unknown(values["accepted"]):
        return values["accepted"]
    if not values["accepted"] and values["alert"] in _ABOUT_CIPHERS:
        return unknown(
            f"refused by {values['refusal']!r}: a client with other ciphers may get through"
        )
    return not values["accepted"]


def _is_true(value: Any) -> bool:
    return not is_unknown(value) and bool(value)


def _entrance(resource: Resource, handshakes: tuple[Handshake, ...]) -> Entrance:
    values = resource.values
    return Entrance(
        subject=resource.subject(),
        handshakes=handshakes,
        trusted=values["trusted"],
        distrust=values["distrust"],
    )


def _certificates(state: State, handshakes: tuple[Handshake, ...]) -> Any:
    """Return the certificates; unknown where there is none and a handshake has no outcome."""
    found = tuple(_certificate(each) for each in state.of("tls_certificate"))
    without = [each.accepted for each in handshakes if is_unknown(each.accepted)]
    return found if found or not without else without[0]


def _certificate(resource: Resource) -> ServedCertificate:
    leaf = resource.values["chain"][0]
    names = leaf["names"]
    return ServedCertificate(
        subject=resource.subject(),
        host=resource.values["host"],
        names=names if is_unknown(names) else tuple(names["dns"]),
        addresses=names if is_unknown(names) else tuple(names["ip"]),
        not_before=datetime.fromisoformat(leaf["not_before"]),
        not_after=datetime.fromisoformat(leaf["not_after"]),
        seen_at=datetime.fromisoformat(resource.values["seen_at"]),
    )


def _plain(resource: Resource, entrance: Resource) -> PlainRequest:
    values = resource.values
    served = entrance.values
    return PlainRequest(
        subject=resource.subject(),
        listens=values["listens"],
        status=values["status"],
        location=values["location"],
        host=served["host"],
        port=served["port"] if served["url"].startswith("https:") else _HTTPS,
    )


KINDS = (
    Kind(
        noun="entrance",
        plural="entrances",
        population=lambda view: view.entrances.entrances,
        inventory=("tls_entrance",),
    ),
    Kind(
        noun="handshake",
        plural="handshakes",
        population=lambda view: view.entrances.handshakes,
        inventory=("tls_handshake",),
    ),
    Kind(
        noun="served certificate",
        plural="served certificates",
        population=lambda view: view.entrances.certificates,
        inventory=("tls_certificate",),
    ),
    Kind(
        noun="request over plain HTTP",
        plural="requests over plain HTTP",
        population=lambda view: view.entrances.plain,
        inventory=("tls_plain_http",),
    ),
)
