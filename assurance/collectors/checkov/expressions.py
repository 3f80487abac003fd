"""Tells what checkov resolved from what it left standing as text; pure, and free of checkov."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum


class Kind(StrEnum):
    """How much is known of a value."""

    KNOWN = "known"
    REFERENCE = "reference"
    """Another resource's attribute: certainly set, but not a value to compare."""
    DOCUMENT = "document"
    """A policy document's JSON: its content is judged where the document is written."""
    EXPRESSION = "expression"
    """Something that Terraform would still have to evaluate."""


_NAME = r"[A-Za-z_][\w-]*"
_DOCUMENT = re.compile(
    rf"^\$?\{{?(?:module\.{_NAME}\.)*data\.aws_iam_policy_document\.{_NAME}(?:\[[^\]]*\])?"
    r"\.(?:minified_)?json\}?$"
)
_REFERENCE = re.compile(
    rf"^\$?\{{?(?:data\.)?aws_[a-z0-9_]+\.{_NAME}(?:\[[^\]]*\])?\.[\w.\[\]*\"-]+\}}?$"
)
_INTERPOLATED_REFERENCE = re.compile(rf"\$\{{(?:data\.)?aws_[a-z0-9_]+\.{_NAME}[^{{}}()?]*\}}")
_EXPRESSION = re.compile(
    r"(?:^|[^\w./:@-])(?:var|local|module|each|count|self|path)\.[A-Za-z_]"
    r"|^(?:data|terraform)\.[A-Za-z_]"
    r"|^[a-z][a-z0-9_]*\(.*\)$"
    r"|^[\[{]\s*for\s"
    r"|\$\{"
    r"|^\S.*\s\?\s.+\s:\s",
    re.DOTALL,
)


_UNKNOWN = re.compile(r"\bvar\.unknown_\d+\b")


def kind_of(value: object, *, evaluated: bool) -> Kind:
    """Tell how much is known of one leaf of a configuration.

    Args:
        value: The leaf.
        evaluated: Whether Terraform evaluated it: text that looks like an expression is then text,
            and what is unknown is a variable of that name.
    """
    if not isinstance(value, str):
        return Kind.KNOWN
    if evaluated and not _REFERENCE.match(value):
        return Kind.EXPRESSION if _UNKNOWN.search(value) else Kind.KNOWN
    if _DOCUMENT.match(value):
        return Kind.DOCUMENT
    if _REFERENCE.match(value):
        return Kind.REFERENCE
    # A reference inside other text, as in an ARN, leaves the rest of the text readable.
    return Kind.EXPRESSION if _EXPRESSION.search(_without_references(value)) else Kind.KNOWN


def _without_references(text: str) -> str:
    return _INTERPOLATED_REFERENCE.sub("reference", text)


def leaves(value: object) -> Iterator[object]:
    """Yield every leaf of a value."""
    if isinstance(value, dict):
        for inner in dict.values(value):
            yield from leaves(inner)
    elif isinstance(value, (list, tuple, set)):
        for inner in list(value):
            yield from leaves(inner)
    else:
        yield value


def at(configuration: object, path: str) -> Iterator[object]:
    """Yield what stands at a path such as `a/[0]/b` or `a.*.b`, whatever lists are in between."""
    names = [
        name
        for name in re.split(r"[./]", path)
        if name and not re.match(r"^\[?(?:\d+|\*)\]?$", name)
    ]
    yield from _descend(configuration, names)


def _descend(value: object, names: list[str]) -> Iterator[object]:
    if isinstance(value, list):
        for inner in value:
            yield from _descend(inner, names)
    elif not names:
        yield value
    elif isinstance(value, dict):
        if names[0] in value:
            yield from _descend(value[names[0]], names[1:])
    elif isinstance(value, str):
        # The path goes on, but here stands an expression in place of a block.
        yield value


def unrendered(configuration: object, name: str) -> Iterator[object]:
    """Yield what a dynamic block for that name iterates over, where checkov could not render it."""
    dynamic = configuration.get("dynamic") if isinstance(configuration, dict) else None
    for element in dynamic if isinstance(dynamic, list) else []:
        body = element.get(name) if isinstance(element, dict) else None
        if isinstance(body, dict) and "content" in body:
            yield from leaves(body.get("for_each"))
