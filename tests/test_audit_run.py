"""A whole run as a user starts it: exit status, ledger, messages; on evidence written by hand."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from assurance.evidence import Document, EvidenceStore
from tests.states import body, managed

REPOSITORY = Path(__file__).parents[1]
SYSTEM = """\
[system]
name = "shop"

[environments.live]
production = true
terraform = [{ root = "." }]
"""


@pytest.fixture
def system(tmp_path: Path) -> Path:
    """A VPC without flow logs and one with, as stored evidence of a system that is not there."""
    (tmp_path / "assurance.toml").write_text(SYSTEM)
    terraform = body(
        managed("aws_vpc.main", cidr_block="10.0.0.0/16"),
        managed("aws_vpc.watched", cidr_block="10.1.0.0/16"),
        managed(
            "aws_flow_log.all",
            vpc_id="${aws_vpc.watched.id}",
            traffic_type="ALL",
            log_destination_type="s3",
            log_destination="arn:aws:s3:::flows",
        ),
        root=".",
    )
    keep(tmp_path, "terraform", terraform, "live")
    keep(tmp_path, "checkov", checkov(), "")
    return tmp_path


def keep(system: Path, kind: str, content: object, environment: str) -> None:
    EvidenceStore(system / "evidence").write(
        Document.of(
            kind,
            content,
            source=".",
            environment=environment,
            layer="declared",
            collected_at="2026-01-01T00:00:00Z",
        )
    )


def checkov(*errors: dict[str, str]) -> dict[str, object]:
    return {
        "format": "checkov/1",
        "version": "3",
        "results": [],
        "errors": list(errors),
        "policies_loaded": [],
        "types": {},
    }


def run(system: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pytest", "features", "-q", "-p", "no:cacheprovider"]
    options = ["--system", f"{system}/assurance.toml", "--reports", f"{system}/reports"]
    evidence = [] if "--evidence" in arguments else ["--evidence", f"{system}/evidence"]
    return subprocess.run(
        [*command, *options, *evidence, *arguments],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def ledger(system: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((system / "reports" / "ledger.json").read_text())
    return found


def outcomes(system: Path, requirement: str) -> set[tuple[str, str]]:
    return {
        (row["subject"], row["outcome"])
        for row in ledger(system)["judgements"]
        if row["requirement"] == requirement and row["layer"] == "declared"
    }


def test_a_system_that_violates_something_ends_with_1(system: Path) -> None:
    done = run(system)

    assert done.returncode == 1, done.stdout + done.stderr
    assert ("aws_vpc.main", "fail") in outcomes(system, "NET-11")
    assert "NET-11 fail: aws_vpc.main (main.tf:1)" in done.stdout
    assert "Traceback" not in done.stdout + done.stderr


def test_every_requirement_is_in_the_ledger_and_the_totals_balance(system: Path) -> None:
    run(system)

    found = ledger(system)
    rows = found["judgements"]
    assert len(found["requirements"]) == 167
    assert {row["requirement"] for row in rows} == {entry["id"] for entry in found["requirements"]}
    assert sum(found["summary"].values()) == len(rows)


def test_two_runs_on_the_same_evidence_differ_only_in_the_header(system: Path) -> None:
    run(system)
    first = ledger(system)
    run(system)
    second = ledger(system)

    assert first.pop("run") != second.pop("run")
    assert json.dumps(first) == json.dumps(second)


def test_what_the_user_deselects_is_accounted_for(system: Path) -> None:
    run(system, "-k", "unrecorded")

    assert ("system", "notchecked") in outcomes(system, "NET-01")
    assert ("aws_vpc.main", "fail") in outcomes(system, "NET-11")


def test_a_layer_that_was_not_asked_for_is_accounted_for(system: Path) -> None:
    done = run(system, "--layers", "deployed")

    assert outcomes(system, "NET-11") == {("system", "notchecked")}
    assert done.returncode == 6


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--layers", "declard"), "there is no layer 'declard'"),
        (("--environment", "prod"), "there is no environment 'prod'. Remedy: choose from: live."),
        (("--base-url", "ftp://x", "--environment", "live"), "'ftp://x' is not a base URL"),
        (("--base-url", "https://x"), "not clear which environment the base URL or the access"),
        (("--evidence", "/nowhere"), "there is no evidence here"),
        (("--system", "/nowhere/assurance.toml"), "the system description cannot be read"),
    ],
)
def test_a_wrong_call_ends_with_4_and_one_message(
    system: Path, arguments: tuple[str, ...], message: str
) -> None:
    done = run(system, *arguments)

    output = done.stdout + done.stderr
    assert done.returncode == 4, output
    assert message in output
    assert "Traceback" not in output


def test_evidence_that_was_changed_is_refused(system: Path) -> None:
    [file] = (system / "evidence").glob("terraform*.json")
    file.write_text(file.read_text().replace("10.0.0.0/16", "10.0.0.0/17"))

    done = run(system)

    assert done.returncode == 4
    assert "the evidence was changed after it was collected" in done.stdout + done.stderr


def test_a_policy_that_did_not_load_is_a_fault_of_the_suite(system: Path) -> None:
    fault = {"file": "policies/terraform/broken.py", "summary": "the policy CKV_X did not load"}
    keep(system, "checkov", checkov(fault), "")

    done = run(system, "-k", "default_vpc")

    assert (
        "fault of the suite: policies/terraform/broken.py the policy CKV_X did not load"
        in done.stdout
    )


def test_the_proof_of_bite_breaks_this_very_evidence(system: Path) -> None:
    run(system, "--bite", "-k", "unrecorded")

    proofs = {entry["id"]: entry["bite"] for entry in ledger(system)["requirements"]}
    assert proofs["NET-11"]["tried"] >= 1
    assert proofs["NET-11"]["caught"] == proofs["NET-11"]["tried"]
    assert proofs["NET-01"] == {"tried": 0, "caught": 0}


TWO = (
    SYSTEM.replace('name = "shop"', 'name = "shop"\nwaivers = "exceptions.yaml"')
    + '[environments.trial]\nproduction = false\nterraform = [{ root = "." }]\n'
)
EXCEPTION = """\
waivers:
  - requirement: NET-11
    subject: aws_vpc.main
    reason: The old network is being left this year.
    owner: ann
    approver: bob
    approved: 2026-01-01
    expires: 2126-01-01
