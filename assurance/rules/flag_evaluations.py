"""What must hold for feature flags as they are seen from outside: decided, or safe by default.

Reasons are those of OpenFeature (https://openfeature.dev/specification/types#resolution-reason).
"""

from __future__ import annotations

import re
from http import HTTPStatus

from assurance.model.findings import Finding
from assurance.model.flag_evaluations import Decision, RequestWithoutFlags, SeenEvaluation
from assurance.model.unknown import UnknownValue
from assurance.rules.lists import listing

_UNDECIDED = ("error", "unknown", "")
_FALLEN_BACK = ("error", "default", "cached", "stale")
_NEW = ("true", "on", "enabled")
"""Values that switch something on, which nobody decided."""


def is_decided(evaluation: SeenEvaluation) -> Finding:
    """A provider answers, and says why."""
    if not evaluation.usual:
        raise UnknownValue(f"{evaluation.flag} was seen only without its flag service")
    return Finding(
        holds=all(_is_decided(each) for each in evaluation.usual),
        expected="a decision of a flag service, with its reason",
        actual=listing(_told(each) for each in evaluation.usual),
    )


def _is_decided(decision: Decision) -> bool:
    """Whether a service decided, not OpenFeature's own stand-in for one."""
    provider = re.sub(r"[^a-z]", "", decision.provider.lower())
    return decision.reason not in _UNDECIDED and not provider.startswith("noop")


def falls_back(evaluation: SeenEvaluation) -> Finding:
    """Without its service it takes a default that switches nothing on."""
    if not evaluation.without:
        raise UnknownValue("the instance without its flag service left no evaluation of it")
    decided = [each for each in evaluation.without if each.reason not in _FALLEN_BACK]
    if decided:
        raise UnknownValue(f"its flag service may be reached there: {_told(decided[0])}")
    if not all(each.value for each in evaluation.without):
        raise UnknownValue("its traces tell neither the value nor the variant")
    return Finding(
        holds=not any(each.value in _NEW for each in evaluation.without),
        expected="a default that leaves things as they are",
        actual=listing(_told(each) for each in evaluation.without),
    )


def is_answered(request: RequestWithoutFlags) -> Finding:
    """Nothing breaks, and what no flag is about is as ever."""
    answered = 0 < request.status < HTTPStatus.INTERNAL_SERVER_ERROR
    return Finding(
        holds=answered and (request.status == request.usual or bool(request.is_flagged)),
        expected=f"status {request.usual}, or another below 500 where flags are evaluated",
        actual=f"status {request.status}" if request.status else "no answer",
    )


def _told(decision: Decision) -> str:
    why = f"{decision.reason or 'no reason'}{f' ({decision.error})' if decision.error else ''}"
    by = f" by {decision.provider}" if decision.provider else ""
    return f"{decision.value or 'something'}{by}: {why}"
