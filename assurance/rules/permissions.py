"""What one statement of an identity's policy grants, and whether that is too much."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from assurance.model.findings import any_of
from assurance.model.identities import Policy, Statement
from assurance.model.unknown import UnknownValue, is_unknown
from assurance.rules.actions import (
    actions_like,
    is_every_action,
    is_whole_service,
)
from assurance.rules.narrowing import is_narrowed

T = TypeVar("T")

_SHOWN = 4


def statement_fault(statement: Statement) -> str:
    """Return in words what a statement grants beyond need, or nothing."""
    if not statement.allows:
        return ""
    if statement.other_actions:
        return f"allows everything but {_names(statement.other_actions)} (NotAction)"
    if any_of(statement.actions, is_every_action):
        return 'allows every action ("*")'
    if any_of(statement.actions, writes_whole_service):
        wide = next(found for found in _known(statement.actions) if writes_whole_service(found))
        return f"allows all of a service, writing included ({wide})"
    if statement.other_resources:
        left = _names(target.text for target in statement.other_resources)
        return f"allows {_names(statement.actions)} on everything but {left} (NotResource)"
    return _open_resource(statement)


def writes_whole_service(pattern: str) -> bool:
    """Whether an action pattern stands for a whole service with writing actions."""
    return is_whole_service(pattern) and any(action.writes for action in actions_like(pattern))


def _open_resource(statement: Statement) -> str:
    if not any_of(statement.resources, lambda target: target.is_everything):
        return ""
    if is_narrowed(statement):
        return ""
    limitable = _limitable(statement.actions)
    if not limitable:
        return ""
    text = next(found.text for found in _known(statement.resources) if found.is_everything)
    return f'allows {_names(limitable)} on resource "{text}" without a condition that narrows it'


def _limitable(patterns: Iterable[str]) -> tuple[str, ...]:
    """Return the actions that could be limited to resources; raises when none is known to be."""
    found: dict[str, None] = {}
    strangers = []
    for pattern in patterns:
        actions = actions_like(pattern)
        if not actions:
            strangers.append(pattern)
        found.update((action.name, None) for action in actions if action.limitable)
    if strangers and not found:
        raise UnknownValue(f"the IAM reference does not know the action {_names(strangers)}")
    return tuple(found)


def policy_fault(policy: Policy) -> str:
    """Return the faults of all statements of a policy, or nothing."""
    faults = []
    doubt: UnknownValue | None = None
    for statement in policy.statements:
        try:
            fault = statement_fault(statement)
        except UnknownValue as reason:
            doubt = doubt or reason
        else:
            faults += [f"{statement.label} {fault}"] if fault else []
    if not faults and doubt:
        raise doubt
    return "; ".join(faults)


def _known(items: Iterable[T]) -> list[T]:
    """Leave out, for a message, what is unknown."""
    return [item for item in items if not is_unknown(item)]


def _names(names: Iterable[str]) -> str:
    listed = [str(name) for name in _known(names)]
    more = len(listed) - _SHOWN
    shown = ", ".join(listed[:_SHOWN])
    return f"{shown} and {more} more" if more > 0 else shown
