"""The reference system deserves its verdict: audited as a user would, on real evidence."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from assurance.collectors.terraform.mirror import Terraform

REPOSITORY = Path(__file__).parents[1]
WRONG = {"CKV_DOCKER_7": "takes FROM ${BASE} for a base without a version"}
"""Policies of checkov's own that fail what is right, and that no requirement names."""
FETCHED = shutil.ignore_patterns(
    *(".terraform", "node_modules", ".next", "out", "*cache*", ".hypothesis"),
    *("coverage", ".coverage*", "reports", "*.tsbuildinfo", "next-env.d.ts"),
)
"""What the tools of the applications make, perhaps at this moment: nothing of it is written."""
pytestmark = [pytest.mark.xdist_group("reference"), pytest.mark.takes(150)]


@dataclass(frozen=True)
class Audited:
    """An audit that was carried out."""

    status: int
    output: str
    ledger: dict[str, Any]
    reports: Path

    @property
    def red(self) -> set[tuple[str, str]]:
        """The requirements that fail, and the files in which they do."""
        return {
            (row["requirement"], row["location"].partition(":")[0])
            for row in self.ledger["judgements"]
            if row["outcome"] == "fail"
        }


@dataclass(frozen=True)
class Value:
    """A value that the reference has right, what would be wrong, and who says so."""

    requirement: str
    file: str
    right: str
    wrong: str


MODULES = "infrastructure/modules"
VALUES = [
    Value(
        "ALB-01",
        f"{MODULES}/load_balancer/listeners.tf",
        "ELBSecurityPolicy-TLS13-1-2-2021-06",
        "ELBSecurityPolicy-TLS-1-0-2015-04",
    ),
    Value(
        "DAT-04",
        f"{MODULES}/database/instances.tf",
        "storage_encrypted     = true",
        "storage_encrypted     = false",
    ),
    Value("REL-01", f"{MODULES}/service/main.tf", "rollback = true", "rollback = false"),
]
"""Broken in one copy, because to audit one takes 40 seconds; none may fail anywhere else."""


def audited(reports: Path, *options: str) -> Audited:
    command = [sys.executable, "-m", "pytest", "features", "-q", "-p", "no:cacheprovider"]
    done = subprocess.run(
        [*command, "--tb=short", "--layers", "declared", "--reports", reports, *options],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        timeout=1200,
        check=False,
    )
    output = done.stdout + done.stderr
    assert (reports / "ledger.json").is_file(), output
    return Audited(
        status=done.returncode,
        output=output,
        ledger=json.loads((reports / "ledger.json").read_text(encoding="utf-8")),
        reports=reports,
    )


@pytest.fixture(scope="module")
def reference(terraform: Terraform, tmp_path_factory: pytest.TempPathFactory) -> Audited:
    return audited(tmp_path_factory.mktemp("reference"))


def test_everything_that_was_looked_at_holds(reference: Audited) -> None:
    assert reference.status == 0, reference.output
    assert reference.ledger["summary"]["pass"] > 0


@pytest.mark.parametrize("environment", ["staging", "production"])
def test_one_environment_alone_holds_too(
    reference: Audited, tmp_path: Path, environment: str
) -> None:
    """Waivers that only the other one needs are not held against it."""
    evidence = ("--evidence", str(reference.reports / "evidence"))
    alone = audited(tmp_path, *evidence, "--environment", environment)

    assert alone.status == 0, alone.output


def test_nothing_is_notchecked_on_this_layer_without_a_registered_reason(
    reference: Audited,
) -> None:
    reasons = {
        row["actual"]
        for row in reference.ledger["judgements"]
        if row["outcome"] == "notchecked" and row["layer"] == "declared"
    }

    assert reasons == {"no plan was given", "the environment is not looked at on this layer"}


def test_no_policy_of_checkov_fails_and_every_skip_has_a_reason(reference: Audited) -> None:
    [document] = (reference.reports / "evidence").glob("checkov*.json")
    results = json.loads(document.read_text(encoding="utf-8"))["body"]["results"]

    failing = {found["policy"] for found in results if found["outcome"] == "fail"}
    assert failing <= WRONG.keys()
    assert [found for found in results if found["outcome"] == "skipped" and not found["why"]] == []


def test_each_wrong_value_turns_exactly_its_requirement_red_where_it_stands(
    terraform: Terraform, tmp_path: Path
) -> None:
    for part in ("infrastructure", "harness", "system_under_test"):
        shutil.copytree(REPOSITORY / part, tmp_path / part, ignore=FETCHED)
    shutil.copy(REPOSITORY / "assurance.toml", tmp_path)
    (tmp_path / "tests").mkdir()
    shutil.copy(__file__, tmp_path / "tests")
    (tmp_path / "features" / "requirements").mkdir(parents=True)
    shutil.copy(
        REPOSITORY / "features/requirements/waivers.yaml", tmp_path / "features/requirements"
    )
    for value in VALUES:
        broken = tmp_path / value.file
        text = broken.read_text(encoding="utf-8")
        assert value.right in text
        broken.write_text(text.replace(value.right, value.wrong), encoding="utf-8")
        subprocess.run(["terraform", "fmt", str(broken)], check=True, capture_output=True)

    found = audited(
        tmp_path / "reports",
        *("--system", str(tmp_path / "assurance.toml"), "--environment", "production"),
    )

    assert found.status == 1, found.output
    assert found.red == {(value.requirement, value.file) for value in VALUES}, found.output
