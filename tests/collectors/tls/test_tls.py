"""Real handshakes with entrances on loopback, good and bad: what is collected, and the verdicts."""

from __future__ import annotations

import socket
import ssl
import struct
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from trustme import CA, KeyType

from assurance.collectors.tls import TlsRequest, collect_tls
from assurance.errors import NotCollected
from assurance.model.findings import Finding, NotApplicable, Verdict
from assurance.model.unknown import UnknownValue
from assurance.readers.entrances import read_entrances
from assurance.readers.state import State
from assurance.rules import entrances as rules
from tests.collectors.tls.small_entrance import (
    Answer,
    answering,
    closed_port,
    served,
    server_context,
    serving,
    to_https,
    trust_file,
)

AUTHORITY = CA(key_type=KeyType.ECDSA)
HERE = "127.0.0.1"
PLAIN = "tls_plain_http"


def seen(body: dict[str, Any], type_: str) -> list[dict[str, Any]]:
    return [each["values"] for each in body["resources"] if each["type"] == type_]


def collected(context: ssl.SSLContext, trust: Path | None = None) -> dict[str, Any]:
    with serving(served, context) as port, closed_port() as plain:
        return collect_tls(
            TlsRequest(
                base_url=f"https://{HERE}:{port}", plain=f"http://{HERE}:{plain}", trust=trust
            )
        )


def accepted(body: dict[str, Any]) -> dict[str, Any]:
    return {each["version"]: each["accepted"] for each in seen(body, "tls_handshake")}


def verdicts(body: dict[str, Any]) -> dict[str, Any]:
    """Return what every rule says: True or False, the case of none, or why it is unknown."""
    found = read_entrances(State([(body, "")]))

    def said(judged: Callable[[], Verdict]) -> object:
        try:
            verdict = judged()
        except UnknownValue as unknown:
            return unknown.reason
        return verdict.holds if isinstance(verdict, Finding) else verdict.case

    entrance = found.entrances[0]
    return {
        "modern": said(lambda: rules.speaks_modern_tls(entrance, version="1.2")),
        "trusted": said(lambda: rules.is_trusted(entrance)),
        "name": said(lambda: rules.covers_the_served_name(found.certificates[0])),
        "days": said(lambda: rules.remains_valid(found.certificates[0], days=30)),
        **{
            each.version: said(lambda each=each: rules.refuses_old_tls(each, version="1.2"))  # type: ignore[misc]
            for each in found.handshakes
        },
    }


GOOD = {
    "modern": True,
    "trusted": True,
    "name": True,
    "days": True,
    "1.0": True,
    "1.1": True,
    "1.2": "modern",
    "1.3": "modern",
}


def test_a_good_entrance_has_nothing_against_it(tmp_path: Path) -> None:
    body = collected(server_context(AUTHORITY, HERE), trust_file(AUTHORITY, tmp_path))

    assert accepted(body) == {"1.0": False, "1.1": False, "1.2": True, "1.3": True}
    assert {each["alert"] for each in seen(body, "tls_handshake")} == {"", "protocol version"}
    assert verdicts(body) == GOOD


@pytest.mark.parametrize(
    ("oldest", "newest", "taken"),
    [
        ("TLSv1", "TLSv1_3", {"1.0", "1.1", "1.2", "1.3"}),
        ("TLSv1_1", "TLSv1_2", {"1.1", "1.2"}),
        ("TLSv1", "TLSv1", {"1.0"}),
        ("TLSv1_3", "TLSv1_3", {"1.3"}),
    ],
)
def test_every_version_is_seen_that_a_server_takes(
    oldest: str, newest: str, taken: set[str]
) -> None:
    context = server_context(AUTHORITY, HERE, oldest=oldest, newest=newest, ciphers="ALL")

    body = collected(context)

    assert {version for version, there in accepted(body).items() if there} == taken
    said = verdicts(body)
    assert said["modern"] is bool(taken & {"1.2", "1.3"})
    assert {version for version in ("1.0", "1.1") if said[version] is False} == taken & {
        "1.0",
        "1.1",
    }


