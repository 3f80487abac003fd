"""Reads what decides whether a stage or step runs, and what follows a failure.

Unset, a stage or step runs while everything before it succeeded, once, without a bound.
https://developer.harness.io/docs/platform/pipelines/step-skip-condition-settings and
…/failure-handling/define-a-failure-strategy-on-stages-and-steps
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from assurance.model.expressions import has_expression
from assurance.model.flow import Condition, FailureStrategy, Reaction, Response, Status
from assurance.model.subjects import Location
from assurance.model.unknown import is_unknown, unknown
from assurance.readers.pipeline_text import Written

_UNITS = {"w": 604800, "d": 86400, "h": 3600, "m": 60, "s": 1, "ms": 0.001}
_TIME = re.compile(r"(\d+)\s*(ms|[wdhms])")
_DEEPEST = 20


def read_condition(node: Written, place: Location) -> Condition:
    """Return when a stage, group or step runs that stands at a place."""
    if node.mapping.get("when") is None:
        return Condition(status=Status.SUCCESS, expression="", location=place)
    when = node.at("when")
    if not isinstance(when.value, dict):
        why = unknown("its condition is decided by the run")
        return Condition(status=why, expression=str(why_text(when)), location=when.location)
    stated = when.value.get("pipelineStatus", when.value.get("stageStatus"))
    return Condition(
        status=Status.SUCCESS if stated is None else _member(Status, stated, "status"),
        expression=_expression(when.value.get("condition")),
        location=when.location,
    )


def why_text(found: Written) -> str:
    """Return what is written where it should have been something else."""
    return "<unknown>" if is_unknown(found.value) else str(found.value)


def _expression(found: object) -> str:
    if found is None:
        return ""
    if is_unknown(found):
        return "<unknown>"
    return str(found).lower() if isinstance(found, bool) else str(found).strip()


def _member(words: type[Any], found: object, what: str) -> Any:
    if is_unknown(found):
        return found
    try:
        return words(found)
    except ValueError:
        return unknown(f"{found} is no {what} of Harness, or is decided by the run")


def read_strategies(node: Written, level: str) -> tuple[FailureStrategy, ...]:
    """Return what follows failures, as it is stated at one level."""
    if node.mapping.get("failureStrategies") is None:
        return ()
    stated = node.at("failureStrategies")
    if not isinstance(stated.value, list):
        return (_undecided(stated, level),)
    return tuple(
        _strategy(item, level)
        if isinstance(item.at("onFailure").value, dict)
        else _undecided(item, level)
        for item in stated.items()
    )


def _undecided(found: Written, level: str) -> FailureStrategy:
    reaction = unknown(f"its failure strategy is {why_text(found)}, which the run decides")
    response = Response(reaction=reaction, retries=0, otherwise=None)
    return FailureStrategy(
        errors=("AllErrors",), response=response, level=level, location=found.location
    )


def _strategy(item: Written, level: str) -> FailureStrategy:
    failure = item.at("onFailure")
    errors = failure.mapping.get("errors")
    return FailureStrategy(
        errors=tuple(str(error) for error in errors if not is_unknown(error))
        if isinstance(errors, list)
        else unknown("the errors of its failure strategy are decided by the run"),
        response=_response(failure.at("action"), depth=0),
        level=level,
        location=item.location,
    )


def _response(action: Written, *, depth: int) -> Response:
    reaction = _member(Reaction, action.mapping.get("type"), "action")
    spec = action.at("spec").mapping
    after = spec.get("onRetryFailure") or spec.get("onTimeout") or {}
    further = Written(
        after.get("action") if isinstance(after, dict) else None, action.resource, action.pointer
    )
    otherwise = None
    if further.value is not None:
        # Harness nests an answer to a failed answer; deeper than this nobody writes it by hand.
        otherwise = _response(further, depth=depth + 1) if depth < _DEEPEST else _unread()
    return Response(
        reaction=reaction, retries=number(spec.get("retryCount"), 0), otherwise=otherwise
    )


def _unread() -> Response:
    reason = unknown("its failure strategy is nested too deeply to be read")
    return Response(reaction=reason, retries=0, otherwise=None)


def number(found: object, default: int) -> int:
    """Return a whole number; unknown where the run decides it."""
    if found is None:
        return default
    if isinstance(found, int) and not isinstance(found, bool):
        return found
    if isinstance(found, str) and found.strip().isdigit():
        return int(found)
    return unknown("the number is decided by the run")


def read_timeout(node: Written) -> float | None:
    """Return a timeout in seconds; None where none is stated."""
    found = node.mapping.get("timeout")
    if found is None or found == "":
        return None
    if is_unknown(found):
        return found
    if has_expression(found):
        return unknown(f"its timeout is {found}")
    seconds = _seconds(str(found))
    return unknown(f"{found} is no timeout") if seconds is None else seconds


@lru_cache(maxsize=4096)
def _seconds(text: str) -> float | None:
    parts = _TIME.findall(text)
    if not parts or _TIME.sub("", text).strip():
        return None
    return float(sum(int(count) * _UNITS[unit] for count, unit in parts))


def shortest(*timeouts: float | None) -> float | None:
    """Return the shortest of some timeouts that is known; unknown where none of them is."""
    stated = [timeout for timeout in timeouts if timeout is not None]
    known = [timeout for timeout in stated if not is_unknown(timeout)]
    return min(known) if known else stated[0] if stated else None
