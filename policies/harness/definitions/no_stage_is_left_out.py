"""Pipelines of which parts can be run alone."""

from __future__ import annotations

from definition_block import Block
from definition_policy import DefinitionPolicy


def no_stage_is_left_out(pipeline: Block) -> str | None:
    """Who may choose the stages may choose the deployment without what comes before it."""
    return "lets chosen stages run alone" if pipeline.holds("allowStageExecutions") else None


POLICY = DefinitionPolicy(
    policy="CKV_ASSURE_67",
    requirement="CDP-03",
    name="Pipeline runs all of its stages",
    remedy="Set allowStageExecutions to false.",
    roots=("pipeline", "template"),
    blocks=("pipeline",),
    judge=no_stage_is_left_out,
    omitted="Harness runs all stages unless choosing is allowed.",
)
