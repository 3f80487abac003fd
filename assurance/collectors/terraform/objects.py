"""A block as an object expression, so that its values can be evaluated without its provider.

Nested blocks become lists of objects and dynamic blocks `for` expressions; what only the provider's
schema would do (conversion of types, validation) is left to the reader.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Protocol

from assurance.collectors.terraform.hcl import Attribute, Block, Body, SourceFile


class Expressions(Protocol):
    """Gives the new text of an expression."""

    def expression(self, source: SourceFile, attribute: Attribute) -> str:
        """The text as it stands in the scratch copy."""
        ...


def object_text(
    texts: Expressions, source: SourceFile, body: Body, skipped: Collection[str] = ()
) -> str:
    """The object that a body describes."""
    # Parentheses and the line break after them let any expression stand in one pair.
    pairs = [
        f"{name} = (\n{texts.expression(source, attribute)}\n)"
        for name, attribute in body.attributes.items()
        if name not in skipped
    ]
    groups: dict[str, list[str]] = {}
    for block in body.blocks:
        if block.kind == "dynamic" and block.labels:
            groups.setdefault(block.labels[0], []).append(_dynamic(texts, source, block))
        elif block.kind not in skipped:
            item = object_text(texts, source, block.body)
            groups.setdefault(block.kind, []).append(f"[{item}]")
    pairs += [f"{kind} = concat({', '.join(items)})" for kind, items in groups.items()]
    return "{\n" + "\n".join(pairs) + "\n}"


def _dynamic(texts: Expressions, source: SourceFile, block: Block) -> str:
    attributes = block.body.attributes
    iterator = source.value(attributes["iterator"]) if "iterator" in attributes else block.labels[0]
    contents = block.body.of("content")
    content = object_text(texts, source, contents[0].body) if contents else "{}"
    over = texts.expression(source, attributes["for_each"]) if "for_each" in attributes else "[]"
    each = f"[for k, v in (\n{over}\n) : {{ key = k, value = v }}]"
    return f"[for {iterator} in {each} : {content}]"
