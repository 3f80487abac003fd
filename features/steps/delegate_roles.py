"""Sentences about what the delegate may do."""

from __future__ import annotations

from pytest_bdd import then

from assurance.judge import Judge
from assurance.rules import delegate_roles as rules


@then("every delegate works under a role of its own")
def delegates_have_a_role_of_their_own(judge: Judge) -> None:
    """Not shared."""
    judge.every("delegate", rules.has_a_role_of_its_own, judge.view.identities)


@then("every delegate is free of static access keys")
def delegates_have_no_static_keys(judge: Judge) -> None:
    """Neither written down nor by reference."""
    judge.every("delegate", rules.has_no_static_keys)


@then("every delegate may change only what a deployment changes")
def delegates_may_only_deploy(judge: Judge) -> None:
    """In the named services of AWS."""
    services, builds = judge.limit("services"), judge.limit("build_services")
    judge.every("delegate", rules.may_only_deploy, judge.view.identities, services, builds)


@then("every delegate can pass on only the roles of tasks")
def delegates_pass_only_task_roles(judge: Judge) -> None:
    """Each by name."""
    judge.every("delegate", rules.passes_only_task_roles, judge.view.identities)
