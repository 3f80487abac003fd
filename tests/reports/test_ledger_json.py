"""`ledger.json` holds every judgement and balances."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from syrupy.assertion import SnapshotAssertion

from assurance.model.judgements import Outcome
from assurance.reports import write_reports
from assurance.reports.ledger_json import ledger_json
from tests.reports.reports import every_outcome, requirement, row
from tests.reports.reports import report as report_of


def test_the_whole_ledger_is_written(golden: SnapshotAssertion) -> None:
    """The format that DESIGN promises, with every outcome in it."""
    assert ledger_json(every_outcome()) == golden(name="ledger.json")


def test_the_totals_balance() -> None:
    """Every row is counted once, in all and in its environment."""
    report = every_outcome()

    found = json.loads(ledger_json(report))

    assert sum(found["summary"].values()) == len(found["judgements"]) == len(report.rows)
    for outcome, count in found["summary"].items():
        assert count == sum(counts[outcome] for counts in found["environments"].values())
    assert {entry["id"] for entry in found["requirements"]} == {
        row["requirement"] for row in found["judgements"]
    }


def test_two_runs_differ_only_in_the_header() -> None:
    """Time and duration stand under `run` and nowhere else."""
    report = every_outcome()
    later = replace(report, run=replace(report.run, started="2027-01-01T00:00:00Z", seconds=9.9))

    first, second = json.loads(ledger_json(report)), json.loads(ledger_json(later))

    assert first.pop("run") != second.pop("run")
    assert first == second


def test_half_a_character_of_the_evidence_does_not_stop_the_reports(tmp_path: Path) -> None:
    """JSON evidence can hold lone surrogates, which UTF-8 cannot."""
    half = row("NET-01", Outcome.FAIL, "aws_vpc.\ud83d", actual="named \ud83d")

    write_reports(report_of([requirement("NET-01")], [half]), tmp_path)

    found = json.loads((tmp_path / "ledger.json").read_text(encoding="utf-8"))
    assert found["judgements"][0]["subject"] == "aws_vpc.\ud83d"
    assert "aws_vpc." in (tmp_path / "index.html").read_text(encoding="utf-8")
