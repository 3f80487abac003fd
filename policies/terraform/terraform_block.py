"""How a policy reads one Terraform block: what is set, what is not, what checkov left unresolved.

Checkov wraps every attribute in a list, strips `${}` from a lone reference, and leaves an
expression that it cannot evaluate standing as text. A policy that compares such text would judge
the spelling of an expression; here it is refused by `Unresolved` instead.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

# A reference to another resource's attribute: certainly set, but not a value to compare.
REFERENCE = re.compile(r"^\$?\{?(?:data\.)?aws_[a-z0-9_]+\.[A-Za-z_][\w-]*[\[.]")
# What Terraform would have to evaluate first.
EXPRESSION = re.compile(
    r"(?:^|[^\w./:-])(?:var|local|module|each|count|self)\.[A-Za-z_]"
    r"|^(?:data|path|terraform)\.[A-Za-z_]"
    r"|^[a-z][a-z0-9_]*\(.*\)$"
    r"|^\[\s*for\s|^\{\s*for\s"
    r"|\$\{",
    re.DOTALL,
)


class Unresolved(Exception):
    """The value is an expression that checkov did not evaluate, so no verdict can rest on it."""


def is_reference(value: object) -> bool:
    """Whether the value is nothing but a reference to a resource or data source."""
    return isinstance(value, str) and REFERENCE.match(value) is not None


def is_expression(value: object) -> bool:
    """Whether the value is text that Terraform would still have to evaluate."""
    return isinstance(value, str) and EXPRESSION.search(value) is not None


class Block:
    """One block of configuration, read by attribute name."""

    def __init__(self, configuration: Mapping[str, object], path: str = "") -> None:
        self._configuration = configuration
        self._path = path

    def raw(self, name: str) -> object:
        """The attribute as checkov holds it, without the list around it; None when unset."""
        value = self._configuration.get(name)
        if isinstance(value, list) and len(value) == 1:
            value = value[0]
        return value

    def value(self, name: str) -> object:
        """The attribute's value, None when it is not set; `Unresolved` when it is not known."""
        value = self.raw(name)
        if is_reference(value) or is_expression(value):
            raise Unresolved(f"{self._path}{name} is {value}")
        return value

    def given(self, name: str) -> bool:
        """Whether the attribute is set to anything, a reference to another resource included."""
        value = self.raw(name)
        if is_reference(value):
            return True
        return self.value(name) not in (None, "", [], {})

    def has(self, name: str) -> bool:
        """Whether the attribute or block is written at all."""
        return name in self._configuration

    def items_given(self, name: str) -> bool:
        """Whether a list attribute has an element, a reference being one."""
        value = self.raw(name)
        return is_reference(value) or bool(self.items(name))

    def text(self, name: str) -> str:
        """The attribute as text, empty when it is not set."""
        value = self.value(name)
        return "" if value is None else str(value)

    def number(self, name: str, unset: float) -> float:
        """The attribute as a number; what AWS documents for an unset one is the caller's to say."""
        value = self.value(name)
        if value is None or value == "":
            return unset
        try:
            return float(str(value))
        except ValueError as error:
            raise Unresolved(f"{self._path}{name} is {value}") from error

    def holds(self, name: str, *, unset: bool = False) -> bool:
        """The attribute as a truth value."""
        value = self.value(name)
        return unset if value is None else str(value).lower() == "true"

    def items(self, name: str) -> list[object]:
        """The elements of a list attribute, empty when it is not set."""
        value = self.raw(name)
        if is_reference(value) or is_expression(value):
            raise Unresolved(f"{self._path}{name} is {value}")
        while isinstance(value, list) and len(value) == 1 and isinstance(value[0], list):
            value = value[0]
        if value is None:
            return []
        return list(value) if isinstance(value, list) else [value]

    def blocks(self, name: str) -> Iterator[Block]:
        """The nested blocks of that name; one that a dynamic block may add is `Unresolved`."""
        self._refuse_unrendered(name)
        value = self._configuration.get(name)
        for number, held in enumerate(value if isinstance(value, list) else [value]):
            element = held[0] if isinstance(held, list) and len(held) == 1 else held
            if isinstance(element, dict):
                yield Block(element, f"{self._path}{name}[{number}].")
            elif is_reference(element) or is_expression(element):
                raise Unresolved(f"{self._path}{name} is {element}")

    def block(self, name: str) -> Block:
        """The first nested block of that name; an empty one when there is none."""
        return next(self.blocks(name), Block({}, f"{self._path}{name}."))

    def _refuse_unrendered(self, name: str) -> None:
        dynamic = self._configuration.get("dynamic")
        for element in dynamic if isinstance(dynamic, list) else []:
            body = element.get(name) if isinstance(element, dict) else None
            if isinstance(body, dict) and "content" in body:
                raise Unresolved(
                    f"{self._path}{name} is a dynamic block over {body.get('for_each')}"
                )
