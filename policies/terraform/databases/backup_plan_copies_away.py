"""Copies of backups."""

from __future__ import annotations

from block_policy import ResourcePolicy
from checkov.common.models.enums import CheckCategories
from terraform_block import Block


def copies(plan: Block) -> str | None:
    """A backup beside the original is lost with it."""
    rules = plan.blocks("rule")
    copied = any(
        copy.given("destination_vault_arn") for rule in rules for copy in rule.blocks("copy_action")
    )
    return None if copied else "no rule copies its backups"


POLICY = ResourcePolicy(
    policy="CKV_ASSURE_43",
    requirement="DRY-01",
    name="Backup plan copies to another vault",
    remedy=(
        "Add copy_action with destination_vault_arn of a vault in another region or "
        "account to a rule."
    ),
    resources=("aws_backup_plan",),
    reads=("rule",),
    category=CheckCategories.BACKUP_AND_RECOVERY,
    judge=copies,
)
