"""Secrets in the store that Harness brings along."""

from __future__ import annotations

from definition_block import Block
from definition_policy import DefinitionPolicy

BUILT_IN = "harnessSecretManager"


def is_held_elsewhere(secret: Block) -> str | None:
    """Where no manager is named, Harness takes its own."""
    manager = secret.block("spec").text("secretManagerIdentifier")
    if manager.rpartition(".")[2] not in ("", BUILT_IN):
        return None
    return "is held in the built-in store"


POLICY = DefinitionPolicy(
    policy="CKV_ASSURE_71",
    requirement="SEC-03",
    name="Secret is held outside of Harness",
    remedy="Name the connector to Secrets Manager in spec.secretManagerIdentifier.",
    roots=("secret",),
    blocks=("secret",),
    judge=is_held_elsewhere,
)
