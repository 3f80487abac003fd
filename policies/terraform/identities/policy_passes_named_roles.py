"""Passing roles, in an IAM policy."""

from __future__ import annotations

from block_policy import ResourcePolicy
from checkov.common.models.enums import CheckCategories
from grants import any_role_passed
from iam_statements import in_json
from terraform_block import Block


def passes_named(policy: Block) -> str | None:
    """Whoever may pass any role to a service has the rights of the strongest one."""
    return any_role_passed(in_json(policy, "policy"))


POLICY = ResourcePolicy(
    policy="CKV_ASSURE_29",
    requirement="DLG-03",
    name="IAM policy lets only named roles be passed",
    remedy="Name the roles in the resources of the statement that allows iam:PassRole.",
    resources=(
        "aws_iam_policy",
        "aws_iam_role_policy",
        "aws_iam_user_policy",
        "aws_iam_group_policy",
    ),
    reads=("policy",),
    category=CheckCategories.IAM,
    judge=passes_named,
    omitted="Without a policy document nothing is granted; Terraform refuses the resource.",
)
