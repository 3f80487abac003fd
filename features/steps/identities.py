"""Steps about identities: roles, what they may do, and who may become them."""

from __future__ import annotations

from pytest_bdd import given, then

from assurance.judge import Judge
from assurance.rules import identities as rules
from assurance.rules.resource_policies import names_whom_it_lets_in
from assurance.rules.separation import changes_only_its_environment
from assurance.rules.trusts import is_trusted_narrowly


@given("an environment that is not production")
def an_environment_that_is_not_production(judge: Judge) -> None:
    """In production every subject is not applicable."""
    judge.only(where=not judge.view.environment.production, otherwise="production")


@then("every service has an execution role and a task role of its own")
def services_have_roles_of_their_own(judge: Judge) -> None:
    """Two roles, not shared."""
    judge.every("service with roles", rules.has_roles_of_its_own)


@then("every identity is granted no more than it needs")
def identities_are_granted_no_more_than_needed(judge: Judge) -> None:
    """No wildcard, no open resource, no escalation."""
    judge.every("identity", rules.grants_no_more_than_needed)


@then("every policy of a resource names whom it lets in")
def resources_name_whom_they_let_in(judge: Judge) -> None:
    """Not everybody."""
    judge.every("policy of a resource", names_whom_it_lets_in)


@then("every role trusts only the principal that uses it")
def roles_trust_narrowly(judge: Judge) -> None:
    """The right principal, under a condition."""
    judge.every("role", is_trusted_narrowly)


@then("every place for a service-linked role has that role")
def service_linked_roles_are_used(judge: Judge) -> None:
    """AWS's own role where there is one."""
    judge.every("place for a service-linked role", rules.is_service_linked)


@then("every identity can change only what belongs to its environment")
def identities_change_only_their_environment(judge: Judge) -> None:
    """Nothing that production could be."""
    judge.every(
        "identity",
        changes_only_its_environment,
        judge.view.environment.name,
        judge.view.identities.identities,
    )
