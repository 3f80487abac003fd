"""`cucumber.json` tells every scenario, and tools that read it count what we count."""

from __future__ import annotations

import json
import subprocess
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

from syrupy.assertion import SnapshotAssertion

from assurance.model.judgements import Outcome, Reason
from assurance.model.reports import StepStatus
from assurance.reports.cucumber import cucumber
from tests.reports.consumers import TOOLS, status
from tests.reports.reports import (
    STATUSES,
    every_outcome,
    left_out,
    requirement,
    row,
    run,
    scenario,
)
from tests.reports.reports import report as report_of


def elements(text: str) -> list[dict[str, Any]]:
    """Return the scenarios of a document."""
    return [each for feature in json.loads(text) for each in feature["elements"]]


def test_every_scenario_is_told(golden: SnapshotAssertion) -> None:
    """Deselected, waived, undefined, broken in set-up, never bound: all are there."""
    text = cucumber(every_outcome())

    assert text == golden(name="cucumber.json")
    assert Counter(map(status, elements(text))) == STATUSES


def test_the_tools_count_what_we_count(consumers: Path, node: str, tmp_path: Path) -> None:
    """Two renderers of Cucumber's JSON see the same totals."""
    (tmp_path / "cucumber.json").write_text(cucumber(every_outcome()), encoding="utf-8")

    done = subprocess.run(
        [node, TOOLS / "count.js", tmp_path / "cucumber.json", tmp_path],
        cwd=consumers,
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )

    counted = json.loads(done.stdout)
    assert counted == {
        "cucumber-html-reporter": STATUSES,
        "multiple-cucumber-html-reporter": STATUSES,
    }


def test_steps_that_never_ran_are_skipped_and_the_set_up_fails() -> None:
    """An `AccessDenied` in set-up is neither lost nor blamed on a step."""
    found = elements(cucumber(every_outcome()))
    broken = [each for each in found if "DAT-01" in each["description"]][1]

    assert [step["result"]["status"] for step in broken["steps"]] == [
        "failed",
        "skipped",
        "skipped",
    ]
    assert "AccessDenied" in broken["steps"][0]["result"]["error_message"]


def test_a_scenario_that_judged_nothing_does_not_pass() -> None:
    """All steps returned, yet the ledger calls it an error."""
    text = scenario("NET-01", 10)
    passed = (StepStatus.PASSED, StepStatus.PASSED)
    silent = run(text, Outcome.ERROR, passed)

    [element] = elements(_of(silent))

    assert status(element) == "failed"


def test_a_scenario_without_steps_does_not_pass() -> None:
    """Tools would count an empty scenario as passed, or not at all."""
    empty = replace(scenario("NET-01", 10), steps=())

    [element] = elements(_of(run(empty, Outcome.NOTCHECKED, ())))

    assert status(element) == "skipped"


def test_a_failure_that_is_waived_in_part_still_fails() -> None:
    """One subject is excepted, its neighbour is not."""
    failing = run(scenario("NET-01", 10), Outcome.FAIL, (StepStatus.PASSED, StepStatus.FAILED))
    rows = [row("NET-01", Outcome.WAIVED, waiver="why"), row("NET-01", Outcome.FAIL, "aws_vpc.b")]

    [element] = elements(cucumber(report_of([requirement("NET-01")], rows, runs=(failing,))))

    assert status(element) == "failed"


def test_a_layer_that_was_not_asked_for_says_so() -> None:
    """A scenario without a run has the ledger's reason."""
    rows = [left_out("NET-01", Reason.LAYER)]
    report = report_of([requirement("NET-01")], rows, scenarios=(scenario("NET-01", 10),))

    [element] = elements(cucumber(report))

    assert status(element) == "skipped"
    assert element["steps"][0]["result"]["error_message"] == Reason.LAYER


def _of(made: Any) -> str:
    rows = [row("NET-01", Outcome.PASS)]
    return cucumber(report_of([requirement("NET-01")], rows, runs=(made,)))
