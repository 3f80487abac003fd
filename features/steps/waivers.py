"""Steps about exceptions to requirements."""

from __future__ import annotations

from pytest_bdd import then

from assurance.judge import Judge
from assurance.rules.waivers import is_accountable


@then("every waiver has a reason, an owner, another approver and an end")
def waivers_are_accountable(judge: Judge) -> None:
    """Complete, by two."""
    judge.every("waiver", is_accountable)
