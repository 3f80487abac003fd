"""The trust policy of a role."""

from __future__ import annotations

from block_policy import ResourcePolicy
from checkov.common.models.enums import CheckCategories
from iam_statements import in_json
from terraform_block import Block
from trust_conditions import unconditioned


def trusts_narrowly(role: Block) -> str | None:
    """Without the condition the service can be talked into acting for a stranger."""
    if not role.given("assume_role_policy"):
        return "it states no trust policy"
    return unconditioned(in_json(role, "assume_role_policy"))


POLICY = ResourcePolicy(
    policy="CKV_ASSURE_25",
    requirement="IAM-03",
    name="Role trusts a service only on behalf of a stated account",
    remedy="Add a condition on aws:SourceAccount (or aws:SourceArn) to the trust policy.",
    resources=("aws_iam_role",),
    reads=("assume_role_policy",),
    category=CheckCategories.IAM,
    judge=trusts_narrowly,
)
