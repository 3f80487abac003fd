"""A private authority is trusted by every client where it is named, and by none where it is not."""

from __future__ import annotations

import json
import os
import shutil
import ssl
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from trustme import CA

from assurance.collectors.authorities import verifying
from assurance.collectors.browser import BrowserRequest, collect_browser
from assurance.collectors.browser.browsing import browsing
from assurance.collectors.browser.home import home, node_trusting
from assurance.collectors.browser.offline import application_facts
from assurance.collectors.http import HttpRequest, collect_http
from assurance.collectors.http.client import Asked, Client, status_of
from assurance.collectors.http.exposition import read_metrics
from assurance.collectors.http.people import People
from assurance.collectors.telemetry import TelemetryRequest, collect_telemetry
from assurance.errors import NotCollected, NotGiven
from assurance.model.judgements import Layer, Reason
from assurance.settings import load_settings
from assurance.sources import sources_of
from tests.collectors.browser import small_site
from tests.collectors.small_api import SmallApi, serving
from tests.collectors.tls.small_entrance import server_context, trust_file

HERE = "127.0.0.1"
TOKEN = "e30.e30.x"
VERIFY = "unable to get local issuer certificate"
REMEDY = "name the authority of its certificate as `trust` of the access."

pytestmark = [pytest.mark.xdist_group("browser"), pytest.mark.takes(90)]


@dataclass
class Issuing(SmallApi):
    """Mints tokens too, shows metrics and probes, and may have lost its database."""

    away: bool = False

    def answer(self, method: str, path: str, token: str) -> tuple[int, Any, dict[str, str]]:
        """Return status, body and headers."""
        if path == "/mint":
            return 200, {"access_token": TOKEN}, {}
        if path in ("/live", "/ready", "/metrics"):
            return 200, None, {}
        status, body, headers = super().answer(method, path, token)
        return (500 if self.away and path.startswith("/api/notes") else status), body, headers


@pytest.fixture(scope="module")
def authority() -> CA:
    return CA()


@pytest.fixture(scope="module")
def context(authority: CA) -> ssl.SSLContext:
    """Of a server that the authority vouches for."""
    return server_context(authority, HERE)


@pytest.fixture
def trust(authority: CA, tmp_path: Path) -> Path:
    """The authority, after another one: a file may hold several."""
    file = tmp_path / "authorities.pem"
    file.write_bytes(CA().cert_pem.bytes() + authority.cert_pem.bytes())
    return file


@pytest.fixture
def stranger(tmp_path: Path) -> Path:
    """An authority that vouches for nobody here."""
    return trust_file(CA(), tmp_path)


@pytest.fixture
def url(context: ssl.SSLContext) -> Iterator[str]:
    """The API over TLS."""
    with serving(Issuing(owners={TOKEN: "ada"}), context) as base_url:
        yield base_url


def request(url: str, trust: Path | None) -> HttpRequest:
    return HttpRequest(
        base_url=url,
        openapi="/api/openapi.json",
        live="/live",
        ready="/ready",
        backend=url,
        issuer=url,
        metrics=f"{url}/metrics",
        without_database=url,
        trust=trust,
    )


def of(body: Any, type_: str) -> list[dict[str, Any]]:
    return [each["values"] for each in body["resources"] if each["type"] == type_]


def test_every_way_to_an_api_trusts_the_authority_that_is_named(url: str, trust: Path) -> None:
    body = collect_http(request(url, trust))

    assert "CERTIFICATE_VERIFY_FAILED" not in json.dumps(body)
    assert {each["response"]["status"] for each in of(body, "http_health")} == {200}
    generated = {each["operation"]: each for each in of(body, "http_operation")}
    assert generated["GET /api/notes"]["statuses"].keys() == {"200"}
    assert not any(each["errors"] for each in generated.values())
    slow = [seconds for each in of(body, "http_slow_clients") for seconds in each["ended_s"]]
    assert slow
    assert all(0.0 < seconds < 30 for seconds in slow), "sent away, and not for its certificate"
    answered = {each["operation"]: each["response"] for each in of(body, "http_answer")}
    assert answered["GET /api/notes"]["headers"]["content-type"] == "application/json"


def test_telemetry_trusts_the_authority_that_is_named(
    url: str, context: ssl.SSLContext, trust: Path
) -> None:
    twin = Issuing(away=True)
    with serving(twin, context) as other:
        api = replace(request(url, trust), without_database=other, without_flags=other)
        body = collect_telemetry(TelemetryRequest(api=api, logs=(), traces=None))

    (metrics,) = of(body, "telemetry_metrics")
    assert metrics["fault"] == ""
    searched = {each["surface"]: each["looked_at"] for each in of(body, "telemetry_surface")}
    assert searched["metrics"] == 1
    assert {each["unanswered"] for each in of(body, "telemetry_surface")} == {0}
    assert "GET /debug/vars" in twin.asked
    assert {each["status"] for each in of(body, "telemetry_error")} == {500}
    assert {each["status"] for each in of(body, "telemetry_flagless")} == {200, 500}
    assert "CERTIFICATE_VERIFY_FAILED" not in json.dumps(body)


@pytest.mark.parametrize("named", [True, False])
def test_nobody_else_is_trusted(url: str, stranger: Path, *, named: bool) -> None:
    asked = request(url, stranger if named else None)

    with pytest.raises(NotCollected, match=VERIFY) as refused:
        collect_http(asked)
    assert refused.value.remedy == REMEDY
    with pytest.raises(NotCollected, match=VERIFY) as unminted:
        People(url, "", {}, asked.trust).token(["writer"])
    assert unminted.value.remedy == REMEDY
    assert VERIFY in read_metrics(f"{url}/metrics", verifying(asked.trust))["fault"]


