"""Policies of things, on evidence as Terraform gives it."""

from __future__ import annotations

from typing import Any

import pytest

from assurance.model.findings import Finding
from assurance.readers.identities import read_identities
from assurance.rules.resource_policies import names_whom_it_lets_in
from tests.states import managed, state

ACCOUNT = {"AWS": "arn:aws:iam::${data.aws_caller_identity.current.account_id}:root"}


def judge(principal: Any, effect: str = "Allow", **more: Any) -> Finding:
    statement = {"Effect": effect, "Principal": principal, "Action": "*", "Resource": "*", **more}
    found = read_identities(state(managed("aws_kms_key.it", policy={"Statement": [statement]})))
    return names_whom_it_lets_in(found.resource_policies[0])


@pytest.mark.parametrize(
    ("principal", "more"),
    [
        (ACCOUNT, {}),
        ({"Service": "logs.eu-west-1.amazonaws.com"}, {}),
        ("*", {"Condition": {"StringEquals": {"kms:CallerAccount": "111122223333"}}}),
        ("*", {"effect": "Deny"}),
    ],
)
def test_named_callers_pass(principal: Any, more: dict[str, Any]) -> None:
    assert judge(principal, **more).holds


@pytest.mark.parametrize(
    ("principal", "more"),
    [
        ("*", {}),
        ({"AWS": ["*"]}, {}),
        ("*", {"Condition": {"Bool": {"aws:SecureTransport": "true"}}}),
        ("*", {"Condition": {"StringNotEquals": {"aws:PrincipalOrgID": "o-1"}}}),
    ],
)
def test_everybody_fails(principal: Any, more: dict[str, Any]) -> None:
    finding = judge(principal, **more)

    assert (finding.holds, finding.actual) == (False, "statement 1 lets in everybody")


def test_thing_without_a_policy_is_not_asked() -> None:
    assert read_identities(state(managed("aws_kms_key.it"))).resource_policies == ()
