"""Buckets in the ways they are written: separate resources, inline arguments, account settings."""

from __future__ import annotations

from typing import Any

import pytest

from assurance.model.buckets import Bucket
from assurance.model.unknown import UnknownValue
from assurance.rules import buckets as rules
from tests.states import managed, unknown_because
from tests.views import view_of

CLOSED: dict[str, Any] = {
    "block_public_acls": True,
    "ignore_public_acls": True,
    "block_public_policy": True,
    "restrict_public_buckets": True,
}
OURS = "${aws_s3_bucket.main.id}"


def bucket(*beside: dict[str, Any], **values: Any) -> Bucket:
    found = view_of(managed("aws_s3_bucket.main", bucket="ours", **values), *beside)
    return found.buckets.buckets[0]


def denial(**changes: Any) -> dict[str, Any]:
    statement = {
        "Effect": "Deny",
        "Principal": "*",
        "Action": "s3:*",
        "Resource": ["${aws_s3_bucket.main.arn}", "${aws_s3_bucket.main.arn}/*"],
        "Condition": {"Bool": {"aws:SecureTransport": "false"}},
        **changes,
    }
    return {"Version": "2012-10-17", "Statement": [statement]}


def test_a_bucket_alone_fails_everything() -> None:
    """What is not declared is not shown."""
    found = bucket()

    assert rules.is_private(found).actual.endswith("(no public access block is declared)")
    assert rules.is_encrypted(found).actual.startswith("no encryption is stated")
    assert rules.is_versioned(found).actual == "versioning is not enabled"
    assert "the bucket and its objects" in rules.refuses_plain_transport(found).actual
    assert rules.has_lifecycle(found).actual == "no lifecycle rule"


def test_separate_resources_are_found_by_reference_and_by_name() -> None:
    """A bucket may be named by a reference or by its literal name."""
    by_reference = bucket(managed("aws_s3_bucket_public_access_block.main", bucket=OURS, **CLOSED))
    by_name = bucket(managed("aws_s3_bucket_public_access_block.main", bucket="ours", **CLOSED))

    assert rules.is_private(by_reference).holds
    assert rules.is_private(by_name).holds


def test_inline_arguments_of_old_count() -> None:
    """Version 3 of the provider wrote everything into the bucket."""
    found = bucket(
        versioning=[{"enabled": True}],
        lifecycle_rule=[{"id": "old", "enabled": True}],
        server_side_encryption_configuration=[
            {"rule": [{"apply_server_side_encryption_by_default": [{"sse_algorithm": "AES256"}]}]}
        ],
        policy=denial(),
    )

    assert rules.is_versioned(found).holds
    assert rules.has_lifecycle(found).holds
    assert rules.is_encrypted(found).actual == "encrypted with AES256"
    assert rules.refuses_plain_transport(found).holds


def test_the_block_of_the_account_stands_in_for_a_missing_one() -> None:
    """A block of its own that is open shows what is meant, whatever the account says."""
    account = managed("aws_s3_account_public_access_block.main", **CLOSED)
    opened = managed("aws_s3_bucket_public_access_block.main", bucket=OURS, block_public_acls=True)

    assert rules.is_private(bucket(account)).holds
    assert not rules.is_private(bucket(account, opened)).holds


def test_a_block_that_may_not_exist_is_not_believed() -> None:
    """Its count depends on a value that nobody knows."""
    block = managed(
        "aws_s3_bucket_public_access_block.main", bucket=OURS, existence="var.create", **CLOSED
    )

    with pytest.raises(UnknownValue, match=r"var\.create"):
        rules.is_private(bucket(block))


@pytest.mark.parametrize(
    "changes",
    [
        {"Effect": "Allow"},
        {"Action": "s3:GetObject"},
        {"Resource": "${aws_s3_bucket.main.arn}/*"},
        {"Resource": "${aws_s3_bucket.main.arn}"},
        {"Condition": {"Bool": {"aws:SecureTransport": "true"}}},
        {"Condition": {"NumericLessThan": {"s3:TlsVersion": "1.2"}}},
        {"Principal": {"AWS": "arn:aws:iam::123456789012:role/one"}},
        {
            "Condition": {
                "Bool": {"aws:SecureTransport": "false"},
                "StringEquals": {"aws:PrincipalOrgID": "o-1"},
            }
        },
    ],
)
def test_a_denial_that_leaves_a_gap_does_not_count(changes: dict[str, Any]) -> None:
    """Everybody, everything, bucket and objects, and no further condition."""
    policy = managed("aws_s3_bucket_policy.main", bucket=OURS, policy=denial(**changes))

    assert not rules.refuses_plain_transport(bucket(policy)).holds


def test_a_policy_nobody_can_see_is_unknown() -> None:
    """It may hold the denial."""
    policy = managed("aws_s3_bucket_policy.main", bucket=OURS, policy=unknown_because("var.policy"))

    with pytest.raises(UnknownValue, match=r"var\.policy"):
        rules.refuses_plain_transport(bucket(policy))


def test_suspended_versioning_and_disabled_rules_do_not_count() -> None:
    """Both are there and do nothing."""
    found = bucket(
        managed(
            "aws_s3_bucket_versioning.main",
            bucket=OURS,
            versioning_configuration=[{"status": "Suspended"}],
        ),
        managed(
            "aws_s3_bucket_lifecycle_configuration.main",
            bucket=OURS,
            rule=[{"id": "old", "status": "Disabled"}],
        ),
    )

    assert rules.is_versioned(found).actual == "versioning is Suspended"
    assert rules.has_lifecycle(found).actual == "no lifecycle rule is enabled"
