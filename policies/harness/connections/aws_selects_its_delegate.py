"""Connectors to AWS that any delegate may use."""

from __future__ import annotations

from definition_block import Block
from definition_policy import DefinitionPolicy, NotSubject


def selects_its_delegate(connector: Block) -> str | None:
    """Without a selector the next free delegate of the account takes the work, with its rights."""
    if connector.text("type") not in ("Aws", "AwsSecretManager"):
        raise NotSubject("no connector to AWS")
    spec = connector.block("spec")
    if not spec.holds("executeOnDelegate", unset=True):
        return "runs on Harness's side and not through a delegate"
    return None if spec.items("delegateSelectors") else "selects no delegate"


POLICY = DefinitionPolicy(
    policy="CKV_ASSURE_58",
    requirement="INT-03",
    name="Connector to AWS runs through a selected delegate",
    remedy="Name the delegate in spec.delegateSelectors, and leave executeOnDelegate on.",
    roots=("connector",),
    blocks=("connector",),
    judge=selects_its_delegate,
)