def test_a_large_body_is_sent_to_whom_is_trusted_only(
    url: str, trust: Path, stranger: Path
) -> None:
    large = Asked(method="POST", path="/mint", content=b"x" * 2**21)

    with Client(url, trust=trust) as client, Client(url, trust=stranger) as other:
        assert status_of(client.send(large)) == 200
        assert VERIFY in other.send(large)["error"]


@pytest.mark.parametrize("content", ["", "no certificate", None])
def test_a_file_without_certificates_is_named(
    url: str, tmp_path: Path, content: str | None
) -> None:
    file = tmp_path / "empty.pem"
    if content is not None:
        file.write_text(content)

    with pytest.raises(NotCollected, match=r"empty\.pem holds no certificates of authorities"):
        collect_http(request(url, file))


DESCRIPTION = """\
[system]
name = "shop"

[environments.here]
production = false
layers = ["observed"]
base_url = "https://127.0.0.1:9"
access = { trust = "missing.pem" }

[applications.backend]
role = "backend"
directory = "."
openapi = "/openapi.json"

[applications.frontend]
role = "frontend"
directory = "."
pages = ["/"]
"""


def test_what_the_access_names_reaches_every_collector_that_speaks_tls(tmp_path: Path) -> None:
    (tmp_path / "assurance.toml").write_text(DESCRIPTION)
    settings = load_settings(tmp_path / "assurance.toml")
    environments = tuple(place.environment for place in settings.places)
    sources = [
        each
        for each in sources_of(settings, environments, frozenset({Layer.OBSERVED}))
        if each.kind != "tls"  # it looks whether anybody is there first
    ]

    for source in sources:
        with pytest.raises(NotCollected, match=r"missing\.pem holds no certificates"):
            source.collect()
    assert {each.kind for each in sources} == {"browser", "http", "telemetry"}


@pytest.fixture
def tools() -> None:
    """The browser of this machine, and what tells it whom to trust."""
    for names in (("chromium", "chromium-browser", "google-chrome"), ("certutil",)):
        if not any(map(shutil.which, names)):
            pytest.skip(f"tool missing: {names[0]}")


@pytest.mark.usefixtures("tools")
def test_a_browser_and_what_asks_in_its_name_trust_the_authority(
    context: ssl.SSLContext, trust: Path
) -> None:
    """A service worker is only installed where the browser takes the connection for safe."""
    with (
        small_site.serving(context=context) as base_url,
        browsing(base_url, trust) as browser,
    ):
        with browser.visit() as page:
            answer = page.goto("/")
            assert answer is not None
            assert answer.status == 200
        facts = application_facts(browser, ("/",))

    assert facts["manifest"]["status"] == 200
    assert [icon["status"] for icon in facts["manifest"]["icons"]] == [200, 200]
    assert facts["offline"][0]["opens"]


@pytest.mark.usefixtures("tools")
@pytest.mark.parametrize(
    ("name", "trusted", "fault"),
    [
        (HERE, "stranger", "ERR_CERT_AUTHORITY_INVALID"),
        (HERE, None, "ERR_CERT_AUTHORITY_INVALID"),
        ("elsewhere.example", "trust", "ERR_CERT_COMMON_NAME_INVALID"),
    ],
)
def test_a_browser_refuses_whom_it_does_not_know_and_who_is_another(
    request: pytest.FixtureRequest, authority: CA, name: str, trusted: str | None, fault: str
) -> None:
    with small_site.serving(context=server_context(authority, name)) as base_url:
        asked = BrowserRequest(
            base_url=base_url,
            pages=("/",),
            api="/api/",
            trust=request.getfixturevalue(trusted) if trusted else None,
        )
        with pytest.raises(NotCollected, match=fault) as refused:
            collect_browser(asked)

    assert (refused.value.remedy == REMEDY) is ("AUTHORITY" in fault)


def test_without_its_tool_a_browser_cannot_be_told_whom_to_trust(
    trust: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")

    with pytest.raises(NotGiven, match="certutil") as missing, home(trust):
        pass
    assert missing.value.reason is Reason.TOOL


def test_a_tool_that_breaks_is_told(trust: Path, tmp_path: Path, monkeypatch: Any) -> None:
    broken = tmp_path / "certutil"
    broken.write_text("#!/bin/sh\necho no space left >&2\nexit 255\n")
    broken.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)

    with pytest.raises(NotCollected, match="no space left"), home(trust):
        pass


@pytest.mark.usefixtures("tools")
def test_the_home_holds_these_authorities_and_goes_when_it_is_left(trust: Path) -> None:
    with home(trust) as environment:
        assert environment is not None
        store = Path(environment["HOME"], ".pki", "nssdb")
        listed = subprocess.run(
            ["certutil", "-d", f"sql:{store}", "-L"], capture_output=True, text=True, check=True
        ).stdout
    assert listed.count("C,,") == 2
    assert not store.exists()


@pytest.mark.parametrize("before", ["/somewhere.pem", None])
def test_the_environment_is_as_it_was(
    trust: Path, monkeypatch: pytest.MonkeyPatch, before: str | None
) -> None:
    monkeypatch.delenv("NODE_EXTRA_CA_CERTS", raising=False)
    if before:
        monkeypatch.setenv("NODE_EXTRA_CA_CERTS", before)

    with node_trusting(trust):
        assert os.environ["NODE_EXTRA_CA_CERTS"] == str(trust)
    assert os.environ.get("NODE_EXTRA_CA_CERTS") == before