"""


@pytest.mark.parametrize(
    ("scope", "selected", "said"),
    [
        ("[live]", ["trial"], {("live", "notchecked")}),
        ("[live, trial]", ["live", "trial"], {("live", "pass"), ("trial", "fail")}),
        ("", ["live", "trial"], {("live", "pass")}),
        ("", ["trial"], {("trial", "unknown")}),
    ],
)
def test_a_waiver_is_judged_where_it_counts(
    system: Path, scope: str, selected: list[str], said: set[tuple[str, str]]
) -> None:
    """Only the VPC of `live` lacks flow logs."""
    (system / "assurance.toml").write_text(TWO)
    limited = f"    environments: {scope}\n" if scope else ""
    (system / "exceptions.yaml").write_text(EXCEPTION + limited)
    keep(system, "terraform", body(managed("aws_vpc.other"), root="."), "trial")
    [without_policies] = (system / "evidence").glob("checkov*.json")
    without_policies.unlink()
    keep(system, "checkov", {**checkov(), "policies_loaded": ["CKV2_AWS_11", "CKV_ASSURE_21"]}, "")

    run(system, *(f"--environment={name}" for name in selected))

    rows = ledger(system)["judgements"]
    verdicts = [row for row in rows if row["scenario"] == "Every waiver is live and needed"]
    assert {(row["environment"], row["outcome"]) for row in verdicts} == said
    waived = {row["environment"] for row in rows if row["outcome"] == "waived"}
    assert waived == {"live"} & set(selected)


def test_a_plan_of_one_environment_leaves_the_other_out(system: Path) -> None:
    (system / "assurance.toml").write_text(TWO)
    (system / "exceptions.yaml").write_text(EXCEPTION + "    environments: [trial]\n")
    (system / "plan.json").write_text("{}")

    run(system, "-k", "unrecorded", "--plan", str(system / "plan.json"), "--environment", "live")

    rows = ledger(system)["judgements"]
    trial = [row for row in rows if (row["requirement"], row["environment"]) == ("NET-11", "trial")]
    assert {row["actual"] for row in trial if row["layer"] == "declared"} == {
        "environment not selected"
    }
