"""Deployments whose failure leaves things as they are."""

from __future__ import annotations

from definition_block import Block
from definition_policy import DefinitionPolicy, NotSubject
from failure_strategies import actions, strategies

ROLLBACKS = frozenset(("StageRollback", "PipelineRollback"))


def failure_starts_the_rollback(stage: Block) -> str | None:
    """Rollback steps run only when a strategy for that error says so."""
    if stage.text("type") != "Deployment":
        raise NotSubject("no deployment")
    answers = [action for errors, action in strategies(stage) if "AllErrors" in errors]
    if not answers:
        return "has no failure strategy for AllErrors"
    last = [list(actions(action))[-1:] for action in answers]
    return None if all(ROLLBACKS & set(end) for end in last) else "AllErrors ends in no rollback"


POLICY = DefinitionPolicy(
    policy="CKV_ASSURE_61",
    requirement="CDP-06",
    name="Failure of a deployment starts its rollback",
    remedy="Add a failure strategy for AllErrors with StageRollback or PipelineRollback.",
    roots=("pipeline", "template"),
    blocks=("stage",),
    judge=failure_starts_the_rollback,
)
