"""Passing roles, in an IAM policy document."""

from __future__ import annotations

from block_policy import DocumentPolicy
from grants import any_role_passed
from iam_statements import in_document
from terraform_block import Block


def passes_named(document: Block) -> str | None:
    """The same as CKV_ASSURE_29 for a policy that is written as a document."""
    return any_role_passed(in_document(document))


POLICY = DocumentPolicy(
    policy="CKV_ASSURE_30",
    requirement="DLG-03",
    name="IAM policy document lets only named roles be passed",
    remedy="Name the roles in the resources of the statement that allows iam:PassRole.",
    judge=passes_named,
    omitted="A document without a statement grants nothing.",
)
