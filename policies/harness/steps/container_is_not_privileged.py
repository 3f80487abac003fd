"""Commands with the rights of the machine they run on."""

from __future__ import annotations

from definition_block import Block
from definition_policy import DefinitionPolicy, NotSubject
from step_kinds import COMMANDS, kind


def is_not_privileged(step: Block) -> str | None:
    """Scanners of images need a container engine of their own; commands do not."""
    if kind(step) not in COMMANDS:
        raise NotSubject("runs no command")
    return "is privileged" if step.block("spec").holds("privileged") else None


POLICY = DefinitionPolicy(
    policy="CKV_ASSURE_65",
    requirement="CIP-01",
    name="Container of a command is not privileged",
    remedy="Remove privileged from the spec of the step.",
    roots=("pipeline", "template"),
    blocks=("step",),
    judge=is_not_privileged,
    omitted="A container is not privileged unless that is asked for.",
)
