"""What an expression refers to: `aws_vpc.main.id`, `var.name`, `module.network.subnets["a"]`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from assurance.collectors.terraform.hcl import Attribute, Block, Body, SourceFile, Token

_CONTEXT = frozenset({"each", "count", "self", "path", "terraform", "true", "false", "null"})
_BLANK = ("newline",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """One traversal; `root` is what is declared somewhere, `steps` what is taken from it.

    A step is a name, a number, `"*"` for a splat, or None for an index that is an expression.
    """

    root: tuple[str, ...]
    steps: tuple[str | int | None, ...]
    start: int
    root_end: int
    end: int

    @property
    def address(self) -> str:
        """The root as it is written: `aws_vpc.main`, `data.aws_vpc.main`, `var.name`."""
        return ".".join(self.root)


def references(source: SourceFile, attribute: Attribute) -> Iterator[Reference]:
    """Every reference in an attribute's expression, templates included."""
    return in_tokens(source.text, source.tokens[attribute.first : attribute.last])


def in_tokens(text: str, tokens: list[Token]) -> Iterator[Reference]:
    """Every reference in a run of tokens, those inside indexes included."""
    previous = ""
    for index, (kind, start, end) in enumerate(tokens):
        if kind == "name" and previous != "." and text[start:end] not in _CONTEXT:
            found = _traversal(text, tokens, index)
            if found is not None:
                yield found
        previous = text[start:end] if kind == "operator" else kind


def all_attributes(body: Body) -> Iterator[Attribute]:
    """The attributes of a body and of every block inside it."""
    yield from body.attributes.values()
    for block in body.blocks:
        yield from all_attributes(block.body)


def in_block(source: SourceFile, block: Block) -> Iterator[Reference]:
    """Every reference in a block, nested blocks included."""
    for attribute in all_attributes(block.body):
        yield from references(source, attribute)


def addresses(found: Iterable[Reference]) -> tuple[str, ...]:
    """The distinct roots, sorted."""
    return tuple(sorted({reference.address for reference in found}))


def _traversal(text: str, tokens: list[Token], index: int) -> Reference | None:
    names, after = _names(text, tokens, index)
    length = 3 if names[0] in ("data", "ephemeral") else 2
    if len(names) < length:
        return None
    root_end = tokens[index + 2 * (length - 1)][2]
    steps: list[str | int | None] = list(names[length:])
    end = tokens[after - 1][2]
    while after < len(tokens):
        step, following = _step(text, tokens, after)
        if following == after:
            break
        steps.append(step)
        after = following
        end = tokens[after - 1][2]
    return Reference(
        root=tuple(names[:length]),
        steps=tuple(steps),
        start=tokens[index][1],
        root_end=root_end,
        end=end,
    )


def _names(text: str, tokens: list[Token], index: int) -> tuple[list[str], int]:
    names = [text[tokens[index][1] : tokens[index][2]]]
    index += 1
    while (
        index + 1 < len(tokens)
        and text[tokens[index][1] : tokens[index][2]] == "."
        and tokens[index + 1][0] == "name"
    ):
        names.append(text[tokens[index + 1][1] : tokens[index + 1][2]])
        index += 2
    return names, index


def _step(text: str, tokens: list[Token], index: int) -> tuple[str | int | None, int]:
    kind, start, end = tokens[index]
    word = text[start:end]
    if word == "." and kind == "operator" and index + 1 < len(tokens):
        kind, start, end = tokens[index + 1]
        word = text[start:end]
        if kind == "number" and word.isdigit():
            return int(word), index + 2
        if kind == "name" or word == "*":
            return word, index + 2
    if word == "[" and kind == "open":
        return _index(text, tokens, index)
    return None, index


def _index(text: str, tokens: list[Token], index: int) -> tuple[str | int | None, int]:
    depth = 0
    for after in range(index, len(tokens)):
        kind = tokens[after][0]
        if kind in ("open", "enter", "quote", "heredoc"):
            depth += 1
        elif kind in ("close", "leave", "unquote", "unheredoc"):
            depth -= 1
        if depth == 0:
            inner = [token for token in tokens[index + 1 : after] if token[0] not in _BLANK]
            return _constant(text, inner), after + 1
    return None, index


def _constant(text: str, inner: list[Token]) -> str | int | None:
    kinds = [token[0] for token in inner]
    word = text[inner[0][1] : inner[0][2]] if inner else ""
    if kinds == ["number"] and word.isdigit():
        return int(word)
    if kinds == ["operator"] and word == "*":
        return "*"
    if kinds == ["quote", "literal", "unquote"]:
        return text[inner[1][1] : inner[1][2]]
    return None
