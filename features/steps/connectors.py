"""Steps about connectors: how the delivery signs in, from where, and for whom."""

from __future__ import annotations

from pytest_bdd import then

from assurance.judge import Judge
from assurance.rules import connectors as rules


@then("every connector signs in by a role or by reference to a secret")
def connectors_sign_in_safely(judge: Judge) -> None:
    """No keys, nothing written down."""
    judge.every("connector", rules.signs_in_safely)


@then("every connector runs on delegates that it names")
def connectors_run_on_delegates(judge: Judge) -> None:
    """Not on any delegate, and not from outside."""
    judge.every("connector", rules.runs_on_delegates)


@then("every connector belongs to what uses it")
def connectors_are_scoped(judge: Judge) -> None:
    """And something does."""
    judge.every("connector", rules.is_scoped_to_its_uses)


@then("every connector serves production or other environments")
def connectors_are_separate(judge: Judge) -> None:
    """Never both."""
    judge.every("connector", rules.serves_one_side_of_production)


@then("every secret manager is AWS Secrets Manager through an assumed role")
def managers_assume_roles(judge: Judge) -> None:
    """No other store, no keys."""
    judge.every("secret manager", rules.is_secrets_manager_by_role)


@then("every pipeline secret is kept in AWS Secrets Manager")
def secrets_are_kept_there(judge: Judge) -> None:
    """And read through an assumed role."""
    judge.every("pipeline secret", rules.is_kept_in_secrets_manager)
