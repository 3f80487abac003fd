"""Copies of backups: by replication, by plan, and the selections that decide whom they concern."""

from __future__ import annotations

from typing import Any

import pytest

from assurance.model.findings import Finding, NotApplicable, Verdict
from assurance.model.unknown import UnknownValue
from assurance.rules import backups as rules
from tests.states import managed, unknown_because
from tests.views import view_of

MAIN = managed("aws_db_instance.main", engine="postgres", identifier="main", tags={"backup": "yes"})
KEY = managed("aws_kms_key.there", region="eu-central-1")


def verdict(*resources: dict[str, Any]) -> Verdict:
    view = view_of(MAIN, KEY, *resources)
    return rules.has_copy_elsewhere(view.databases.databases[0], view.backups)


def holds(*resources: dict[str, Any]) -> bool:
    found = verdict(*resources)
    assert isinstance(found, Finding)
    return found.holds


def replication(**values: Any) -> dict[str, Any]:
    return managed(
        "aws_db_instance_automated_backups_replication.main",
        region="eu-central-1",
        source_db_instance_arn="${aws_db_instance.main.arn}",
        **values,
    )


def plan(*, region: str = "eu-central-1", **selection: Any) -> tuple[dict[str, Any], ...]:
    return (
        managed("aws_backup_vault.there", name="there", region=region),
        managed(
            "aws_backup_plan.main",
            rule=[
                {
                    "rule_name": "daily",
                    "copy_action": [{"destination_vault_arn": "${aws_backup_vault.there.arn}"}],
                }
            ],
        ),
        managed("aws_backup_selection.main", plan_id="${aws_backup_plan.main.id}", **selection),
    )


def test_without_any_copy_it_fails() -> None:
    """Backups in one region go with the region."""
    found = verdict()

    assert isinstance(found, Finding)
    assert (found.holds, found.actual) == (False, "its backups are copied nowhere")


def test_replicated_backups_need_a_key() -> None:
    """A copy without a key is not encrypted there."""
    assert holds(replication(kms_key_id="${aws_kms_key.there.arn}"))
    assert not holds(replication())


@pytest.mark.parametrize(
    "selection",
    [
        {"resources": ["${aws_db_instance.main.arn}"]},
        {"resources": ["*"]},
        {"resources": ["arn:aws:rds:*:*:db:*"]},
        {"resources": ["arn:aws:rds:*:*:db:ma*"]},
        {"selection_tag": [{"type": "STRINGEQUALS", "key": "backup", "value": "yes"}]},
        {
            "resources": ["*"],
            "condition": [
                {"string_equals": [{"key": "aws:ResourceTag/backup", "value": "yes"}]},
            ],
        },
    ],
)
def test_a_plan_concerns_what_its_selection_names(selection: dict[str, Any]) -> None:
    """By ARN, by pattern, by tag."""
    assert holds(*plan(**selection))


@pytest.mark.parametrize(
    "selection",
    [
        {"resources": ["arn:aws:dynamodb:*:*:table/*"]},
        {"resources": ["arn:aws:rds:*:*:db:other*"]},
        {"resources": ["*"], "not_resources": ["${aws_db_instance.main.arn}"]},
        {"selection_tag": [{"type": "STRINGEQUALS", "key": "backup", "value": "no"}]},
        {
            "resources": ["*"],
            "condition": [
                {"string_not_equals": [{"key": "aws:ResourceTag/backup", "value": "yes"}]}
            ],
        },
    ],
)
def test_a_plan_does_not_concern_the_rest(selection: dict[str, Any]) -> None:
    """Another service, another name, an exception, another tag."""
    assert not holds(*plan(**selection))


def test_a_vault_beside_the_database_is_not_elsewhere() -> None:
    """The same region and account are lost together."""
    assert not holds(*plan(region="eu-west-1", resources=["*"]))


def test_a_selection_nobody_knows_is_unknown() -> None:
    """It may concern the database."""
    with pytest.raises(UnknownValue, match="concerns"):
        verdict(*plan(resources=[unknown_because("var.resources")]))


def test_a_vault_of_another_account_cannot_be_seen_into() -> None:
    """Its region differs; how it encrypts is not written here."""
    copy = {"destination_vault_arn": "arn:aws:backup:eu-central-1:210987654321:backup-vault:x"}
    _, found, selection = plan(resources=["*"])
    found["values"]["rule"][0]["copy_action"] = [copy]

    with pytest.raises(UnknownValue, match="encrypts"):
        verdict(found, selection)


def test_replicas_and_locks_need_no_copy() -> None:
    """What they hold is held elsewhere, or is nothing."""
    view = view_of(
        managed("aws_db_instance.copy", replicate_source_db="main"),
        managed("aws_dynamodb_table.locks", hash_key="LockID"),
    )

    found = [rules.has_copy_elsewhere(each, view.backups) for each in view.databases.databases]

    assert found == [NotApplicable("replica"), NotApplicable("state_locks")]


def test_a_vault_without_a_key_of_ours_is_named() -> None:
    """AWS Backup uses the key that AWS manages."""
    (vault,) = view_of(managed("aws_backup_vault.main", name="main")).backups.vaults

    found = rules.encrypts_recovery_points(vault)

    assert (found.holds, found.actual) == (False, "encrypted with a key of AWS (no key is named)")
