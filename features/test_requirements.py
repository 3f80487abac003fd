"""Binds every scenario of every feature file, and the policies that the catalogue names."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytest_bdd import scenarios

from assurance.scenario_plugin import conclude, the_audit
from assurance.verifiers import PolicyOccasion, judge_policies

scenarios(str(Path(__file__).parent))


def test_policies(request: pytest.FixtureRequest, policy_occasion: PolicyOccasion | None) -> None:
    """The checkov policies that the catalogue names for a requirement hold."""
    if policy_occasion is None:
        pytest.skip("no policy belongs to the layers of this run")
    audit = the_audit(request)
    conclude(audit.not_waived(judge_policies(audit, policy_occasion)))
