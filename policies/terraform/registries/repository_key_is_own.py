"""The key of an image repository."""

from __future__ import annotations

from block_policy import ResourcePolicy
from checkov.common.models.enums import CheckCategories
from terraform_block import Block


def own_key(repository: Block) -> str | None:
    """KMS without kms_key, which CKV_AWS_136 accepts, is the key that AWS manages."""
    encryption = repository.block("encryption_configuration")
    if encryption.text("encryption_type") not in ("KMS", "KMS_DSSE"):
        return "it is not encrypted with KMS"
    return None if encryption.given("kms_key") else "it uses the key that AWS manages"


POLICY = ResourcePolicy(
    policy="CKV_ASSURE_24",
    requirement="ECR-05",
    name="ECR repository is encrypted with a customer managed key",
    remedy="Set encryption_configuration { encryption_type = 'KMS', kms_key = <your key> }.",
    resources=("aws_ecr_repository",),
    reads=("encryption_configuration",),
    category=CheckCategories.ENCRYPTION,
    judge=own_key,
)
