"""What a configuration file in JavaScript exports, as far as it is written down.

Only literals are read, through one name or one call around them, as `export default config` and
`withNext(config)` are written; a program that computes its configuration is not seen.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from typing import Any

import tree_sitter_javascript
from tree_sitter import Language, Node, Parser

_DEEPEST = 4
_CONSTANTS: Mapping[str, Any] = {"true": True, "false": False, "null": None}
_UNSEEN = object()


@cache
def _parser() -> Parser:
    return Parser(Language(tree_sitter_javascript.language()))


def exported_configuration(text: str) -> Mapping[str, Any] | None:
    """Return the object that a file exports, without what it computes; None where none is seen."""
    root = _parser().parse(text.encode()).root_node
    found = _exported(root)
    if found is None or root.has_error:
        return None
    value = _value(found, _names(root), 0)
    return value if isinstance(value, dict) else None


def _exported(root: Node) -> Node | None:
    found: Node | None = None
    for child in root.named_children:
        if child.type == "export_statement":
            found = child.child_by_field_name("value") or found
        elif child.type == "expression_statement" and child.named_children:
            inner = child.named_children[0]
            left = inner.child_by_field_name("left")
            if inner.type == "assignment_expression" and left and _text(left) == "module.exports":
                found = inner.child_by_field_name("right")
    return found


def _names(root: Node) -> Mapping[str, Node]:
    found: dict[str, Node] = {}
    for child in root.named_children:
        for part in child.named_children if child.type == "lexical_declaration" else ():
            name, value = part.child_by_field_name("name"), part.child_by_field_name("value")
            if name is not None and value is not None:
                found[_text(name)] = value
    return found


def _value(node: Node, names: Mapping[str, Node], depth: int) -> Any:
    if depth > _DEEPEST * 3:
        return _UNSEEN
    match node.type:
        case "object":
            return _object(node, names, depth)
        case "array":
            items = (_value(child, names, depth + 1) for child in node.named_children)
            return [item for item in items if item is not _UNSEEN]
        case "identifier" if _text(node) in names:
            return _value(names[_text(node)], names, depth + 1)
        case "call_expression" | "await_expression" | "parenthesized_expression":
            return _around(node, names, depth)
    return _scalar(node)


def _scalar(node: Node) -> Any:
    text = _text(node)
    if node.type == "string":
        return text[1:-1]
    if node.type == "template_string" and "${" not in text:
        return text[1:-1]
    if node.type == "number":
        try:
            return json.loads(text)
        except ValueError:
            return _UNSEEN
    return _CONSTANTS.get(text, _UNSEEN)


def _around(node: Node, names: Mapping[str, Node], depth: int) -> Any:
    """Return the first object among what a call is given."""
    arguments = node.child_by_field_name("arguments")
    for child in (arguments or node).named_children:
        found = _value(child, names, depth + 1)
        if isinstance(found, dict):
            return found
    return _UNSEEN


def _object(node: Node, names: Mapping[str, Node], depth: int) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for pair in node.named_children:
        key, value = pair.child_by_field_name("key"), pair.child_by_field_name("value")
        if pair.type == "pair" and key is not None and value is not None:
            written = _value(value, names, depth + 1)
            if written is not _UNSEEN:
                found[_text(key).strip("\"'")] = written
    return found


def _text(node: Node) -> str:
    return (node.text or b"").decode()
