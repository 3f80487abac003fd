"""Steps about who writes what."""

from __future__ import annotations

from pytest_bdd import then

from assurance.judge import Judge
from assurance.rules import ownership as rules


@then("every resource that deployments write has one writer for each field")
def fields_have_one_writer(judge: Judge) -> None:
    """Terraform, a pipeline or autoscaling."""
    judge.every("resource that deployments write", rules.has_one_writer_a_field)
