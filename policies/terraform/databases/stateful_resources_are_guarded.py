"""Stateful resources under Terraform."""

from __future__ import annotations

from block_policy import NotSubject, ResourcePolicy
from checkov.common.models.enums import CheckCategories
from terraform_block import Block


def guarded(resource: Block) -> str | None:
    """A plan that would destroy it must not even be possible to apply."""
    if resource.given("replicate_source_db"):
        raise NotSubject("a replica can be built again from its source")
    held = resource.block("lifecycle").holds("prevent_destroy")
    return None if held else "nothing prevents Terraform from destroying it"


POLICY = ResourcePolicy(
    policy="CKV_ASSURE_44",
    requirement="IAC-05",
    name="Stateful resource is guarded against destruction",
    remedy="Set lifecycle { prevent_destroy = true }.",
    resources=(
        "aws_db_instance",
        "aws_rds_cluster",
        "aws_dynamodb_table",
        "aws_s3_bucket",
        "aws_efs_file_system",
    ),
    reads=("lifecycle/[0]/prevent_destroy",),
    category=CheckCategories.BACKUP_AND_RECOVERY,
    judge=guarded,
)
