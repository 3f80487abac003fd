"""Sentences about Terraform as code."""

from __future__ import annotations

from pytest_bdd import given, then

from assurance.judge import Judge
from assurance.model.judgements import Reason
from assurance.rules import code as rules


@given("a plan")
def a_plan(judge: Judge) -> None:
    """Without one nobody can say what would change."""
    planned = any(body["engine"] == "plan" for body, _ in judge.view.state.configurations())
    judge.need(given=planned, otherwise=Reason.PLAN)


@then("every Terraform root is formatted")
def is_formatted(judge: Judge) -> None:
    """As terraform fmt does it."""
    judge.every("Terraform root", rules.is_formatted)


@then("every Terraform root is valid")
def is_valid(judge: Judge) -> None:
    """As terraform validate sees it."""
    judge.every("Terraform root", rules.is_valid)


@then("every Terraform root composes modules")
def composes_modules(judge: Judge) -> None:
    """An environment is put together, not copied."""
    judge.every("Terraform root", rules.composes_modules)


@then("every module types its inputs")
def types_inputs(judge: Judge) -> None:
    """By types that say something."""
    judge.every("module", rules.types_inputs)


@then("every module describes its inputs")
def explains_inputs(judge: Judge) -> None:
    """In words."""
    judge.every("module", rules.explains_inputs)


@then("every module validates its inputs")
def validates_inputs(judge: Judge) -> None:
    """Where it takes any that can be wrong."""
    judge.every("module", rules.validates_inputs)


@then("every module describes its outputs")
def explains_outputs(judge: Judge) -> None:
    """In words."""
    judge.every("module", rules.explains_outputs)


@then("every Terraform root keeps its state remote")
def keeps_state_remote(judge: Judge) -> None:
    """In a backend."""
    judge.every("Terraform root", rules.keeps_state_remote)


@then("every Terraform root encrypts its state")
def encrypts_state(judge: Judge) -> None:
    """By the backend."""
    judge.every("Terraform root", rules.encrypts_state)


@then("every Terraform root locks its state")
def locks_state(judge: Judge) -> None:
    """By the backend."""
    judge.every("Terraform root", rules.locks_state)


@then("every Terraform root keeps its state apart from others")
def keeps_state_apart(judge: Judge) -> None:
    """In a place of its own."""
    judge.every("Terraform root", rules.keeps_state_apart, judge.view.code.roots)


@then("every Terraform root states the version of Terraform")
def pins_terraform(judge: Judge) -> None:
    """As a constraint."""
    judge.every("Terraform root", rules.pins_terraform)


@then("every Terraform root bounds the versions of its providers")
def pins_providers(judge: Judge) -> None:
    """From above."""
    judge.every("Terraform root", rules.pins_providers)


@then("every Terraform root has a lock file with its providers")
def has_lock(judge: Judge) -> None:
    """In the repository."""
    judge.every("Terraform root", rules.has_lock)


@then("every Terraform root pins the modules from elsewhere")
def pins_modules(judge: Judge) -> None:
    """By version or commit."""
    judge.every("Terraform root", rules.pins_modules)


@then("every stateful resource is guarded")
def is_guarded(judge: Judge) -> None:
    """By Terraform or by AWS."""
    judge.every("stateful resource", rules.is_guarded)


@then("the plan keeps every stateful resource")
def is_kept(judge: Judge) -> None:
    """It names what it would replace."""
    judge.every("planned resource", rules.is_kept)


@then("the plan changes nothing")
def is_unchanged(judge: Judge) -> None:
    """Not in any resource."""
    judge.every("planned resource", rules.is_unchanged)
