"""A whole run against an entrance on loopback: verdicts, proof of bite, and plain HTTP alone."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from trustme import CA

from assurance.model.judgements import Reason
from tests.collectors.tls.small_entrance import (
    closed_port,
    served,
    server_context,
    serving,
    to_https,
    trust_file,
)

REPOSITORY = Path(__file__).parents[1]
ENTRANCE = ("ALB-01", "ALB-02", "ALB-06")
STAGING = "production = false"
LAB = 'production = false\nlayers = ["observed"]'


def run(directory: Path, environment: str, base_url: str, *arguments: str) -> tuple[int, Any]:
    """Return the exit status and the ledger of a run on the observed layer."""
    (directory / "assurance.toml").write_text(
        f'[system]\nname = "small"\n[environments.here]\n{environment}\n'
    )
    options = ["--system", f"{directory}/assurance.toml", "--reports", f"{directory}/reports"]
    where = ["--layers", "observed", "--environment", "here", "--base-url", base_url]
    command = [sys.executable, "-m", "pytest", "features", "-q", "-p", "no:cacheprovider"]
    done = subprocess.run(
        [*command, *options, *where, *arguments],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    ledger = json.loads((directory / "reports" / "ledger.json").read_text())
    return done.returncode, ledger


def said(ledger: Any) -> dict[str, set[tuple[str, str]]]:
    """Return by requirement what each scenario says on the observed layer."""
    rows = [row for row in ledger["judgements"] if row["layer"] == "observed"]
    return {
        name: {(row["scenario"], row["outcome"]) for row in rows if row["requirement"] == name}
        for name in ENTRANCE
    }


def reasons(ledger: Any) -> set[tuple[str, str]]:
    """Return outcome and reason of every row about the entrance."""
    return {
        (row["outcome"], row["actual"])
        for row in ledger["judgements"]
        if row["requirement"] in ENTRANCE and row["layer"] == "observed"
    }


def test_a_good_entrance_passes_and_each_way_to_break_it_is_caught(tmp_path: Path) -> None:
    authority = CA()
    trust_file(authority, tmp_path)
    entrance = serving(served, server_context(authority, "127.0.0.1"))
    with entrance as port, serving(to_https(port)) as plain:
        access = tmp_path / "access.toml"
        access.write_text(f'plain = "http://127.0.0.1:{plain}"\ntrust = "authority.pem"\n')

        status, ledger = run(
            tmp_path, STAGING, f"https://127.0.0.1:{port}", "--access", str(access), "--bite"
        )

    assert status == 0
    assert said(ledger) == {
        "ALB-01": {
            ("Clients get through with modern TLS", "pass"),
            ("A handshake with an old version is refused", "pass"),
            ("A handshake with an old version is refused", "notapplicable"),
            ("Clients trust the certificate", "pass"),
        },
        "ALB-02": {("Whatever is asked over plain HTTP is sent to HTTPS", "pass")},
        "ALB-06": {
            ("The certificate is for the name that clients ask for", "pass"),
            ("The certificate does not expire soon", "pass"),
        },
    }
    bites = {each["id"]: each["bite"] for each in ledger["requirements"] if each["id"] in ENTRANCE}
    assert bites == {
        "ALB-01": {"tried": 7, "caught": 7},
        "ALB-02": {"tried": 6, "caught": 6},
        "ALB-06": {"tried": 9, "caught": 9},
    }


def test_plain_http_fails_where_something_has_to_end_tls(tmp_path: Path) -> None:
    with serving(served) as port:
        status, ledger = run(tmp_path, STAGING, f"http://127.0.0.1:{port}")

    assert status == 1
    assert {name: {outcome for _, outcome in rows} for name, rows in said(ledger).items()} == {
        "ALB-01": {"fail", "notapplicable"},
        "ALB-02": {"fail"},
        "ALB-06": {"fail"},
    }


def test_plain_http_is_no_verdict_where_nothing_could_end_tls(tmp_path: Path) -> None:
    with serving(served) as port:
        status, ledger = run(tmp_path, LAB, f"http://127.0.0.1:{port}")

    assert status == 6
    assert reasons(ledger) == {("notchecked", str(Reason.PLAIN))}


def test_an_entrance_that_is_away_breaks_the_run_and_fails_nothing(tmp_path: Path) -> None:
    with closed_port() as port:
        status, ledger = run(tmp_path, STAGING, f"https://127.0.0.1:{port}")

    assert status == 6
    assert {outcome for outcome, _ in reasons(ledger)} == {"error"}
    assert all("takes no connection" in reason for _, reason in reasons(ledger))
