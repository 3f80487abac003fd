"""Sentences about feature flags."""

from __future__ import annotations

from pytest_bdd import given, parsers, then

from assurance.judge import Judge
from assurance.model.judgements import Reason
from assurance.rules import flag_evaluations
from assurance.rules import flags as rules

_NEEDS = {
    "traces": ("traces", Reason.TRACES),
    "evaluations": ("evaluations", Reason.EVALUATIONS),
    "an instance without the flag service": ("without_flags", Reason.FLAGS),
}


@given(parsers.parse("{what} to see flags in"))
def needed(judge: Judge, what: str) -> None:
    """The run may do without."""
    name, reason = _NEEDS[what]
    judge.need(given=lambda: name in judge.view.flag_evaluations.given, otherwise=reason)


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


@then("every seen evaluation of a flag is decided by its service")
def is_decided(judge: Judge) -> None:
    """With a reason, not by a stand-in."""
    judge.every("seen evaluation of a flag", flag_evaluations.is_decided)


@then("every seen evaluation of a flag takes a safe default without its service")
def falls_back(judge: Judge) -> None:
    """One that switches nothing on."""
    judge.every("seen evaluation of a flag", flag_evaluations.falls_back)


@then("every request without the flag service is answered as ever")
def is_answered(judge: Judge) -> None:
    """But for what a flag decides."""
    judge.every("request without the flag service", flag_evaluations.is_answered)
