"""Connectors that tell what they sign in with."""

from __future__ import annotations

import re
from collections.abc import Iterator

from definition_block import Block
from definition_policy import DefinitionPolicy
from definition_walk import mappings_within

# Harness takes references in fields that end in Ref; these take what is written.
FIELD = re.compile(r"(?i)^(?:accessKey|secretKey|password|token|privateKey|apiKey|credentials?)$")
IN_ADDRESS = re.compile(r"://[^/\s:@]+:[^/\s@<]+@")


def credential_is_a_reference(connector: Block) -> str | None:
    """A connector is read by everybody who reads the repository."""
    told = sorted(set(_told(connector)))
    return f"a credential is written in {', '.join(told)}" if told else None


def _told(connector: Block) -> Iterator[str]:
    for mapping in mappings_within(connector.content):
        for field, value in Block(mapping, "connector").pairs():
            if isinstance(value, str) and _tells(field, value):
                yield field


def _tells(field: str, value: str) -> bool:
    literal = bool(value) and "<+" not in value
    return literal and bool(FIELD.match(field) or IN_ADDRESS.search(value))


POLICY = DefinitionPolicy(
    policy="CKV_ASSURE_70",
    requirement="INT-03",
    name="Connector refers to its credential",
    remedy="Name a secret in the field that ends in Ref, or take a role.",
    roots=("connector",),
    blocks=("connector",),
    judge=credential_is_a_reference,
    omitted="A connector without a credential tells none.",
)