def test_a_version_is_offered_as_such_and_to_a_name() -> None:
    hellos: list[bytes] = []

    def listen(link: socket.socket) -> None:
        hellos.append(link.recv(16_384))
        link.close()

    with answering(listen) as port, closed_port() as plain:
        body = collect_tls(
            TlsRequest(base_url=f"https://localhost:{port}", plain=f"http://{HERE}:{plain}")
        )

    offered = [hello[9:11].hex() for hello in hellos if hello]
    assert {"0301", "0302", "0303"} <= set(offered)
    assert all(b"localhost" in hello for hello in hellos if hello)
    assert {each["refusal"] for each in seen(body, "tls_handshake")} == {
        "closed the connection without a word"
    }


def test_ciphers_that_are_refused_say_nothing_of_the_version(tmp_path: Path) -> None:
    context = server_context(
        AUTHORITY, HERE, oldest="TLSv1", ciphers="ECDHE-ECDSA-AES128-GCM-SHA256"
    )

    body = collected(context, trust_file(AUTHORITY, tmp_path))

    said = verdicts(body)
    assert "a client with other ciphers may get through" in said["1.0"]
    assert said["modern"] is True


def test_a_library_that_cannot_offer_a_version_knows_nothing_of_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("assurance.collectors.tls.handshakes._EVERY_CIPHER", b"DEFAULT@SECLEVEL=5")
    context = server_context(AUTHORITY, HERE, oldest="TLSv1", ciphers="ALL")

    body = collected(context, trust_file(AUTHORITY, tmp_path))

    assert accepted(body)["1.0"] == {"$unknown": "OpenSSL of this machine cannot offer TLS 1.0"}
    assert "cannot offer TLS 1.0" in verdicts(body)["1.0"]


def test_a_certificate_is_told_as_it_was_presented(tmp_path: Path) -> None:
    intermediate = AUTHORITY.create_child_ca(key_type=KeyType.RSA)

    body = collected(
        server_context(intermediate, HERE, "*.shop.example"), trust_file(AUTHORITY, tmp_path)
    )

    (certificate,) = seen(body, "tls_certificate")
    leaf, above = certificate["chain"]
    assert certificate["versions"] == ["1.2", "1.3"]
    assert leaf["names"] == {"dns": ["*.shop.example"], "ip": [HERE]}
    assert leaf["issuer"] == above["subject"]
    assert above["key"] == {"type": "RSA", "bits": 2048}
    assert leaf["not_after"].endswith("Z")
    assert leaf["signature"] == "sha256WithRSAEncryption"
    assert seen(body, "tls_entrance")[0]["trusted"] is True


@pytest.mark.parametrize(
    ("context", "wrong"),
    [
        (lambda: server_context(AUTHORITY, HERE, days=29), {"days": False}),
        (
            lambda: server_context(AUTHORITY, HERE, days=-1, begun=9),
            {"days": False, "trusted": False},
        ),
        (lambda: server_context(AUTHORITY, HERE, begun=-1), {"days": False, "trusted": False}),
        (lambda: server_context(AUTHORITY, "other.example"), {"name": False}),
        (lambda: server_context(AUTHORITY, "127.0.0.2"), {"name": False}),
        (lambda: server_context(CA(), HERE), {"trusted": False}),
    ],
    ids=["soon", "expired", "not yet", "other name", "other address", "unknown authority"],
)
def test_a_bad_certificate_shows_in_what_is_bad_about_it(
    context: Callable[[], ssl.SSLContext], wrong: dict[str, bool], tmp_path: Path
) -> None:
    body = collected(context(), trust_file(AUTHORITY, tmp_path))

    assert verdicts(body) == GOOD | wrong


