"""Structure of Terraform's native syntax: blocks, attributes and the text between them.

Expressions are not evaluated here (Terraform does that); what this module keeps, and parsers that
turn HCL into dictionaries lose, is the exact place of everything, so that a scratch copy can be
rewritten without moving a line.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field

from assurance.collectors.terraform.lexing import HclSyntaxError, Lexer, Token

__all__ = ["Attribute", "Block", "Body", "HclSyntaxError", "SourceFile", "Token", "parse"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribute:
    """One `name = expression`; offsets are into the file's text, `first`/`last` into its tokens."""

    name: str
    start: int
    value_start: int
    end: int
    first: int
    last: int
    line: int


@dataclass(slots=True, kw_only=True)
class Body:
    """What stands between two braces, or in a whole file."""

    attributes: dict[str, Attribute] = field(default_factory=dict)
    blocks: list[Block] = field(default_factory=list)

    def of(self, kind: str) -> list[Block]:
        """Blocks of one kind, in the order of the text."""
        return [block for block in self.blocks if block.kind == kind]


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One block with its labels; `body_start`/`body_end` enclose what is between its braces."""

    kind: str
    labels: tuple[str, ...]
    start: int
    end: int
    body_start: int
    line: int
    end_line: int
    body: Body


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFile:
    """A parsed file: text, tokens (kind, start, end) and structure."""

    path: str
    text: str
    tokens: list[Token]
    body: Body

    def value(self, attribute: Attribute) -> str:
        """The text of an attribute's expression."""
        return self.text[attribute.value_start : attribute.end]


def parse(path: str, text: str) -> SourceFile:
    """Read the structure of a file; raise HclSyntaxError with its line where the grammar ends."""
    return _Parser(path, text).file()


class _Parser:
    def __init__(self, path: str, text: str) -> None:
        self.lexer = Lexer(path, text)
        self.path = path
        self.text = text
        self.tokens = list(self.lexer.tokens())
        self.index = 0
        self.starts = [0, *(match.end() for match in re.finditer("\n", text))]

    def line(self, offset: int) -> int:
        return bisect_right(self.starts, offset)

    def file(self) -> SourceFile:
        body = self.body(closed_by=None)
        return SourceFile(path=self.path, text=self.text, tokens=self.tokens, body=body)

    def peek(self) -> Token:
        if self.index < len(self.tokens):
            return self.tokens[self.index]
        return ("end", len(self.text), len(self.text))

    def word(self, token: Token) -> str:
        return self.text[token[1] : token[2]]

    def body(self, closed_by: str | None) -> Body:
        body = Body()
        while True:
            token = self.peek()
            if token[0] == "newline":
                self.index += 1
            elif (token[0] == "close" and closed_by is not None) or token[0] == "end":
                return body
            elif token[0] in ("name", "quote"):
                self.statement(body)
            else:
                raise self.lexer.fail(token[1], f"unexpected {self.word(token)!r}")

    def statement(self, body: Body) -> None:
        start = self.index
        name, _ = self.label()
        following = self.peek()
        if self.word(following) == "=" and following[0] == "operator":
            self.index += 1
            attribute = self.attribute(name, start)
            body.attributes[name] = attribute
        else:
            body.blocks.append(self.block(name, start))

    def label(self) -> tuple[str, bool]:
        token = self.peek()
        self.index += 1
        if token[0] == "name":
            return self.word(token), False
        parts: list[str] = []
        while self.peek()[0] == "literal":
            parts.append(self.word(self.peek()))
            self.index += 1
        if self.peek()[0] != "unquote":
            raise self.lexer.fail(token[1], "a label must be a plain word")
        self.index += 1
        return "".join(parts), True

    def attribute(self, name: str, start: int) -> Attribute:
        first = self.index
        depth = 0
        while True:
            kind, begin, _ = self.peek()
            if kind == "end" or (depth == 0 and kind in ("newline", "close")):
                break
            if kind in ("open", "enter", "quote", "heredoc"):
                depth += 1
            elif kind in ("close", "leave", "unquote", "unheredoc"):
                depth -= 1
            if kind == "operator" and depth == 0 and self.text[begin] == ",":
                break
            self.index += 1
        if self.index == first:
            raise self.lexer.fail(self.peek()[1] - 1, f"{name!r} has no value")
        return Attribute(
            name=name,
            start=self.tokens[start][1],
            value_start=self.tokens[first][1],
            end=self.tokens[self.index - 1][2],
            first=first,
            last=self.index,
            line=self.line(self.tokens[start][1]),
        )

    def block(self, kind: str, start: int) -> Block:
        labels: list[str] = []
        while self.peek()[0] in ("name", "quote"):
            labels.append(self.label()[0])
        opening = self.peek()
        if opening[0] != "open" or self.text[opening[1]] != "{":
            raise self.lexer.fail(
                self.tokens[start][1], f"{kind!r} is neither an argument (=) nor a block ({{)"
            )
        self.index += 1
        body = self.body(closed_by="}")
        closing = self.peek()
        if closing[0] != "close":
            raise self.lexer.fail(opening[1], f"block {kind!r} is not closed")
        self.index += 1
        return Block(
            kind=kind,
            labels=tuple(labels),
            start=self.tokens[start][1],
            end=closing[2],
            body_start=opening[2],
            line=self.line(self.tokens[start][1]),
            end_line=self.line(closing[1]),
            body=body,
        )
