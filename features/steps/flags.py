"""Sentences about feature flags."""

from __future__ import annotations

from pytest_bdd import then

from assurance.judge import Judge
from assurance.rules import flags as rules


@then("the system asks for feature flags through the standard interface")
def asks_for_flags(judge: Judge) -> None:
    """In any of its applications."""
    found = judge.view.delivery.applications
    judge.system(rules.asks_for_flags, found, made_of=("source_application",))


@then("every evaluation of a flag has a safe default")
def has_safe_default(judge: Judge) -> None:
    """For when the flag service cannot be reached."""
    judge.every("evaluation of a flag", rules.has_safe_default)


@then("every change of a flag concerns one that the code asks for")
def change_is_asked_for(judge: Judge) -> None:
    """Anything else changes nothing."""
    judge.every("change of a flag", rules.is_asked_for, judge.view.delivery.applications)
