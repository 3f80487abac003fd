"""Retention of automated backups."""

from __future__ import annotations

from block_policy import NotSubject, ResourcePolicy
from checkov.common.models.enums import CheckCategories
from terraform_block import Block

DAYS = 7


def kept(database: Block) -> str | None:
    """Unset means 0 days for an instance and 1 for a cluster; CKV_AWS_133 passes both."""
    if database.given("replicate_source_db"):
        raise NotSubject("a replica has what its source has")
    days = database.number("backup_retention_period", unset=0)
    return None if days >= DAYS else f"backups are kept for {days:g} days"


POLICY = ResourcePolicy(
    policy="CKV_ASSURE_33",
    requirement="DAT-02",
    name="Database keeps automated backups for at least 7 days",
    remedy="Set backup_retention_period to at least 7 (30 in production).",
    resources=("aws_db_instance", "aws_rds_cluster"),
    reads=("backup_retention_period",),
    category=CheckCategories.BACKUP_AND_RECOVERY,
    judge=kept,
)
