"""How a policy reads one block of a Harness definition: what is set, and what only a run decides.

A value with an expression, `<+…>`, is filled in when the pipeline runs. A policy that compared it
would judge its spelling; here it is refused by `Unresolved` instead.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

START = "__startline__"
MARKS = frozenset((START, "__endline__"))


class Unresolved(Exception):
    """The value is an expression, or no value of its kind, so no verdict can rest on it."""


def is_expression(value: object) -> bool:
    """Whether a run of the pipeline has to fill something in first."""
    return isinstance(value, str) and "<+" in value


class Block:
    """One mapping of a definition, read by the names of its fields."""

    def __init__(self, content: Mapping[str, object], noun: str, name: str = "") -> None:
        self.content = content
        self.noun = noun
        self._name = name

    def __str__(self) -> str:
        """What a reader finds it by."""
        own = self.content.get("identifier") or self.content.get("name") or self._name
        return f"{self.noun} {own} (line {self.line})" if own else f"{self.noun} (line {self.line})"

    @property
    def line(self) -> int:
        """The line that it begins in."""
        return int(str(self.content.get(START, 0)))

    def raw(self, field: str) -> object:
        """The field as it is written, None when it is not."""
        return self.content.get(field)

    def has(self, field: str) -> bool:
        """Whether the field is written at all."""
        return field in self.content

    def value(self, field: str) -> object:
        """The field's value, None when it is not set; `Unresolved` when a run decides it."""
        value = self.raw(field)
        if is_expression(value):
            raise Unresolved(f"{field} is {value}")
        return value

    def given(self, field: str) -> bool:
        """Whether the field is set to anything, an expression included."""
        return self.raw(field) not in (None, "", [], {})

    def text(self, field: str) -> str:
        """The field as text, empty when it is not set."""
        value = self.value(field)
        return "" if value is None else str(value)

    def holds(self, field: str, *, unset: bool = False) -> bool:
        """The field as a truth value."""
        value = self.value(field)
        return unset if value is None else str(value).lower() == "true"

    def items(self, field: str) -> list[object]:
        """The elements of a list, empty when it is not set."""
        value = self.value(field)
        if value is None:
            return []
        return list(value) if isinstance(value, list) else [value]

    def blocks(self, field: str) -> Iterator[Block]:
        """The blocks of a list of them."""
        for item in self.items(field):
            if is_expression(item):
                raise Unresolved(f"{field} holds {item}")
            if isinstance(item, dict):
                yield Block(item, field)

    def block(self, *fields: str) -> Block:
        """The block under a field, and so on; an empty one when there is none."""
        block = self
        for field in fields:
            value = block.value(field)
            block = Block(value if isinstance(value, dict) else {START: block.line}, field)
        return block

    def pairs(self) -> Iterator[tuple[str, object]]:
        """Every field with its value, without the marks of lines."""
        for field, value in self.content.items():
            if field not in MARKS:
                yield str(field), value
