"""Secrets, on evidence as Terraform gives it."""

from __future__ import annotations

from typing import Any

import pytest

from assurance.model.findings import Finding, NotApplicable
from assurance.model.secrets import Secret
from assurance.model.unknown import UnknownValue
from assurance.readers.schedules import days_between
from assurance.readers.secrets import read_secrets
from assurance.rules import secrets as rules
from tests.states import managed, state, unknown_because


def secret(*others: dict[str, Any], **values: Any) -> Secret:
    own = managed("aws_secretsmanager_secret.it", name="it", **values)
    return read_secrets(state(own, *others)).secrets[0]


def rotation(**rule: Any) -> dict[str, Any]:
    return managed(
        "aws_secretsmanager_secret_rotation.it",
        secret_id="${aws_secretsmanager_secret.it.id}",
        rotation_rules=[rule],
    )


@pytest.mark.parametrize(
    ("key", "holds"),
    [
        ({}, False),
        ({"kms_key_id": "alias/aws/secretsmanager"}, False),
        ({"kms_key_id": "alias/shop"}, True),
        ({"kms_key_id": "${aws_kms_key.shop.arn}"}, True),
    ],
)
def test_only_a_customer_managed_key_will_do(key: dict[str, str], holds: bool) -> None:
    found = secret(managed("aws_kms_key.shop"), **key)

    assert rules.is_encrypted_with_own_key(found).holds is holds


def test_key_from_elsewhere_is_unknown() -> None:
    found = secret(kms_key_id="arn:aws:kms:eu-west-1:111122223333:key/0")

    with pytest.raises(UnknownValue, match="nothing tells who manages key"):
        rules.is_encrypted_with_own_key(found)


def test_owner_is_a_tag_in_any_case() -> None:
    named = rules.names_its_owner(secret(tags={"owner": "payments"}), tag="Owner")
    nameless = rules.names_its_owner(secret(tags={"System": "shop"}), tag="Owner")

    assert isinstance(named, Finding)
    assert named.holds
    assert isinstance(nameless, Finding)
    assert nameless.actual == "has no tag Owner; its tags: System"


@pytest.mark.parametrize(
    ("rule", "days"),
    [
        ({"automatically_after_days": 30}, 30),
        ({"schedule_expression": "rate(10 days)"}, 10),
        ({"schedule_expression": "cron(0 4 1 * ? *)"}, 31),
    ],
)
def test_rotation_within_the_limit_passes(rule: dict[str, Any], days: int) -> None:
    finding = rules.rotates_in_time(secret(rotation(**rule)), days=90)

    assert finding.holds
    assert finding.actual == f"rotated every {days} days"


def test_late_and_missing_rotation_fail() -> None:
    late = rules.rotates_in_time(secret(rotation(automatically_after_days=365)), days=90)
    never = rules.rotates_in_time(secret(), days=90)

    assert (late.holds, late.actual) == (False, "rotated every 365 days")
    assert (never.holds, never.actual) == (False, "it is never rotated")


def test_unknown_rotation_is_unknown() -> None:
    found = secret(rotation(automatically_after_days=unknown_because("var.days has no value")))

    with pytest.raises(UnknownValue, match=r"var\.days"):
        rules.rotates_in_time(found, days=90)


def test_master_password_is_rotated_by_rds_and_needs_our_key() -> None:
    found = read_secrets(
        state(
            managed("aws_db_instance.db", manage_master_user_password=True),
            managed("aws_ssm_parameter.plain", type="String"),
            managed("aws_ssm_parameter.hidden", type="SecureString"),
        )
    ).secrets

    assert [item.subject.id for item in found] == ["aws_ssm_parameter.hidden", "aws_db_instance.db"]
    assert rules.rotates_in_time(found[1], days=90).actual == "rotated every 7 days by RDS"
    assert rules.names_its_owner(found[1], tag="Owner") == NotApplicable("rotated_by_service")
    assert not rules.is_encrypted_with_own_key(found[1]).holds
    assert not rules.rotates_in_time(found[0], days=90).holds


@pytest.mark.parametrize(
    ("expression", "days"),
    [
        ("rate(1 day)", 1),
        ("rate(36 hours)", 2),
        ("cron(0 8 ? * SUN *)", 7),
        ("cron(0 8 ? * 2#1 *)", 35),
        ("cron(0 8 1 1/3 ? *)", 93),
        ("cron(0 8 1 1,4,7,10 ? *)", 93),
        ("cron(0 8 1 1 ? *)", 372),
        ("cron(0 8 */5 * ? *)", 5),
    ],
)
def test_schedules_are_read_as_their_longest_interval(expression: str, days: int) -> None:
    assert days_between(expression) == days


def test_schedule_that_is_not_understood_is_unknown() -> None:
    with pytest.raises(UnknownValue, match="is not understood"):
        bool(days_between("cron(0 8 1 JAN ? *)"))


def test_rotation_of_a_managed_password_is_part_of_it_and_counts() -> None:
    found = read_secrets(
        state(
            managed("aws_db_instance.db", manage_master_user_password=True),
            managed(
                "aws_secretsmanager_secret_rotation.db",
                secret_id="${aws_db_instance.db.master_user_secret[0].secret_arn}",
                rotation_rules=[{"automatically_after_days": 365}],
            ),
            managed("aws_secretsmanager_secret_rotation.theirs", secret_id="arn:aws:x"),
        )
    ).secrets

    assert found[0].subject.parts == ("aws_secretsmanager_secret_rotation.db",)
    assert rules.rotates_in_time(found[0], days=90).actual == "rotated every 365 days by RDS"
    assert found[1].subject.id == "aws_secretsmanager_secret_rotation.theirs"
