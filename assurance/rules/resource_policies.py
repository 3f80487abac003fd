"""Whom the policy of a thing lets in."""

from __future__ import annotations

from assurance.model.findings import Finding, any_of, each
from assurance.model.identities import Principal, ResourcePolicy, Statement

_EXPECTED = "named principals, or a condition that says where callers come from"

_WHO_CALLS = (
    "aws:principalaccount",
    "aws:principalarn",
    "aws:principalorgid",
    "aws:principalorgpaths",
    "aws:sourceaccount",
    "aws:sourcearn",
    "aws:sourceorgid",
    "aws:sourceowner",
    "aws:sourcevpc",
    "aws:sourcevpce",
    "kms:calleraccount",
    "s3:dataaccesspointaccount",
)


def names_whom_it_lets_in(policy: ResourcePolicy) -> Finding:
    """No statement allows something to everybody."""
    granting = [found for found in policy.statements if found.allows]
    if not granting:
        return Finding(holds=True, expected=_EXPECTED, actual="it lets nobody else in")
    return each(granting, _is_named, expected=_EXPECTED, none="")


def _is_named(statement: Statement) -> Finding:
    if statement.other_principals:
        actual = f"{statement.label} lets in everybody but some (NotPrincipal)"
        return Finding(holds=False, expected="", actual=actual)
    return each(
        statement.principals,
        lambda principal: _is_somebody(principal, statement),
        expected="",
        none=f"{statement.label} names no principal",
    )


def _is_somebody(principal: Principal, statement: Statement) -> Finding:
    lets = f"{statement.label} lets in"
    if principal.name != "*":
        return Finding(holds=True, expected="", actual=f"{lets} {principal.name}")
    bound = any_of(
        statement.conditions,
        lambda found: found.key.lower() in _WHO_CALLS and "not" not in found.operator.lower(),
    )
    said = "callers that a condition names" if bound else "everybody"
    return Finding(holds=bound, expected="", actual=f"{lets} {said}")
