"""Webhooks that anybody may send."""

from __future__ import annotations

from definition_block import Block
from definition_policy import DefinitionPolicy, NotSubject


def is_authenticated(trigger: Block) -> str | None:
    """Without a secret Harness cannot tell the sender from anybody who knows the address."""
    if trigger.block("source").text("type") != "Webhook":
        raise NotSubject("no webhook")
    held = trigger.given("encryptedWebhookSecretIdentifier")
    return None if held else "has no encryptedWebhookSecretIdentifier"


POLICY = DefinitionPolicy(
    policy="CKV_ASSURE_68",
    requirement="INT-01",
    name="Webhook of a trigger is authenticated",
    remedy="Name the shared secret in encryptedWebhookSecretIdentifier.",
    roots=("trigger",),
    blocks=("trigger",),
    judge=is_authenticated,
)
