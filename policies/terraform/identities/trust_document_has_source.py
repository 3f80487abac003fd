"""The trust policy of a role, written as a document."""

from __future__ import annotations

from block_policy import DocumentPolicy, NotSubject
from iam_statements import in_document
from terraform_block import Block
from trust_conditions import unconditioned


def trusts_narrowly(document: Block) -> str | None:
    """The same as CKV_ASSURE_25 for a trust policy that is written as a document."""
    statements = [
        statement
        for statement in in_document(document)
        if any(action.lower() in ("sts:assumerole", "sts:*", "*") for action in statement.actions)
    ]
    if not statements:
        raise NotSubject("the document lets nobody assume a role")
    return unconditioned(statements)


POLICY = DocumentPolicy(
    policy="CKV_ASSURE_26",
    requirement="IAM-03",
    name="Trust document lets a service in only on behalf of a stated account",
    remedy="Add a condition on aws:SourceAccount (or aws:SourceArn) to the statement.",
    judge=trusts_narrowly,
    omitted="A document without a statement lets nobody assume a role.",
)
