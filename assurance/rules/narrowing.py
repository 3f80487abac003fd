"""Which conditions limit the resources that a statement is about."""

from __future__ import annotations

from assurance.model.findings import any_of
from assurance.model.identities import Condition, Statement

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
