"""The master password of a database."""

from __future__ import annotations

from block_policy import NotSubject, ResourcePolicy
from checkov.common.models.enums import CheckCategories
from terraform_block import Block


def managed(database: Block) -> str | None:
    """A password from anywhere else is known to whoever put it there, and does not rotate."""
    if database.given("replicate_source_db") or database.given("replication_source_identifier"):
        raise NotSubject("a replica has the password of its source")
    managed = database.holds("manage_master_user_password")
    return None if managed else "its master password is not managed by Secrets Manager"


POLICY = ResourcePolicy(
    policy="CKV_ASSURE_32",
    requirement="DAT-06",
    name="Master password is managed by Secrets Manager",
    remedy=(
        "Set manage_master_user_password = true and master_user_secret_kms_key_id, and "
        "remove password."
    ),
    resources=("aws_db_instance", "aws_rds_cluster"),
    reads=("manage_master_user_password",),
    category=CheckCategories.SECRETS,
    judge=managed,
)
