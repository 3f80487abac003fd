"""Approvals that whoever started the pipeline may give."""

from __future__ import annotations

from approval_steps import approvers, count
from definition_block import Block
from definition_policy import DefinitionPolicy


def is_by_somebody_else(step: Block) -> str | None:
    """At least one must approve, and not the one who wants it."""
    asked = approvers(step)
    if count(asked) < 1:
        return "asks for no approver: minimumCount is below 1"
    return None if asked.holds("disallowPipelineExecutor") else "the executor may approve"


POLICY = DefinitionPolicy(
    policy="CKV_ASSURE_51",
    requirement="CDP-04",
    name="Approval is given by somebody else than the executor",
    remedy="Set approvers.disallowPipelineExecutor to true and minimumCount to 1 or more.",
    roots=("pipeline", "template"),
    blocks=("step",),
    judge=is_by_somebody_else,
)
