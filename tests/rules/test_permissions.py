"""What identities may do, on evidence as Terraform gives it."""

from __future__ import annotations

from typing import Any

import pytest

from assurance.model.findings import Finding
from assurance.model.identities import Identity
from assurance.model.unknown import UnknownValue
from assurance.readers.identities import read_identities
from assurance.rules.actions import actions_like, is_whole_service
from assurance.rules.aws_policies import aws_policy_fault
from assurance.rules.identities import grants_no_more_than_needed
from tests.rules.aws_policies import judged, texts
from tests.states import managed, state, unknown_because

QUEUE = "arn:aws:sqs:eu-west-1:111122223333:orders"


def allow(action: Any, resource: Any, **more: Any) -> dict[str, Any]:
    return {"Effect": "Allow", "Action": action, "Resource": resource, **more}


def document(*statements: dict[str, Any]) -> dict[str, Any]:
    return {"Version": "2012-10-17", "Statement": list(statements)}


def role_with(*statements: dict[str, Any]) -> Identity:
    found = read_identities(
        state(
            managed("aws_iam_role.app", name="app"),
            managed(
                "aws_iam_role_policy.app",
                role="${aws_iam_role.app.id}",
                policy=document(*statements),
            ),
        )
    )
    return found.identities[0]


def judge(*statements: dict[str, Any]) -> Finding:
    return verdict_on(role_with(*statements))


def verdict_on(identity: Identity) -> Finding:
    verdict = grants_no_more_than_needed(identity)
    assert isinstance(verdict, Finding)
    return verdict


@pytest.mark.parametrize(
    "statement",
    [
        allow("sqs:SendMessage", QUEUE),
        allow(["logs:PutLogEvents"], ["${aws_cloudwatch_log_group.app.arn}:*"]),
        allow("ecr:GetAuthorizationToken", "*"),
        allow("cloudwatch:PutMetricData", "*"),
        allow("ec2:Describe*", "*", Condition={"StringEquals": {"ec2:ResourceTag/a": "b"}}),
        allow(
            "ecs:UpdateService", "*", Condition={"StringEquals": {"aws:ResourceTag/System": "shop"}}
        ),
        allow("kms:Decrypt", "*", Condition={"StringLike": {"kms:ViaService": "s3.*"}}),
        {"Effect": "Deny", "Action": "*", "Resource": "*"},
    ],
)
def test_limited_statement_passes(statement: dict[str, Any]) -> None:
    assert judge(statement).holds


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        (allow("*", QUEUE), 'allows every action ("*")'),
        (allow("*:*", "*"), 'allows every action ("*")'),
        (allow(["sqs:*"], [QUEUE]), "allows all of a service, writing included (sqs:*)"),
        (
            allow("ecr:BatchGetImage", "*"),
            'allows ecr:BatchGetImage on resource "*" without a condition that narrows it',
        ),
        (
            allow("s3:GetObject", "arn:aws:s3:::*"),
            'allows s3:GetObject on resource "arn:aws:s3:::*" without a condition that narrows it',
        ),
        (
            allow("kms:Decrypt", "*", Condition={"Bool": {"aws:SecureTransport": "true"}}),
            'allows kms:Decrypt on resource "*" without a condition that narrows it',
        ),
        (
            allow(
                "kms:Decrypt", "*", Condition={"StringEqualsIfExists": {"aws:ResourceTag/a": "b"}}
            ),
            'allows kms:Decrypt on resource "*" without a condition that narrows it',
        ),
        (
            {"Effect": "Allow", "NotAction": ["iam:*"], "Resource": "*"},
            "allows everything but iam:* (NotAction)",
        ),
        (
            {"Effect": "Allow", "Action": "s3:PutObject", "NotResource": "arn:aws:s3:::a/*"},
            "allows s3:PutObject on everything but arn:aws:s3:::a/* (NotResource)",
        ),
    ],
)
def test_open_statement_fails(statement: dict[str, Any], fault: str) -> None:
    finding = judge(allow("sqs:SendMessage", QUEUE), statement)

    assert not finding.holds
    assert finding.actual == f"aws_iam_role_policy.app: statement 2 {fault}"


@pytest.mark.parametrize(
    ("statements", "needs"),
    [
        ([allow("iam:PutRolePolicy", "arn:aws:iam::1:role/*")], "iam:PutRolePolicy, "),
        ([allow("iam:PutRolePolicy", "${aws_iam_role.app.arn}")], "iam:PutRolePolicy, "),
        (
            [
                allow("iam:PassRole", "arn:aws:iam::111122223333:role/*"),
                allow(["ecs:RegisterTaskDefinition"], "*"),
                allow("ecs:RunTask", "arn:aws:ecs:eu-west-1:111122223333:task-definition/app:*"),
            ],
            "iam:PassRole of any role and ecs:RegisterTaskDefinition and ecs:RunTask",
        ),
    ],
)
def test_escalation_fails(statements: list[dict[str, Any]], needs: str) -> None:
    finding = judge(*statements)

    assert not finding.holds
    assert finding.actual.startswith(f"this role can escalate its privileges with {needs}")


