"""Rules about entrances: names, days and versions at their limits, and what nobody can know."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from assurance.model.entrances import Entrance, Handshake, PlainRequest, ServedCertificate
from assurance.model.findings import Finding, NotApplicable, Verdict
from assurance.model.subjects import Location, Subject
from assurance.model.unknown import UnknownValue, unknown
from assurance.rules import entrances as rules

SUBJECT = Subject(id="it", location=Location(file="it"))
NOW = datetime(2030, 1, 1, tzinfo=UTC)


def finding(verdict: Verdict) -> Finding:
    assert isinstance(verdict, Finding)
    return verdict


def handshake(version: str, **changes: Any) -> Handshake:
    fields: dict[str, Any] = {"accepted": False, "refused": True, "spoken": ("1.2", "1.3")}
    answer = "tlsv1 alert protocol version"
    return Handshake(subject=SUBJECT, version=version, answer=answer, **(fields | changes))


def certificate(host: str = "www.shop.example", **changes: Any) -> ServedCertificate:
    fields: dict[str, Any] = {
        "names": ("www.shop.example",),
        "addresses": (),
        "not_before": NOW - timedelta(days=1),
        "not_after": NOW + timedelta(days=90),
        "seen_at": NOW,
    }
    return ServedCertificate(subject=SUBJECT, host=host, **(fields | changes))


@pytest.mark.parametrize(
    ("host", "name", "covered"),
    [
        ("www.shop.example", "www.shop.example", True),
        ("WWW.Shop.Example.", "www.SHOP.example", True),
        ("www.shop.example", "*.shop.example", True),
        ("www.shop.example", "shop.example", False),
        ("shop.example", "*.shop.example", False),
        ("a.www.shop.example", "*.shop.example", False),
        ("www.shop.example", "*.example", False),
        ("shop.example", "*.example", False),
        ("www.shop.example", "w*.shop.example", False),
        ("www.shop.example", "www.*.example", False),
        ("www.shop.example", "*", False),
        ("xn--caf-dma.example", "xn--caf-dma.example", True),
        ("127.0.0.1", "127.0.0.1", False),
        ("127.0.0.1", "*.0.0.1", False),
    ],
)
def test_a_name_is_covered_as_clients_see_it(host: str, name: str, *, covered: bool) -> None:
    assert rules.covers_the_served_name(certificate(host, names=(name,))).holds is covered


@pytest.mark.parametrize(
    ("host", "address", "covered"),
    [
        ("127.0.0.1", "127.0.0.1", True),
        ("::1", "0:0:0:0:0:0:0:1", True),
        ("127.0.0.1", "127.0.0.2", False),
        ("www.shop.example", "127.0.0.1", False),
    ],
)
def test_an_address_is_covered_by_itself(host: str, address: str, *, covered: bool) -> None:
    found = certificate(host, names=(), addresses=(address,))

    assert rules.covers_the_served_name(found).holds is covered


def test_names_that_cannot_be_read_are_unknown() -> None:
    found = certificate(names=unknown("malformed"), addresses=unknown("malformed"))

    with pytest.raises(UnknownValue, match="malformed"):
        rules.covers_the_served_name(found)


@pytest.mark.parametrize(
    ("left", "holds"),
    [
        (timedelta(days=30), True),
        (timedelta(days=30, seconds=-1), False),
        (timedelta(days=-1), False),
    ],
)
def test_a_certificate_lasts_for_the_days_agreed(left: timedelta, *, holds: bool) -> None:
    found = rules.remains_valid(certificate(not_after=NOW + left), days=30)

    assert found.holds is holds
    assert f"{left.days} days from 2030-01-01" in found.actual


def test_a_certificate_of_tomorrow_is_not_valid() -> None:
    found = rules.remains_valid(certificate(not_before=NOW + timedelta(seconds=1)), days=0)

    assert (found.holds, found.actual) == (False, "not valid before 2030-01-01")


def test_what_is_old_depends_on_the_version_agreed() -> None:
    second = handshake("1.2", accepted=True, refused=False, spoken=("1.3",))

    assert rules.refuses_old_tls(second, version="1.2") == NotApplicable("modern")
    assert not finding(rules.refuses_old_tls(second, version="1.3")).holds
    assert finding(rules.refuses_old_tls(handshake("1.1"), version="1.2")).holds


def test_to_refuse_everything_is_not_to_refuse_the_old() -> None:
    found = finding(rules.refuses_old_tls(handshake("1.0", spoken=()), version="1.2"))

    assert not found.holds
    assert "accepted: no other version" in found.actual


def test_one_modern_version_is_enough_and_none_is_not() -> None:
    def entrance(*handshakes: Handshake) -> Entrance:
        return Entrance(subject=SUBJECT, handshakes=handshakes, trusted=True, distrust="")

    third = handshake("1.3", accepted=True, refused=False)
    silent = handshake("1.2", accepted=unknown("no answer"), refused=unknown("no answer"))

    assert rules.speaks_modern_tls(entrance(silent, third), version="1.2").holds
    assert not rules.speaks_modern_tls(entrance(handshake("1.3")), version="1.2").holds
    assert not rules.speaks_modern_tls(entrance(), version="1.2").holds
    assert not rules.speaks_modern_tls(
        entrance(handshake("1.1", accepted=True)), version="1.2"
    ).holds
    with pytest.raises(UnknownValue, match="no answer"):
        rules.speaks_modern_tls(entrance(silent, handshake("1.3")), version="1.2")


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_every_redirect_will_do(status: int) -> None:
    found = PlainRequest(
        subject=SUBJECT,
        listens=True,
        status=status,
        location="https://WWW.shop.example:443/any?thing",
        host="www.shop.example",
        port=443,
    )

    assert finding(rules.is_redirected(found)).holds


def test_a_port_that_nothing_came_back_from_is_unknown() -> None:
    found = PlainRequest(
        subject=SUBJECT, listens=unknown("timed out"), status=0, location="", host="a", port=443
    )

    with pytest.raises(UnknownValue, match="timed out"):
        rules.is_redirected(found)
