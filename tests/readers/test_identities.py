"""What evidence may hold where IAM wants a document, and what the reader makes of it."""

from __future__ import annotations

from typing import Any

import pytest

from assurance.model.identities import Statement
from assurance.model.unknown import UnknownValue, is_unknown
from assurance.readers.documents import read_statements, read_target
from assurance.readers.identities import read_identities
from assurance.readers.state import Resource
from tests.states import managed, state, unknown_because


def policy() -> Resource:
    found = state(
        managed("aws_iam_policy.it", name="it"),
        managed("aws_s3_bucket.files", bucket="files"),
        managed("data.aws_s3_bucket.theirs", bucket="theirs"),
    )
    return found.of("aws_iam_policy")[0]


def test_statement_may_be_an_object_and_lists_may_be_single() -> None:
    (statement,) = read_statements(
        {"Statement": {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}}, policy()
    )

    assert statement.label == "statement 1"
    assert statement.actions == ("s3:GetObject",)
    assert statement.resources[0].is_everything


def test_document_may_be_text() -> None:
    (statement,) = read_statements(
        '{"Statement": [{"Sid": "Read", "Effect": "Deny", "Action": ["a:B"]}]}', policy()
    )

    assert (statement.label, statement.allows) == ("Read", False)


def touch(statements: tuple[Statement, ...]) -> list[str]:
    """Use all that a rule would use."""
    return [
        text
        for statement in statements
        for text in (
            *(action.lower() for action in statement.actions),
            *(each.key for each in statement.conditions),
        )
    ]


@pytest.mark.parametrize(
    "document",
    [
        unknown_because("var.policy has no value"),
        "not JSON",
        None,
        {"Statement": ["text"]},
        {"Statement": [{"Effect": "Allow", "Action": [{"a": 1}]}]},
        {"Statement": [{"Effect": "Allow", "Action": "a:B", "Condition": {"Bool": "x"}}]},
    ],
)
def test_what_cannot_be_read_is_unknown(document: Any) -> None:
    resource = state(managed("aws_iam_policy.it", policy=document)).of("aws_iam_policy")[0]

    with pytest.raises(UnknownValue):
        touch(read_statements(resource.get("policy", None), resource))


@pytest.mark.parametrize(
    ("text", "everything", "whole_type"),
    [
        ("*", True, False),
        ("arn:aws:s3:::*", True, False),
        ("arn:aws:logs:*:*:*", True, False),
        ("arn:${data.aws_partition.current.partition}:iam::1:role/*", False, True),
        ("arn:aws:s3:::files/*", False, False),
        ("arn:aws:iam::1:role/app-*", False, False),
        ("${aws_s3_bucket.files.arn}/*", False, False),
    ],
)
def test_targets_tell_how_open_they_are(text: str, everything: bool, whole_type: bool) -> None:
    target = read_target(text, policy())

    assert (target.is_everything, target.is_whole_type) == (everything, whole_type)


def test_targets_name_what_they_refer_to() -> None:
    own = read_target("${aws_s3_bucket.files.arn}/*", policy())
    theirs = read_target("${data.aws_s3_bucket.theirs.arn}/*", policy())

    assert own.refers == ("aws_s3_bucket.files",)
    assert own.name == "files/*"
    assert (theirs.refers, theirs.looked_up) == ((), ("data.aws_s3_bucket.theirs",))


def test_a_policy_given_to_a_role_that_is_not_known_may_be_any_roles() -> None:
    """None of them can be said to have none."""
    found = state(
        managed("aws_iam_role.a", name="a"),
        managed("aws_iam_user.b", name="b"),
        managed(
            "aws_iam_role_policy_attachment.x",
            role=unknown_because("var.role has no value"),
            policy_arn="arn:aws:iam::aws:policy/AdministratorAccess",
        ),
    )

    by_id = {one.subject.id: one for one in read_identities(found).identities}

    assert [is_unknown(one.statements) for one in by_id["aws_iam_role.a"].policies] == [True]
    assert by_id["aws_iam_user.b"].policies == ()
