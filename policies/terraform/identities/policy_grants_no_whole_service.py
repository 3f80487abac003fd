"""Actions of an IAM policy."""

from __future__ import annotations

from block_policy import ResourcePolicy
from checkov.common.models.enums import CheckCategories
from grants import whole_services
from iam_statements import in_json
from terraform_block import Block


def narrow(policy: Block) -> str | None:
    """CKV_AWS_63 finds only the action *; s3:* deletes just as well."""
    return whole_services(in_json(policy, "policy"))


POLICY = ResourcePolicy(
    policy="CKV_ASSURE_27",
    requirement="IAM-02",
    name="IAM policy grants no service as a whole",
    remedy="Name the actions that are needed in place of <service>:*.",
    resources=(
        "aws_iam_policy",
        "aws_iam_role_policy",
        "aws_iam_user_policy",
        "aws_iam_group_policy",
    ),
    reads=("policy",),
    category=CheckCategories.IAM,
    judge=narrow,
    omitted="Without a policy document nothing is granted; Terraform refuses the resource.",
)
