"""Addresses to which anybody who reads them can post."""

from __future__ import annotations

from collections.abc import Iterator

from definition_block import Block, Unresolved, is_expression
from definition_policy import DefinitionPolicy, NotSubject

FIELDS = ("webhookUrl", "msTeamKeys", "integrationKey", "apiKey")


def address_is_secret(pipeline: Block) -> str | None:
    """Whoever knows the address of a channel can write there in our name."""
    addresses = list(_addresses(pipeline))
    if not addresses:
        raise NotSubject("no notification with an address")
    plain = [rule for rule, address in addresses if not is_expression(address)]
    if plain:
        return f"the address of the notification {plain[0]} is written down"
    for _, address in addresses:
        if "<+secrets.getValue(" not in str(address):
            raise Unresolved(f"the address is {address}")
    return None


def _addresses(pipeline: Block) -> Iterator[tuple[object, object]]:
    for rule in pipeline.blocks("notificationRules"):
        spec = rule.block("notificationMethod", "spec")
        for field in FIELDS:
            held = spec.raw(field)
            for address in held if isinstance(held, list) else [held]:
                if address:
                    yield rule.raw("identifier") or rule.raw("name"), address


POLICY = DefinitionPolicy(
    policy="CKV_ASSURE_59",
    requirement="SEC-01",
    name="Address of a notification is a secret",
    remedy='Write <+secrets.getValue("…")> for webhookUrl, integrationKey or apiKey.',
    roots=("pipeline", "template"),
    blocks=("pipeline",),
    judge=address_is_secret,
    omitted="A notification without an address of this kind has nothing to hide.",
)
