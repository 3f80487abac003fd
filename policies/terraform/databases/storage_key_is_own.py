"""The key of a database instance."""

from __future__ import annotations

from block_policy import NotSubject, ResourcePolicy
from checkov.common.models.enums import CheckCategories
from terraform_block import Block


def own_key(database: Block) -> str | None:
    """CKV_AWS_16 is content with the key that AWS manages, which cannot be withdrawn."""
    if database.given("replicate_source_db") and not database.given("kms_key_id"):
        raise NotSubject("a replica in the same region has the key of its source")
    if not database.holds("storage_encrypted"):
        return "its storage is not encrypted"
    return None if database.given("kms_key_id") else "it uses the key that AWS manages"


POLICY = ResourcePolicy(
    policy="CKV_ASSURE_35",
    requirement="DAT-04",
    name="Database storage is encrypted with a customer managed key",
    remedy="Set storage_encrypted = true and kms_key_id to your own key.",
    resources=("aws_db_instance",),
    reads=("storage_encrypted", "kms_key_id"),
    category=CheckCategories.ENCRYPTION,
    judge=own_key,
)
