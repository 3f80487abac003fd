"""Actions of an IAM policy document."""

from __future__ import annotations

from block_policy import DocumentPolicy, NotSubject
from grants import whole_services
from iam_statements import in_document
from terraform_block import Block


def narrow(document: Block) -> str | None:
    """A resource policy may speak of all actions on itself, so principals exempt a document."""
    if any(statement.has("principals") for statement in document.blocks("statement")):
        raise NotSubject("it is the policy of a resource")
    return whole_services(in_document(document))


POLICY = DocumentPolicy(
    policy="CKV_ASSURE_28",
    requirement="IAM-02",
    name="IAM policy document grants no service as a whole",
    remedy="Name the actions that are needed in place of <service>:*.",
    judge=narrow,
    omitted="A document without a statement grants nothing.",
)
