"""Approvals that stay open."""

from __future__ import annotations

from definition_block import Block
from definition_policy import DefinitionPolicy, NotSubject
from step_kinds import APPROVALS, kind


def expires(step: Block) -> str | None:
    """What is approved long after it was asked is not what was asked."""
    if kind(step) not in APPROVALS:
        raise NotSubject("no approval")
    return None if step.text("timeout") else "has no timeout of its own"


POLICY = DefinitionPolicy(
    policy="CKV_ASSURE_54",
    requirement="CDP-04",
    name="Approval expires",
    remedy="Set timeout on the approval step.",
    roots=("pipeline", "template"),
    blocks=("step",),
    judge=expires,
)
