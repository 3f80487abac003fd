"""One real run, two reports: ours tells what pytest-bdd's own leaves out or calls passed."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from assurance.evidence import Document, EvidenceStore
from tests.reports.consumers import status
from tests.states import body, managed

REPOSITORY = Path(__file__).parents[2]
SOURCE = Path(__file__).parent / "eight_scenarios"
PLACES = {
    "assurance.toml": "assurance.toml",
    "set_up.py": "conftest.py",
    "things.feature": "features/things.feature",
    "bound.py": "features/test_bound.py",
    "network.yaml": "features/requirements/network.yaml",
}
RUN = (
    *(sys.executable, "-m", "pytest", "features", "-q", "-k", "not left_out"),
    *("-p", "no:cacheprovider", "--evidence", "evidence"),
    *("--reports", "reports", "--cucumber-json", "pytest-bdd.json"),
)


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The directory with the reports of one run of the eight scenarios."""
    project = tmp_path_factory.mktemp("eight")
    catalogue = project / "features" / "requirements"
    catalogue.mkdir(parents=True)
    for source, target in PLACES.items():
        shutil.copy(SOURCE / source, project / target)
    shutil.copy(REPOSITORY / "features" / "requirements" / "controls.yaml", catalogue)
    (catalogue / "waivers.yaml").write_text("waivers: []\n")
    (project / "pytest.ini").write_text("[pytest]\n")
    _write_evidence(project / "evidence")
    done = subprocess.run(
        RUN,
        cwd=project,
        env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert (project / "reports" / "cucumber.json").exists(), done.stdout + done.stderr
    return project / "reports"


def _write_evidence(directory: Path) -> None:
    EvidenceStore(directory).write(
        Document.of(
            "terraform",
            body(managed("aws_vpc.main", cidr_block="10.0.0.0/16"), root="."),
            source=".",
            environment="live",
            layer="declared",
            collected_at="2026-01-01T00:00:00Z",
        )
    )


def scenarios(file: Path) -> dict[str, dict[str, Any]]:
    """Return the scenarios of a document by the title that the feature file gives them."""
    [feature] = json.loads(file.read_text(encoding="utf-8"))
    return {each["name"].removesuffix(" (live, declared)"): each for each in feature["elements"]}


def test_every_scenario_is_told_as_it_ended(reports: Path) -> None:
    """All eight, with the status that Cucumber's tools take from their steps."""
    found = {name: status(each) for name, each in scenarios(reports / "cucumber.json").items()}

    assert found == {
        "It holds": "passed",
        "A step breaks": "failed",
        "Nobody knows the first step": "undefined",
        "Nobody knows the second step": "undefined",
        "The set-up is denied": "failed",
        "It is left out": "skipped",
        "A step skips itself": "failed",
        "It is bound to nothing": "failed",
    }


def test_pytest_bdd_itself_tells_half_of_them_and_calls_two_passed(reports: Path) -> None:
    """Why this suite writes its own. When this fails, pytest-bdd was repaired: read it again."""
    found = scenarios(reports.parent / "pytest-bdd.json")
    called = {
        name: {step["result"]["status"] for step in each["steps"]} for name, each in found.items()
    }

    assert len(found) < 8
    assert called["Nobody knows the second step"] == {"passed"}
    assert called["A step skips itself"] == {"passed"}
    assert "The set-up is denied" not in called


def test_steps_after_a_broken_one_never_ran(reports: Path) -> None:
    """They are neither failed nor passed."""
    steps = scenarios(reports / "cucumber.json")["A step breaks"]["steps"]

    assert [step["result"]["status"] for step in steps] == ["passed", "failed", "skipped"]


def test_the_ledger_tells_the_same(reports: Path) -> None:
    """Nothing that did not hold is a pass there."""
    ledger = json.loads((reports / "ledger.json").read_text(encoding="utf-8"))

    found = {(row["scenario"], row["outcome"]) for row in ledger["judgements"]}
    passed = {scenario for scenario, outcome in found if outcome == "pass"}
    assert passed == {"It holds"}
    assert ("It is left out", "notchecked") in found
    errors = {scenario for scenario, outcome in found if outcome == "error"}
    assert errors == {
        "A step breaks",
        "A step skips itself",
        "It is bound to nothing",
        "Nobody knows the first step",
        "Nobody knows the second step",
        "The set-up is denied",
    }
