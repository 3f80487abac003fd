"""Exceptions to requirements."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from assurance.model.findings import Finding, NotApplicable
from assurance.model.requirements import Waiver
from assurance.model.subjects import Location
from assurance.rules.waivers import are_accountable

GOOD = Waiver(
    requirement="DAT-03",
    subject="aws_db_instance.reports",
    environment="",
    reason="The reports can be made again within an hour.",
    owner="team-data",
    approver="security",
    approved=date(2026, 1, 1),
    expires=date(2026, 6, 30),
    location=Location(file="waivers.yaml", line=2),
)


def test_complete_waiver_passes() -> None:
    verdict = are_accountable((GOOD,))

    assert isinstance(verdict, Finding)
    assert verdict.holds


@pytest.mark.parametrize(
    ("waiver", "fault"),
    [
        (replace(GOOD, reason="because"), "its reason explains nothing"),
        (replace(GOOD, approver="team-data"), "team-data approved it for themselves"),
    ],
)
def test_incomplete_waiver_fails(waiver: Waiver, fault: str) -> None:
    verdict = are_accountable((GOOD, waiver))

    assert isinstance(verdict, Finding)
    assert verdict.actual == f"waiver of DAT-03 for aws_db_instance.reports: {fault}"


def test_no_waiver_is_no_pass() -> None:
    assert are_accountable(()) == NotApplicable("none")
