"""Deployments without a way back."""

from __future__ import annotations

from definition_block import Block
from definition_policy import DefinitionPolicy, NotSubject


def has_rollback_steps(stage: Block) -> str | None:
    """Harness rolls back by these steps and by nothing else; elsewhere they are not read."""
    if stage.text("type") != "Deployment":
        raise NotSubject("no deployment")
    execution = stage.block("spec", "execution")
    if execution.items("rollbackSteps"):
        return None
    return "has no step under spec.execution.rollbackSteps"


POLICY = DefinitionPolicy(
    policy="CKV_ASSURE_60",
    requirement="CDP-06",
    name="Deployment has rollback steps",
    remedy="Write the rollback step of the strategy under spec.execution.rollbackSteps.",
    roots=("pipeline", "template"),
    blocks=("stage",),
    judge=has_rollback_steps,
)
