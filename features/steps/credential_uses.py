"""Steps about credentials in the definitions of a delivery."""

from __future__ import annotations

from pytest_bdd import then

from assurance.judge import Judge
from assurance.rules import credential_uses as rules

NOUN = "definition that may hold credentials"


@then("every definition that may hold credentials takes them from the secret manager")
def credentials_come_by_reference(judge: Judge) -> None:
    """None stands in a file."""
    judge.every(NOUN, rules.takes_credentials_by_reference)


@then("every definition that may hold credentials shows none")
def credentials_do_not_show(judge: Judge) -> None:
    """Not printed, exported, put into a tag or an image, or told."""
    judge.every(NOUN, rules.shows_no_credential)
