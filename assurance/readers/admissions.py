"""Whom a bucket admits, by its policy and its ACL."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from assurance.model.distributions import Admission
from assurance.model.unknown import UnknownValue, is_unknown, unknown
from assurance.readers.state import Resource, State

_NETWORK = "cloudfront.amazonaws.com"
_SOURCES = ("aws:sourcearn", "aws:sourceaccount")
_PUBLIC_ACLS = ("public-read", "public-read-write", "authenticated-read")


def read_admissions(state: State, bucket: Resource) -> tuple[Admission, ...]:
    """Return everybody whom the allowing statements, and a canned ACL, let in."""
    return (*_by_policy(state, bucket), *_by_acl(state, bucket))


def _by_policy(state: State, bucket: Resource) -> Iterator[Admission]:
    policies = [
        each.get("policy", None)
        for each in state.of("aws_s3_bucket_policy")
        if (found := each.target("bucket", "aws_s3_bucket")) is not None and found.id == bucket.id
    ]
    for policy in (*policies, bucket.get("policy", None)):
        if policy is None:
            continue
        if is_unknown(policy) or not isinstance(policy, dict):
            yield unknown(f"the policy of {bucket.id} is not written here")
            continue
        statements: Any = policy.get("Statement", ())
        if is_unknown(statements):
            yield statements
            continue
        for statement in statements if isinstance(statements, list) else [statements]:
            yield from _guarded(statement)


def _guarded(statement: Any) -> tuple[Admission, ...]:
    """Return whom a statement admits; one unknown admission where that is not decided."""
    try:
        return tuple(_by_statement(statement))
    except UnknownValue as reason:
        return (unknown(reason.reason),)


def _by_statement(statement: Any) -> Iterator[Admission]:
    if is_unknown(statement):
        yield statement
        return
    effect = statement.get("Effect")
    if is_unknown(effect):
        yield effect
    elif effect == "Allow":
        named = _names_a_source(statement.get("Condition"))
        for principal in _principals(statement.get("Principal", "*")):
            yield _admission(principal, named)


def _admission(principal: Any, named: Any) -> Admission:
    if is_unknown(principal) or is_unknown(named):
        return principal if is_unknown(principal) else named
    is_identity = "origin_access_identity" in principal or "CloudFront Origin Access" in principal
    return Admission(
        principal=principal,
        is_anybody=principal in ("*", _NETWORK) and not named,
        is_network=is_identity or (principal == _NETWORK and bool(named)),
    )


def _principals(value: Any) -> Iterator[Any]:
    if is_unknown(value) or isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from _principals(item)
    elif isinstance(value, list):
        for item in value:
            yield from _principals(item)


def _names_a_source(condition: Any) -> Any:
    """Whether a condition names the distribution, or its account."""
    if is_unknown(condition) or not condition:
        return condition if is_unknown(condition) else False
    for tests in condition.values():
        for key, value in (tests if isinstance(tests, dict) else {}).items():
            if key.lower() in _SOURCES:
                return value if is_unknown(value) else value not in ("*", ["*"])
    return False


def _by_acl(state: State, bucket: Resource) -> Iterator[Admission]:
    stated = [
        each.get("acl", None)
        for each in state.of("aws_s3_bucket_acl")
        if (found := each.target("bucket", "aws_s3_bucket")) is not None and found.id == bucket.id
    ]
    for acl in (*stated, bucket.get("acl", None)):
        if is_unknown(acl):
            yield acl
        elif acl in _PUBLIC_ACLS:
            yield Admission(principal=f"ACL {acl}", is_anybody=True, is_network=False)
