"""Reads IAM statements: policy JSON on a resource, and `aws_iam_policy_document` blocks."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass

from terraform_block import Block, Unresolved, is_expression, is_reference


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One statement, in the same words wherever it was written."""

    effect: str
    actions: tuple[str, ...]
    resources: tuple[str, ...]
    services: tuple[str, ...]
    conditions: tuple[str, ...]


def in_json(block: Block, attribute: str) -> list[Statement]:
    """The statements of a JSON policy; `Unresolved` where checkov holds no document there."""
    document = block.raw(attribute)
    if isinstance(document, str):
        document = _decoded(document, attribute)
    if document is None:
        return []
    if not isinstance(document, dict):
        raise Unresolved(f"{attribute} is {document}")
    return [_from_json(statement) for statement in _listed(document.get("Statement"))]


def in_document(document: Block) -> list[Statement]:
    """The statements of a policy document data source."""
    return [
        Statement(
            effect=block.text("effect") or "Allow",
            actions=_texts(block.items("actions")),
            resources=_texts(block.items("resources")),
            services=tuple(
                identifier
                for principal in block.blocks("principals")
                if principal.text("type") == "Service"
                for identifier in _texts(principal.items("identifiers"))
            ),
            conditions=tuple(
                condition.text("variable").lower() for condition in block.blocks("condition")
            ),
        )
        for block in document.blocks("statement")
    ]


def _decoded(text: str, attribute: str) -> object:
    try:
        return json.loads(text)
    except ValueError as error:
        raise Unresolved(f"{attribute} is {text[:80]}") from error


def _from_json(statement: object) -> Statement:
    if not isinstance(statement, dict):
        raise Unresolved(f"a statement is {statement}")
    principal = statement.get("Principal")
    service = principal.get("Service") if isinstance(principal, dict) else None
    return Statement(
        effect=str(statement.get("Effect", "Allow")),
        actions=_texts(_listed(statement.get("Action"))),
        resources=_texts(_listed(statement.get("Resource"))),
        services=_texts(_listed(service)),
        conditions=tuple(_condition_keys(statement.get("Condition"))),
    )


def _condition_keys(condition: object) -> Iterator[str]:
    for tests in condition.values() if isinstance(condition, dict) else ():
        if isinstance(tests, dict):
            yield from (str(key).lower() for key in tests)


def _listed(value: object) -> list[object]:
    if value is None:
        return []
    return list(value) if isinstance(value, list) else [value]


def _texts(values: list[object]) -> tuple[str, ...]:
    for value in values:
        # A reference inside an ARN is known well enough; a lone variable could be anything.
        if is_expression(value) and not is_reference(value) and "${" not in str(value):
            raise Unresolved(f"a statement holds {value}")
    return tuple(map(str, values))
