"""Connectors to a secret manager with keys of a user."""

from __future__ import annotations

from definition_block import Block
from definition_policy import DefinitionPolicy, NotSubject

ROLES = frozenset(("AssumeIAMRole", "AssumeSTSRole", "OidcAuthentication"))


def takes_a_role(connector: Block) -> str | None:
    """The keys of such a connector could only be held by the built-in store."""
    if connector.text("type") != "AwsSecretManager":
        raise NotSubject("no connector to Secrets Manager")
    credential = connector.block("spec", "credential").text("type")
    return None if credential in ROLES else f"its credential is {credential or 'not given'}"


POLICY = DefinitionPolicy(
    policy="CKV_ASSURE_57",
    requirement="SEC-03",
    name="Connector to Secrets Manager assumes a role",
    remedy="Set spec.credential.type to AssumeIAMRole, AssumeSTSRole or OidcAuthentication.",
    roots=("connector",),
    blocks=("connector",),
    judge=takes_a_role,
)
