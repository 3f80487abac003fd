"""Approvals that give themselves."""

from __future__ import annotations

from approval_steps import approvers
from definition_block import Block
from definition_policy import DefinitionPolicy


def waits_for_people(step: Block) -> str | None:
    """A deadline at which it approves itself makes silence a consent."""
    approvers(step)
    spec = step.block("spec")
    return "approves itself at a deadline: autoApproval" if spec.given("autoApproval") else None


POLICY = DefinitionPolicy(
    policy="CKV_ASSURE_53",
    requirement="CDP-04",
    name="Approval does not give itself",
    remedy="Remove autoApproval; let the approval expire instead.",
    roots=("pipeline", "template"),
    blocks=("step",),
    judge=waits_for_people,
    omitted="Without autoApproval an approval waits for people.",
)
