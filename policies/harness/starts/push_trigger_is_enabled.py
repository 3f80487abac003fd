"""Triggers of CI that start nothing."""

from __future__ import annotations

from definition_block import Block
from definition_policy import DefinitionPolicy, NotSubject


def is_enabled(trigger: Block) -> str | None:
    """A trigger that is switched off looks like one that works."""
    if trigger.block("source").text("type") != "Webhook":
        raise NotSubject("no webhook")
    return None if trigger.holds("enabled", unset=True) else "is switched off"


POLICY = DefinitionPolicy(
    policy="CKV_ASSURE_69",
    requirement="SRC-03",
    name="Trigger by webhook is enabled",
    remedy="Set enabled to true, or remove the trigger.",
    roots=("trigger",),
    blocks=("trigger",),
    judge=is_enabled,
    omitted="A trigger is enabled unless it says otherwise.",
)
