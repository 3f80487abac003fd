"""What an expression refers to where its value is not known: the tokens that can be read from it.

`role = aws_iam_role.app.name` names its role also when the name depends on a variable that nobody
sets. Only expressions that are nothing but references and text are read; they are followed through
variables, locals, outputs and module calls as long as they stay so.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from assurance.collectors.terraform.constructors import inside, pairs, parts, word
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
    """The text with tokens, or the list or object of such texts; None for anything else.

    Inside lists and objects None stands for what is anything else.
    """
    return _value(place, source, list(source.tokens[attribute.first : attribute.last]))


def is_complete(written: Any) -> bool:
    """Whether everything in it could be read."""
    if isinstance(written, list):
        return all(map(is_complete, written))
    if isinstance(written, dict):
        return all(map(is_complete, written.values()))
    return written is not None


def _value(place: Place, source: SourceFile, tokens: list[Token]) -> Any:
    inner = inside(source, tokens)
    if inner is None:
        return _text(place, source, [each for each in tokens if each[0] != "newline"])
    opening, content = inner
    if opening == "[":
        items = parts(source, content)
        return [_value(place, source, item) for item in items]
    if opening == "{":
        found = pairs(source, content)
        return {key: _value(place, source, value) for key, value in found.items()} or None
    return _value(place, source, content)


def _text(place: Place, source: SourceFile, tokens: list[Token]) -> str | None:
    if place.depth > _DEPTH or not tokens:
        return None
    if tokens[0][0] == "name":
        return _whole(place, source, tokens)
    if tokens[0][0] != "quote" or tokens[-1][0] != "unquote":
        return None
    found: list[str] = []
    within: list[Token] = []
    depth = 0
    for each in tokens[1:-1]:
        depth += {"enter": 1, "leave": -1}.get(each[0], 0)
        if depth == 0 and each[0] == "leave":
            text = _whole(place, source, within)
            if text is None:
                return None
            found.append(text)
            within = []
        elif depth == 0:
            found.append(word(source, each))
        elif not (depth == 1 and each[0] == "enter"):
            within.append(each)
    return "".join(found)


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


def _above(module: str) -> str:
    """The address of the module that calls one; keys may hold dots."""
    at = module.rfind("module.")
    return module[: max(at - 1, 0)]
