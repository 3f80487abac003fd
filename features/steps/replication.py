"""Steps about copies in another region."""

from __future__ import annotations

from pytest_bdd import then

from assurance.judge import Judge
from assurance.rules.replication import survives_its_region


@then("every store of objects has its copy in another region")
def objects_survive_their_region(judge: Judge) -> None:
    """All objects, in another region."""
    judge.every("store of objects", survives_its_region)
