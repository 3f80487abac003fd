"""Whether a trigger's conditions let every change through."""

from __future__ import annotations

import re
from functools import partial

from assurance.model.triggers import Filter, Source, Trigger
from assurance.model.unknown import unknown
from assurance.rules.faults import first_fault

_TARGET = re.compile(
    r"targetBranch|(<\+)?trigger\.(targetBranch|branch|payload\.pull_request\.base\.ref)>?"
)
_REFERENCE = re.compile(r"(<\+)?trigger\.payload\.ref>?")
_OPEN = re.compile(r"\^?\(?\.\*\)?\$?")
_HEADER = re.compile(r"x-(github|gitlab)-event|x-event-key", re.IGNORECASE)
_EVENTS = {
    Source.PUSH: {"push", "push hook", "repo:push"},
    Source.PULL_REQUEST: {"pull_request", "merge request hook", "pullrequest:created"},
}


def loses(condition: Filter, source: Source, branch: str) -> str:
    """Say which events a condition keeps away; empty where it lets all that matter through.

    Args:
        condition: Of a trigger.
        source: What the trigger listens to.
        branch: The branch whose pushes matter; of pull requests, all do.
    """
    if source == Source.PUSH and _TARGET.fullmatch(condition.key):
        return "" if _admits(condition, branch) else f"it starts only where {condition}"
    if source == Source.PUSH and _REFERENCE.fullmatch(condition.key):
        admits = _admits(condition, f"refs/heads/{branch}")
        return "" if admits else f"it starts only where {condition}"
    if condition.operator == "Regex" and _OPEN.fullmatch(condition.value):
        return ""
    if condition.key in ("changedFiles", "sourceBranch") or _TARGET.fullmatch(condition.key):
        return f"it starts only where {condition}"
    if _names_event(condition, source):
        return ""
    why: str = unknown(f"whether every {source} meets {condition} ({condition.location})")
    return why


def lost(trigger: Trigger, branch: str) -> str:
    """Say why a trigger may not start on an event of its source; empty where it always does."""
    conditions = (*trigger.filters, *trigger.headers)
    checks = [partial(loses, condition, trigger.source, branch) for condition in conditions]
    return first_fault((*checks, partial(_expression, trigger)))


def _expression(trigger: Trigger) -> str:
    if not trigger.expression:
        return ""
    why: str = unknown(f"whether every {trigger.source} meets {trigger.expression}")
    return why


def _admits(condition: Filter, text: str) -> bool:
    operator, value = condition.operator, condition.value
    if "<+" in value:
        held: bool = unknown(f"{condition} is known only when the event comes")
        return held
    several = tuple(part.strip() for part in value.split(","))
    answers = {
        "Equals": text == value,
        "NotEquals": text != value,
        "In": any(text == part or _matches(part, text) for part in several),
        "NotIn": not any(text == part or _matches(part, text) for part in several),
        "StartsWith": text.startswith(value),
        "EndsWith": text.endswith(value),
        "Contains": value in text,
        "DoesNotContain": value not in text,
        "Regex": _matches(value, text),
    }
    answer: bool = answers.get(operator, unknown(f"the operator of {condition} is not known"))
    return answer


def _matches(pattern: str, text: str) -> bool:
    try:
        return re.fullmatch(pattern, text) is not None
    except re.error:
        return False


def _names_event(condition: Filter, source: Source) -> bool:
    """Whether it only says what kind of event this is."""
    header = _HEADER.search(condition.key) is not None and condition.operator == "Equals"
    return header and condition.value.lower() in _EVENTS.get(source, ())
