"""Steps that may run for as long as they like."""

from __future__ import annotations

from definition_block import Block
from definition_policy import DefinitionPolicy


def is_bounded(step: Block) -> str | None:
    """A step that hangs holds the pipeline, and what it locks."""
    return None if step.text("timeout") else "has no timeout"


POLICY = DefinitionPolicy(
    policy="CKV_ASSURE_63",
    requirement="CIP-06",
    name="Step is bounded by a timeout",
    remedy="Set timeout on the step.",
    roots=("pipeline", "template"),
    blocks=("step",),
    judge=is_bounded,
)
