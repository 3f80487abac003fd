"""Connectors to AWS with keys of a user."""

from __future__ import annotations

from definition_block import Block
from definition_policy import DefinitionPolicy, NotSubject

ROLES = frozenset(("InheritFromDelegate", "Irsa", "OidcAuthentication"))


def takes_a_role(connector: Block) -> str | None:
    """A key that is typed in once is valid until somebody remembers it."""
    if connector.text("type") != "Aws":
        raise NotSubject("no connector to AWS")
    credential = connector.block("spec", "credential").text("type")
    return None if credential in ROLES else f"its credential is {credential or 'not given'}"


POLICY = DefinitionPolicy(
    policy="CKV_ASSURE_56",
    requirement="INT-03",
    name="Connector to AWS takes a role",
    remedy="Set spec.credential.type to InheritFromDelegate, Irsa or OidcAuthentication.",
    roots=("connector",),
    blocks=("connector",),
    judge=takes_a_role,
)
