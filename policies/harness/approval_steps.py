"""The approvals that people give in Harness itself."""

from __future__ import annotations

from definition_block import Block, Unresolved
from definition_policy import NotSubject
from step_kinds import kind


def approvers(step: Block) -> Block:
    """Who is asked; a step of another type is no subject."""
    if kind(step) != "HarnessApproval":
        raise NotSubject("no approval of Harness's own")
    return step.block("spec", "approvers")


def count(block: Block) -> int:
    """How many must approve."""
    written = block.text("minimumCount") or "0"
    try:
        return int(written)
    except ValueError as error:
        raise Unresolved(f"minimumCount is {written}") from error
