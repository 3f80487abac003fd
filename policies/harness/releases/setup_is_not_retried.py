"""Set-up steps that forget what they found."""

from __future__ import annotations

from definition_block import Block
from definition_policy import DefinitionPolicy, NotSubject
from definition_walk import steps_within
from failure_strategies import actions, strategies
from step_kinds import SETUPS, kind


def setup_is_not_retried(block: Block) -> str | None:
    """A second attempt takes the leftovers of the first for the state to go back to."""
    if not _sets_up(block):
        raise NotSubject("no set-up step")
    taken = {found for _, action in strategies(block) for found in actions(action)}
    return "retries the set-up of a deployment" if "Retry" in taken else None


def _sets_up(block: Block) -> bool:
    if block.noun == "step":
        return kind(block) in SETUPS
    # A strategy of the step's own goes before the one around it.
    within = (step for step in steps_within(block) if not step.given("failureStrategies"))
    return any(kind(step) in SETUPS for step in within)


POLICY = DefinitionPolicy(
    policy="CKV_ASSURE_62",
    requirement="CDP-06",
    name="Set-up of a deployment is not retried",
    remedy="Answer a failure of the set-up step with StageRollback instead of Retry.",
    roots=("pipeline", "template"),
    blocks=("stage", "group", "step"),
    judge=setup_is_not_retried,
    omitted="Without a strategy nothing is retried.",
)
