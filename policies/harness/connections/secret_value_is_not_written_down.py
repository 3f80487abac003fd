"""Secrets that their definition tells."""

from __future__ import annotations

from definition_block import Block
from definition_policy import DefinitionPolicy, NotSubject


def value_is_not_written_down(secret: Block) -> str | None:
    """With `Reference` the value is a name in the manager; with `Inline` it is the secret."""
    if secret.text("type") not in ("SecretText", ""):
        raise NotSubject("no text")
    spec = secret.block("spec")
    if spec.text("valueType") == "Reference" or not spec.given("value"):
        return None
    return "its value is written down"


POLICY = DefinitionPolicy(
    policy="CKV_ASSURE_72",
    requirement="SEC-01",
    name="Value of a secret is not written down",
    remedy="Set valueType to Reference, and value to the name in the secret manager.",
    roots=("secret",),
    blocks=("secret",),
    judge=value_is_not_written_down,
    omitted="Without a value the secret is given to Harness by hand.",
)
