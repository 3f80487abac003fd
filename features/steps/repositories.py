"""Steps about the repository."""

from __future__ import annotations

from pytest_bdd import then

from assurance.judge import Judge
from assurance.rules import repositories as rules


@then("every part of the repository has a place of its own")
def parts_have_places(judge: Judge) -> None:
    """And the system description says which."""
    judge.every("part of the repository", rules.has_its_own_place)
