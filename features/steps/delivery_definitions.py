"""Steps about the definitions of a delivery and their references."""

from __future__ import annotations

from pytest_bdd import then

from assurance.judge import Judge
from assurance.rules import delivery_definitions as rules


@then("every delivery definition refers only to what the repository holds")
def definitions_are_complete(judge: Judge) -> None:
    """Nothing referenced is missing."""
    judge.every("delivery definition", rules.refers_to_files_only)