def test_nobody_trusts_a_certificate_that_vouches_for_itself(tmp_path: Path) -> None:
    pem = tmp_path / "own.pem"
    pem.write_bytes(AUTHORITY.private_key_pem.bytes() + AUTHORITY.cert_pem.bytes())
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)

    body = collected(context)

    entrance = seen(body, "tls_entrance")[0]
    assert (entrance["trusted"], entrance["distrust"]) == (False, "self-signed certificate")
    assert verdicts(body)["name"] is False


def test_a_port_that_speaks_something_else_is_no_entrance_for_tls() -> None:
    with answering(greet) as port, closed_port() as plain:
        url = f"https://{HERE}:{port}"
        body = collect_tls(TlsRequest(base_url=url, plain=f"http://{HERE}:{plain}"))

    assert set(accepted(body).values()) == {False}
    said = verdicts_without_certificate(body)
    assert said == {"modern": False, "trusted": False, "1.0": False, "1.1": False}
    assert read_entrances(State([(body, "")])).certificates == ()


def test_plain_http_at_the_base_url_is_no_entrance_for_tls() -> None:
    with serving(served) as port:
        body = collect_tls(TlsRequest(base_url=f"http://{HERE}:{port}"))

    assert verdicts_without_certificate(body) == {
        "modern": False,
        "trusted": False,
        "1.0": False,
        "1.1": False,
    }
    found = read_entrances(State([(body, "")]))
    assert not any(holds(rules.is_redirected(each)) for each in found.plain)


def greet(link: socket.socket) -> None:
    link.sendall(b"220 mail.example ESMTP\r\n")


def verdicts_without_certificate(body: dict[str, Any]) -> dict[str, bool]:
    found = read_entrances(State([(body, "")]))
    old = {
        each.version: holds(rules.refuses_old_tls(each, version="1.2"))
        for each in found.handshakes
        if each.version in ("1.0", "1.1")
    }
    modern = holds(rules.speaks_modern_tls(found.entrances[0], version="1.2"))
    return {"modern": modern, "trusted": holds(rules.is_trusted(found.entrances[0])), **old}


def holds(verdict: Verdict) -> bool:
    assert isinstance(verdict, Finding)
    return verdict.holds


def test_an_entrance_that_stays_silent_is_unknown_and_keeps_nobody_waiting() -> None:
    begun = time.monotonic()
    with answering(lambda _: None) as port, closed_port() as plain:
        url = f"https://{HERE}:{port}"
        body = collect_tls(TlsRequest(base_url=url, plain=f"http://{HERE}:{plain}", seconds=0.3))

    assert time.monotonic() - begun < 60
    found = read_entrances(State([(body, "")]))
    for judged in (
        lambda: rules.speaks_modern_tls(found.entrances[0], version="1.2"),
        lambda: rules.is_trusted(found.entrances[0]),
        lambda: rules.refuses_old_tls(found.handshakes[0], version="1.2"),
        lambda: len(found.certificates),
    ):
        with pytest.raises(UnknownValue, match=r"no answer|timed out"):
            judged()


def test_an_entrance_that_drips_is_given_up_as_well() -> None:
    def drip(link: socket.socket) -> None:
        for each in b"\x16\x03\x03\x40\x00" + bytes(20):
            link.sendall(bytes([each]))
            time.sleep(0.1)

    begun = time.monotonic()
    with answering(drip) as port, closed_port() as plain:
        url = f"https://{HERE}:{port}"
        body = collect_tls(TlsRequest(base_url=url, plain=f"http://{HERE}:{plain}", seconds=0.5))

    assert time.monotonic() - begun < 60
    assert True not in [each["accepted"] for each in seen(body, "tls_handshake")]


def test_an_entrance_that_resets_refuses() -> None:
    def reset(link: socket.socket) -> None:
        link.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        link.recv(1)
        link.close()

    with answering(reset) as port, closed_port() as plain:
        body = collect_tls(
            TlsRequest(base_url=f"https://{HERE}:{port}", plain=f"http://{HERE}:{plain}")
        )

    assert set(accepted(body).values()) == {False}


