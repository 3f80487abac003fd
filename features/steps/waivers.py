"""Steps about exceptions to requirements."""

from __future__ import annotations

import pytest
from pytest_bdd import then

from assurance.judge import Judge
from assurance.model.requirements import Waiver
from assurance.rules.waivers import are_accountable
from assurance.scenario_plugin import AUDIT


@pytest.fixture
def waivers(request: pytest.FixtureRequest) -> tuple[Waiver, ...]:
    """Return the exceptions of the audited system."""
    return tuple(request.config.stash[AUDIT].catalogue.waivers)


@then("every waiver has a reason, an owner, another approver and an end")
def waivers_are_accountable(judge: Judge, waivers: tuple[Waiver, ...]) -> None:
    """Complete, by two."""
    judge.system(are_accountable, waivers)
