"""What is left of a deleted database."""

from __future__ import annotations

from block_policy import NotSubject, ResourcePolicy
from checkov.common.models.enums import CheckCategories
from terraform_block import Block


def leaves(database: Block) -> str | None:
    """Without an identifier no snapshot can be taken, whatever skip_final_snapshot says."""
    if database.given("replicate_source_db"):
        raise NotSubject("a replica has what its source has")
    if database.holds("skip_final_snapshot"):
        return "it skips the final snapshot"
    return None if database.given("final_snapshot_identifier") else "its final snapshot has no name"


POLICY = ResourcePolicy(
    policy="CKV_ASSURE_34",
    requirement="DAT-07",
    name="Database leaves a final snapshot",
    remedy="Set final_snapshot_identifier, and skip_final_snapshot to false.",
    resources=("aws_db_instance", "aws_rds_cluster"),
    reads=("skip_final_snapshot", "final_snapshot_identifier"),
    category=CheckCategories.BACKUP_AND_RECOVERY,
    judge=leaves,
)
