"""Steps about secrets: their keys, owners and rotation."""

from __future__ import annotations

from pytest_bdd import then

from assurance.judge import Judge
from assurance.rules import secrets as rules


@then("every secret is encrypted with a customer managed key")
def secrets_are_encrypted(judge: Judge) -> None:
    """Not with a key of AWS."""
    judge.every("secret", rules.is_encrypted_with_own_key)


@then("every secret names its owner")
def secrets_are_owned(judge: Judge) -> None:
    """In a tag."""
    judge.every("secret", rules.names_its_owner, tag=judge.limit("tag"))


@then("every secret is rotated in time")
def secrets_are_rotated(judge: Judge) -> None:
    """Within the agreed days."""
    judge.every("secret", rules.rotates_in_time, days=judge.limit("days"))
