"""Environments of which nobody can say whether people depend on them."""

from __future__ import annotations

from definition_block import Block
from definition_policy import DefinitionPolicy

TYPES = ("Production", "PreProduction")


def says_what_it_is(environment: Block) -> str | None:
    """Its type, and not its name, is what gates, freezes and policies go by."""
    written = environment.text("type")
    return None if written in TYPES else f"its type is {written or 'not given'}"


POLICY = DefinitionPolicy(
    policy="CKV_ASSURE_74",
    requirement="CDP-03",
    name="Environment says whether it is production",
    remedy="Set type to Production or PreProduction.",
    roots=("environment",),
    blocks=("environment",),
    judge=says_what_it_is,
)
