"""Who may become a role, on evidence as Terraform gives it."""

from __future__ import annotations

from typing import Any

import pytest

from assurance.model.findings import Finding, NotApplicable, Verdict
from assurance.model.unknown import UnknownValue
from assurance.readers.identities import read_identities
from assurance.rules.trusts import is_trusted_narrowly
from tests.states import managed, state

TASKS = {"Service": "ecs-tasks.amazonaws.com"}
SOURCE = {"StringEquals": {"aws:SourceAccount": "${data.aws_caller_identity.current.account_id}"}}
GITHUB = {"Federated": "${aws_iam_openid_connect_provider.github.arn}"}
SUBJECT = {"StringLike": {"token.actions.githubusercontent.com:sub": "repo:acme/shop:*"}}
AUDIENCE = {"StringEquals": {"token.actions.githubusercontent.com:aud": "sts.amazonaws.com"}}
ACCOUNT = "arn:aws:iam::${data.aws_caller_identity.current.account_id}:root"
EXTERNAL = {"StringEquals": {"sts:ExternalId": "harness"}}


def judge(principal: Any, condition: dict[str, Any] | None = None, **role: Any) -> Verdict:
    statement = {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": principal}
    if condition:
        statement["Condition"] = condition
    found = read_identities(
        state(
            managed("aws_iam_role.app", name="app", assume_role_policy={"Statement": statement}),
            managed("aws_iam_role.deployer", name="deployer"),
            managed(
                "aws_ecs_task_definition.app",
                family="web",
                **role or {"task_role_arn": "${aws_iam_role.app.arn}"},
            ),
        )
    )
    return is_trusted_narrowly(found.trusts[0])


@pytest.mark.parametrize(
    ("principal", "condition"),
    [
        (TASKS, SOURCE),
        (TASKS, {"ArnLike": {"aws:SourceArn": "arn:aws:ecs:eu-west-1:111122223333:*"}}),
        (GITHUB, SUBJECT | AUDIENCE),
        ({"AWS": "${aws_iam_role.deployer.arn}"}, None),
        ({"AWS": "arn:aws:iam::999988887777:root"}, EXTERNAL),
    ],
)
def test_narrow_trust_passes(principal: Any, condition: dict[str, Any] | None) -> None:
    verdict = judge(principal, condition)

    assert isinstance(verdict, Finding)
    assert verdict.holds


@pytest.mark.parametrize(
    ("principal", "condition", "actual"),
    [
        (
            TASKS,
            None,
            (
                "trusts ecs-tasks.amazonaws.com without a condition on aws:SourceAccount or "
                "aws:SourceArn"
            ),
        ),
        (
            TASKS,
            {"StringLike": {"aws:SourceAccount": "*"}},
            (
                "trusts ecs-tasks.amazonaws.com without a condition on aws:SourceAccount or "
                "aws:SourceArn"
            ),
        ),
        (
            {"Service": ["ecs-tasks.amazonaws.com", "ec2.amazonaws.com"]},
            SOURCE,
            (
                "trusts ec2.amazonaws.com, but task_role_arn of aws_ecs_task_definition.app hands "
                "it to ecs-tasks.amazonaws.com"
            ),
        ),
        ("*", None, 'trusts everybody ("*")'),
        (
            {"AWS": ACCOUNT},
            None,
            f"trusts all of account {ACCOUNT} without an external id",
        ),
        (
            GITHUB,
            AUDIENCE,
            (
                "trusts everybody whom ${aws_iam_openid_connect_provider.github.arn} vouches for: "
                "no condition on the subject"
            ),
        ),
    ],
)
def test_open_trust_fails(principal: Any, condition: dict[str, Any] | None, actual: str) -> None:
    verdict = judge(principal, condition)

    assert isinstance(verdict, Finding)
    assert not verdict.holds
    assert verdict.actual == actual


def test_instance_role_cannot_have_the_condition() -> None:
    verdict = judge({"Service": "ec2.amazonaws.com"}, cpu=256)

    assert verdict == NotApplicable("no_condition_supported")


def test_named_identity_of_an_account_that_nobody_tells_is_unknown() -> None:
    with pytest.raises(UnknownValue, match="account 999988887777 is the system's own"):
        judge({"AWS": "arn:aws:iam::999988887777:role/theirs"})
