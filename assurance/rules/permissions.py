"""What one statement of an identity's policy grants, and whether that is too much."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from assurance.model.findings import any_of
from assurance.model.identities import Condition, Identity, Policy, Statement, Target
from assurance.model.unknown import UnknownValue, is_unknown
from assurance.rules.actions import (
    actions_like,
    covers,
    escalations,
    is_every_action,
    is_whole_service,
)

T = TypeVar("T")

_CALLER_KEYS = (
    "aws:calledvia",
    "aws:currenttime",
    "aws:ec2instancesource",
    "aws:epochtime",
    "aws:federatedprovider",
    "aws:multifactorauth",
    "aws:principal",
    "aws:referer",
    "aws:requestedregion",
    "aws:resourceaccount",
    "aws:resourceorg",
    "aws:securetransport",
    "aws:source",
    "aws:tokenissuetime",
    "aws:user",
    "aws:via",
    "aws:vpcsourceip",
)
"""Keys that say who calls, from where, when, or in which account and region: every resource there
stays open. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
"""

_SELF_GRANTS = (
    "iam:attachgrouppolicy",
    "iam:attachrolepolicy",
    "iam:attachuserpolicy",
    "iam:createpolicyversion",
    "iam:putgrouppolicy",
    "iam:putrolepolicy",
    "iam:putuserpolicy",
    "iam:setdefaultpolicyversion",
    "iam:updateassumerolepolicy",
)
_GIVES_ROLE = "iam:passrole"
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


def is_narrowed(statement: Statement) -> bool:
    """Whether a condition limits the resources that a statement's `*` stands for."""
    return any_of(statement.conditions, narrows)


def narrows(condition: Condition) -> bool:
    """Whether a condition limits which resources a statement is about.

    Operators that hold when the key is absent, or by exclusion, limit nothing for certain.
    """
    operator = condition.operator.lower()
    if operator == "null" or "not" in operator or operator.endswith("ifexists"):
        return False
    if condition.key.lower().startswith(_CALLER_KEYS):
        return False
    return not any_of(condition.values, lambda value: str(value).strip("*") == "")


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


def escalation(identity: Identity) -> str:
    """Return a known way in which an identity can give itself more rights, or nothing."""
    granted = [
        statement
        for policy in identity.policies
        if policy.aws_name == ""
        for statement in policy.statements
    ]
    return next(
        (
            f"can escalate its privileges with {_names(needed)} ({name})"
            for name, needed in escalations()
            if _can(identity, granted, needed)
        ),
        "",
    )


def _can(identity: Identity, granted: list[Statement], needed: tuple[str, ...]) -> bool:
    """Whether all actions of a method are allowed, the decisive ones on whatever there is.

    Where a role is passed, that decides: what runs under it may be limited by name.
    """
    decisive = (_GIVES_ROLE,) if _GIVES_ROLE in needed else needed
    return all(_holds(granted, action) for action in needed) and all(
        _holds_freely(identity, granted, action, needed) for action in decisive
    )


def _holds(granted: list[Statement], action: str) -> bool:
    return any_of(granted, lambda statement: _allows(statement, action))


def _holds_freely(
    identity: Identity, granted: list[Statement], action: str, needed: tuple[str, ...]
) -> bool:
    return any_of(
        granted,
        lambda statement: (
            _allows(statement, action)
            and _is_free(identity, statement, action)
            and (action != _GIVES_ROLE or _passes_to(statement, needed))
        ),
    )


def _allows(statement: Statement, action: str) -> bool:
    return bool(statement.allows) and any_of(
        statement.actions, lambda pattern: covers(pattern, action)
    )


def _is_free(identity: Identity, statement: Statement, action: str) -> bool:
    """Whether an action is allowed on things that the statement does not name one by one."""
    if any_of(statement.conditions, _is_boundary):
        return False
    if not any(found.limitable for found in actions_like(action)):
        return True
    own = {identity.subject.id, *identity.subject.parts} if action in _SELF_GRANTS else set()
    return any_of(
        statement.resources, lambda target: _is_open(target) or bool(own & set(target.refers))
    )


def _is_open(target: Target) -> bool:
    return target.is_everything or target.is_whole_type


def _is_boundary(condition: Condition) -> bool:
    return condition.key.lower() == "iam:permissionsboundary" or narrows_by_tag(condition)


def narrows_by_tag(condition: Condition) -> bool:
    """Whether a condition limits a statement to resources with a tag."""
    return "resourcetag/" in condition.key.lower() and narrows(condition)


def _passes_to(statement: Statement, needed: tuple[str, ...]) -> bool:
    """Whether a role may be passed to the service that the method uses."""
    services = {action.partition(":")[0] for action in needed if action != _GIVES_ROLE}
    limits = [
        condition
        for condition in statement.conditions
        if condition.key.lower() == "iam:passedtoservice"
    ]
    return not limits or any(
        str(value).startswith(tuple(services)) for limit in limits for value in limit.values
    )


def _known(items: Iterable[T]) -> list[T]:
    """Leave out, for a message, what is unknown."""
    return [item for item in items if not is_unknown(item)]


def _names(names: Iterable[str]) -> str:
    listed = [str(name) for name in _known(names)]
    more = len(listed) - _SHOWN
    shown = ", ".join(listed[:_SHOWN])
    return f"{shown} and {more} more" if more > 0 else shown