def test_passing_named_roles_is_no_escalation() -> None:
    finding = judge(
        allow("iam:PassRole", ["${aws_iam_role.app.arn}"]),
        allow("ecs:RegisterTaskDefinition", "*"),
        allow("ecs:RunTask", "arn:aws:ecs:eu-west-1:111122223333:task-definition/app:*"),
    )

    assert finding.holds


def test_unknown_resource_is_unknown_and_a_known_fault_beside_it_decides() -> None:
    hidden = allow("s3:GetObject", unknown_because("var.bucket has no value"))

    with pytest.raises(UnknownValue, match=r"var\.bucket has no value"):
        judge(hidden)

    assert not judge(hidden, allow("*", "*")).holds


def test_policies_are_found_whichever_way_they_are_given() -> None:
    wide = document(allow("*", "*"))
    found = read_identities(
        state(
            managed(
                "aws_iam_role.blocks",
                name="blocks",
                inline_policy=[{"name": "x", "policy": wide}],
                managed_policy_arns=["arn:aws:iam::aws:policy/PowerUserAccess"],
            ),
            managed("aws_iam_role.attached", name="attached"),
            managed("aws_iam_policy.wide", policy=wide),
            managed("aws_iam_policy.alone", policy=wide),
            managed(
                "aws_iam_role_policy_attachment.it",
                role="${aws_iam_role.attached.name}",
                policy_arn="${aws_iam_policy.wide.arn}",
            ),
            managed("aws_iam_group.people", name="people"),
            managed(
                "aws_iam_policy_attachment.many",
                groups=["people"],
                policy_arn="arn:${data.aws_partition.current.partition}:iam::aws:policy/AdministratorAccess",
            ),
            managed("aws_iam_role.exclusive", name="exclusive"),
            managed(
                "aws_iam_role_policy_attachments_exclusive.it",
                role_name="exclusive",
                policy_arns=["${aws_iam_policy.wide.arn}"],
            ),
            managed("aws_iam_user_policy.outside", user="somebody", policy=wide),
        )
    ).identities

    assert {identity.subject.id for identity in found} == {
        "aws_iam_group.people",
        "aws_iam_policy.alone",
        "aws_iam_role.attached",
        "aws_iam_role.blocks",
        "aws_iam_role.exclusive",
        "aws_iam_user_policy.outside",
    }
    assert not any(verdict_on(identity).holds for identity in found)


def test_foreign_policy_is_unknown() -> None:
    found = read_identities(
        state(
            managed(
                "aws_iam_role.app",
                name="app",
                managed_policy_arns=["arn:aws:iam::111122223333:policy/theirs"],
            )
        )
    ).identities[0]

    with pytest.raises(UnknownValue, match="is not part of this configuration"):
        grants_no_more_than_needed(found)


def test_role_without_policies_grants_nothing() -> None:
    found = read_identities(state(managed("aws_iam_role.app", name="app"))).identities[0]

    assert verdict_on(found).actual == "this role has no policy"


def test_reference_of_actions_knows_levels_and_limits() -> None:
    (update,) = actions_like("ECS:updateservice")

    assert (update.name, update.writes, update.limitable) == ("ecs:UpdateService", True, True)
    assert is_whole_service("s3:*")
    assert not is_whole_service("rds-db:connect")


def test_policies_of_aws_are_judged_by_their_texts() -> None:
    assert "ecr:BatchGetImage" in aws_policy_fault("AmazonECSTaskExecutionRolePolicy")
    assert aws_policy_fault("AmazonRDSEnhancedMonitoringRole") == ""
    with pytest.raises(UnknownValue, match="is not among the known ones"):
        aws_policy_fault("NoSuchPolicy")


def test_table_of_policies_of_aws_says_what_the_rules_say_of_the_texts() -> None:
    documents = dict(texts())
    for name in ("AdministratorAccess", "AmazonECSTaskExecutionRolePolicy", "PowerUserAccess"):
        entry = judged(name, documents[name])

        assert entry["fault"] == aws_policy_fault(name)


def test_attachment_that_may_not_exist_is_unknown() -> None:
    attachment = managed(
        "aws_iam_role_policy_attachment.it",
        existence="count depends on var.admin, which has no value",
        role="app",
        policy_arn="arn:aws:iam::aws:policy/AdministratorAccess",
    )
    found = read_identities(state(managed("aws_iam_role.app", name="app"), attachment))

    with pytest.raises(UnknownValue, match=r"var\.admin"):
        grants_no_more_than_needed(found.identities[0])


def test_one_attachment_to_many_from_elsewhere_is_one_subject() -> None:
    found = read_identities(
        state(
            managed(
                "aws_iam_policy_attachment.it",
                roles=["theirs", "others"],
                policy_arn="arn:aws:iam::aws:policy/AdministratorAccess",
            )
        )
    ).identities

    assert [item.subject.id for item in found] == ["aws_iam_policy_attachment.it"]
    assert not verdict_on(found[0]).holds
