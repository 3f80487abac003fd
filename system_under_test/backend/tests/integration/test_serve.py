"""One command starts everything on this machine, and a person can use it."""

import base64
import hashlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from running import ROOT, status_of
from workshop.issuer import CLIENT


@pytest.fixture
def started() -> Iterator[tuple[subprocess.Popen[str], dict[str, Any]]]:
    process = subprocess.Popen(
        [sys.executable, "-m", "workshop.serve"],
        cwd=ROOT,
        env={**os.environ, "DRAIN_ANNOUNCE_SECONDS": "0"},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdout is not None
    with process.stdout:
        yield process, json.loads(process.stdout.readline())
        process.terminate()
        process.wait(30)


def test_somebody_can_sign_in_enrol_and_see_progress_and_stop_it_all(
    started: tuple[subprocess.Popen[str], dict[str, Any]],
) -> None:
    process, addresses = started
    issuer, address = addresses["issuer"], addresses["address"]
    verifier, back = "v" * 50, "http://127.0.0.1:3000/sign-in"
    digest = hashlib.sha256(verifier.encode()).digest()
    asked = {
        "response_type": "code",
        "client_id": CLIENT,
        "redirect_uri": back,
        "code_challenge": base64.urlsafe_b64encode(digest).rstrip(b"=").decode(),
        "code_challenge_method": "S256",
    }
    sent = httpx.post(f"{issuer}/authorize", params=asked, data={"subject": "ada"})
    code = parse_qs(urlsplit(sent.headers["Location"]).query)["code"][0]
    form = {"grant_type": "authorization_code", "code": code, "redirect_uri": back}
    token = httpx.post(f"{issuer}/token", data={**form, "code_verifier": verifier}).json()
    headers = {"Authorization": f"Bearer {token['access_token']}"}

    with httpx.Client(base_url=address, headers=headers) as client:
        made = client.post("/api/v1/enrolments", json={"module": "small-commits"})
        assert made.status_code == 201
        done = client.put(f"{made.headers['Location']}/lessons/1").json()
        assert done["progress"] == 33
        listed = client.get("/api/v1/enrolments").json()
        assert [entry["id"] for entry in listed["items"]] == [done["id"]]

    process.send_signal(signal.SIGTERM)
    assert process.wait(30) == 0
    assert status_of(address, "/health/live") == 0
    assert status_of(issuer, "/jwks.json") == 0
    assert not Path(addresses["key"]).exists()