def test_a_closed_entrance_is_not_collected() -> None:
    with closed_port() as port, pytest.raises(NotCollected, match="takes no connection"):
        collect_tls(TlsRequest(base_url=f"https://{HERE}:{port}"))


def test_a_file_without_authorities_is_named(tmp_path: Path) -> None:
    file = tmp_path / "empty.pem"
    file.write_text("nothing")

    with pytest.raises(NotCollected, match=r"empty\.pem holds no certificates"):
        collected(server_context(AUTHORITY, HERE), file)


def plainly(answer: Callable[[int], Answer]) -> dict[str, object]:
    """Return what is said of every request over plain HTTP; the answer is told the port of TLS."""
    with serving(served, server_context(AUTHORITY, HERE)) as port, serving(answer(port)) as plain:
        body = collect_tls(
            TlsRequest(
                base_url=f"https://{HERE}:{port}",
                plain=f"http://{HERE}:{plain}",
                paths=("/", "/modules", "/health/live"),
                nowhere="/api/none",
            )
        )
    found = read_entrances(State([(body, "")])).plain
    names = [each["request"].replace(f"http://{HERE}:{plain}", "") for each in seen(body, PLAIN)]
    order = {each.subject.id.replace(f"http://{HERE}:{plain}", ""): each for each in found}
    return {name: holds(rules.is_redirected(order[f"{PLAIN}.{name}"])) for name in names}


def test_plain_http_may_lead_to_https_whatever_is_asked() -> None:
    said = plainly(to_https)

    assert set(said) == {
        *("GET /", "GET /modules", "GET /health/live", "GET /api/none"),
        *(
            f"{method} /api/none"
            for method in ("HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
        ),
    }
    assert set(said.values()) == {True}


@pytest.mark.parametrize(
    ("wrong", "path", "method"),
    [
        ((200, ""), "/health/live", "GET"),
        ((404, ""), "/api/none", "POST"),
        ((302, "http://127.0.0.1/"), "/", "GET"),
        ((301, "/modules/"), "/modules", "GET"),
        ((301, "https://elsewhere.example/"), "/", "GET"),
        ((301, "https://127.0.0.1/"), "/", "GET"),
        ((301, ""), "/", "GET"),
        ((200, "https://127.0.0.1:PORT/"), "/", "GET"),
        ((301, "https://[half/"), "/", "GET"),
    ],
    ids=[
        *("served", "no such thing", "to plain HTTP", "to the same scheme", "to another host"),
        *("to another port", "to nowhere", "no redirect", "to what is no address"),
    ],
)
def test_plain_http_may_do_nothing_else(wrong: tuple[int, str], path: str, method: str) -> None:
    def answer(port: int) -> Answer:
        there = (wrong[0], wrong[1].replace("PORT", str(port)))
        good = to_https(port)
        return lambda asked, at: there if (asked, at) == (method, path) else good(asked, at)

    said = plainly(answer)

    assert [name for name, led in said.items() if not led] == [f"{method} {path}"]


def test_without_plain_http_there_is_nothing_to_lead() -> None:
    body = collected(server_context(AUTHORITY, HERE))

    (request,) = read_entrances(State([(body, "")])).plain
    assert rules.is_redirected(request) == NotApplicable("no_plain_http")


def test_plain_http_that_stays_silent_is_unknown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assurance.collectors.http.client._SECONDS", 0.3)

    entrance = serving(served, server_context(AUTHORITY, HERE))
    with entrance as port, answering(lambda _: None) as plain:
        body = collect_tls(
            TlsRequest(base_url=f"https://{HERE}:{port}", plain=f"http://{HERE}:{plain}")
        )

    (request,) = read_entrances(State([(body, "")])).plain
    with pytest.raises(UnknownValue, match="no answer: ReadTimeout"):
        rules.is_redirected(request)
