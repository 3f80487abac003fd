"""Steps about where things come from."""

from __future__ import annotations

from pytest_bdd import then

from assurance.judge import Judge
from assurance.rules import origins as rules


@then("every dependent service names only what Terraform makes or looks up")
def dependences_are_declared(judge: Judge) -> None:
    """No literal identifier."""
    judge.every("dependent service", rules.depends_on_declared_things)


@then("every script in Terraform makes nothing in AWS")
def scripts_make_nothing(judge: Judge) -> None:
    """No resource past Terraform."""
    judge.every("script in Terraform", rules.makes_nothing_in_aws)
