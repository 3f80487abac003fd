"""What an expression refers to where its value is not known: the tokens that can be read from it.

`role = aws_iam_role.app.name` names its role also when the name depends on a variable that nobody
sets. Only expressions that are nothing but references and text are read; they are followed through
variables, locals, outputs and module calls as long as they stay so.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from assurance.collectors.terraform.hcl import Attribute, SourceFile, Token
from assurance.collectors.terraform.modules import Node
from assurance.collectors.terraform.references import Reference, in_tokens
from assurance.collectors.terraform.schema import Schemas
from assurance.collectors.terraform.tokens import token

_DEPTH = 12
_TEXT = frozenset({"quote", "unquote", "literal"})
_REPEATED = ("count", "for_each")
# What a resource is called by others; any other value that it was given is read where it is set.
_NAMES = frozenset(
    {"arn", "bucket", "cluster_identifier", "family", "function_name", "id", "identifier", "name"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where an expression stands: a module, and the address of its instance."""

    node: Node
    module: str
    schemas: Schemas
    depth: int = 0

    def deeper(self, node: Node, module: str) -> Place:
        """Another module, one step further from where the reading began."""
        return replace(self, node=node, module=module, depth=self.depth + 1)


def as_written(place: Place, source: SourceFile, attribute: Attribute) -> Any:
    """The text with tokens, or the list of such texts; None where it is anything else."""
    tokens = [t for t in source.tokens[attribute.first : attribute.last] if t[0] != "newline"]
    if len(tokens) > 1 and _word(source, tokens[0]) == "[" and _word(source, tokens[-1]) == "]":
        items = [_text(place, source, item) for item in _items(source, tokens[1:-1])]
        return None if any(item is None for item in items) else items
    return _text(place, source, tokens)


def _text(place: Place, source: SourceFile, tokens: list[Token]) -> str | None:
    if place.depth > _DEPTH or not tokens:
        return None
    if tokens[0][0] == "name":
        return _whole(place, source, tokens)
    if tokens[0][0] != "quote" or tokens[-1][0] != "unquote":
        return None
    parts: list[str] = []
    inside: list[Token] = []
    depth = 0
    for each in tokens[1:-1]:
        depth += {"enter": 1, "leave": -1}.get(each[0], 0)
        if depth == 0 and each[0] == "leave":
            found = _whole(place, source, inside)
            if found is None:
                return None
            parts.append(found)
            inside = []
        elif depth == 0:
            parts.append(_word(source, each))
        elif not (depth == 1 and each[0] == "enter"):
            inside.append(each)
    return "".join(parts)


def _whole(place: Place, source: SourceFile, tokens: list[Token]) -> str | None:
    """What one reference stands for, when the tokens are nothing but it."""
    found = next(in_tokens(source.text, tokens), None)
    if found is None or (found.start, found.end) != (tokens[0][1], tokens[-1][2]):
        return None
    follow = {"var": _variable, "local": _local, "module": _output}.get(found.root[0], _resource)
    return follow(place, found)


def _resource(place: Place, found: Reference) -> str | None:
    declared = place.node.module.resources.get(found.address)
    if declared is None:
        return None
    steps = list(found.steps)
    address = f"{place.module}.{found.address}" if place.module else found.address
    if any(name in declared.block.body.attributes for name in _REPEATED):
        if not steps or steps[0] in (None, "*"):
            return None
        key = steps.pop(0)
        address += f"[{key}]" if isinstance(key, int) else f'["{key}"]'
    if len(steps) != 1 or not isinstance(steps[0], str):
        return None
    schema = place.schemas.of(found.address.rpartition(".")[0])
    attribute = schema.attributes.get(steps[0])
    # A token stands for one value; a list has a length, which nobody knows.
    if attribute is None or not isinstance(attribute.type, str):
        return None
    part = next(
        (p for p in place.node.module.parts(found.address) if steps[0] in p.block.body.attributes),
        None,
    )
    if part is None or steps[0] in _NAMES:
        return token(address, steps[0])
    there = place.deeper(place.node, place.module)
    value = as_written(there, part.source, part.block.body.attributes[steps[0]])
    return value if isinstance(value, str) else None


def _variable(place: Place, found: Reference) -> str | None:
    node = place.node
    if found.steps or node.call is None or node.parent is None:
        return None
    attribute = node.call.block.body.attributes.get(found.root[1])
    if attribute is None:
        return None
    outer = place.deeper(node.parent, _above(place.module))
    value = as_written(outer, node.call.source, attribute)
    return value if isinstance(value, str) else None


def _local(place: Place, found: Reference) -> str | None:
    local = place.node.module.locals.get(found.root[1])
    if local is None or found.steps:
        return None
    value = as_written(place.deeper(place.node, place.module), local[1], local[0])
    return value if isinstance(value, str) else None


def _output(place: Place, found: Reference) -> str | None:
    child = place.node.children.get(found.root[1])
    if child is None or child.call is None or len(found.steps) != 1:
        return None
    if any(name in child.call.block.body.attributes for name in _REPEATED):
        return None
    output = child.module.outputs.get(str(found.steps[0]))
    value = output.block.body.attributes.get("value") if output else None
    if output is None or value is None:
        return None
    inner = f"{place.module}.{found.address}" if place.module else found.address
    text = as_written(place.deeper(child, inner), output.source, value)
    return text if isinstance(text, str) else None


def _items(source: SourceFile, tokens: list[Token]) -> list[list[Token]]:
    items: list[list[Token]] = [[]]
    depth = 0
    for each in tokens:
        depth += {"open": 1, "enter": 1, "quote": 1}.get(each[0], 0)
        depth -= {"close": 1, "leave": 1, "unquote": 1}.get(each[0], 0)
        if depth == 0 and _word(source, each) == ",":
            items.append([])
        else:
            items[-1].append(each)
    return [item for item in items if item]


def _above(module: str) -> str:
    """The address of the module that calls one; keys may hold dots."""
    at = module.rfind("module.")
    return module[: max(at - 1, 0)]


def _word(source: SourceFile, each: Token) -> str:
    return source.text[each[1] : each[2]]
