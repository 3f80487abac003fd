"""Credentials in variables."""

from __future__ import annotations

import re
from collections.abc import Iterator

from definition_block import Block
from definition_policy import DefinitionPolicy
from definition_walk import mappings_within

NAME = re.compile(
    r"(?i)(?:^|[_.\-])(?:password|passwd|passphrase|token|secret|api_?key|access_?key|private_?key"
    r"|credentials?)$"
)
VALUE = re.compile(
    r"^(?:AKIA|ASIA)[A-Z0-9]{16}$|^gh[pousr]_\w{20,}|^github_pat_|^xox[abprs]-|^sk_live_"
    r"|-----BEGIN [A-Z ]*PRIVATE KEY|^https://hooks\.slack\.com/services/"
)


def holds_no_credential(entity: Block) -> str | None:
    """What is named like a credential, or looks like one, is taken for one."""
    told = sorted({name for name, value in _values(entity) if _tells(name, value)})
    return f"credentials are written down: {', '.join(told)}" if told else None


def _values(entity: Block) -> Iterator[tuple[str, object]]:
    for mapping in mappings_within(entity.content):
        # The value of a variable of that type is the name of a secret.
        if {"name", "value"} <= mapping.keys() and mapping.get("type") != "Secret":
            yield str(mapping["name"]), mapping["value"]
        variables = mapping.get("envVariables")
        if isinstance(variables, dict):
            yield from Block(variables, "envVariables").pairs()


def _tells(name: str, value: object) -> bool:
    if not isinstance(value, str | int) or isinstance(value, bool) or "<+" in str(value):
        return False
    return bool(VALUE.search(str(value)) or (str(value) and NAME.search(name)))


POLICY = DefinitionPolicy(
    policy="CKV_ASSURE_73",
    requirement="SEC-01",
    name="Variable holds no credential",
    remedy='Write <+secrets.getValue("…")>, or make the variable one of type Secret.',
    roots=("pipeline", "template", "service", "environment", "infrastructureDefinition"),
    blocks=("pipeline", "template", "service", "environment", "infrastructureDefinition"),
    judge=holds_no_credential,
    omitted="What has no variables tells nothing by them.",
)
