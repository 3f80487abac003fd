"""The definitions that are reshaped, and what one reshape is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

Path = tuple[str | int, ...]
"""Keys and indices that lead from the values of a definition to something in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """One definition as its file writes it.

    Attributes:
        kind: What it defines: `pipeline`, `template`, `trigger`, `input_set` …
        values: What stands under its root key.
        file: Where; empty for a definition that a reshape added.
        origin: What the collector said of it besides; goes along unread.
    """

    kind: str
    values: dict[str, Any]
    file: str = ""
    origin: Mapping[str, Any] = field(default_factory=dict)

    @property
    def identifier(self) -> str:
        """By what others refer to it."""
        return str(self.values.get("identifier", ""))


Definitions = tuple[Definition, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a reshape applies.

    Attributes:
        words: What it does there, for a reader: *wraps the step "approve" … in a step group*.
        definition: The index of the definition.
        path: To what is reshaped.
        detail: What the reshape has to know besides.
    """

    words: str
    definition: int
    path: Path = ()
    detail: tuple[str | int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reshape:
    """A way of writing the same in another shape.

    Attributes:
        name: In words.
        places: Finds where it applies; nowhere else does it keep the meaning.
        apply: Carries it out at one of these places, on a copy.
    """

    name: str
    places: Callable[[Definitions], Iterator[Place]]
    apply: Callable[[Definitions, Place], Definitions]


def copied(definitions: Definitions) -> Definitions:
    """Return a copy that may be written to."""
    return tuple(
        Definition(
            kind=each.kind,
            values=copied_node(each.values),
            file=each.file,
            origin=each.origin,
        )
        for each in definitions
    )


def copied_node(node: Any) -> Any:
    """Return a copy of what JSON can hold; `copy.deepcopy` takes five times as long."""
    if isinstance(node, dict):
        return {key: copied_node(value) for key, value in node.items()}
    return [copied_node(value) for value in node] if isinstance(node, list) else node


def at(node: Any, path: Path) -> Any:
    """Return what a path leads to."""
    for part in path:
        node = node[part]
    return node


def mappings(node: Any, path: Path = ()) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Yield every mapping under a node, the outermost first, with the path to it."""
    if isinstance(node, dict):
        yield path, node
        for key, value in node.items():
            yield from mappings(value, (*path, key))
    elif isinstance(node, list):
        for index, value in enumerate(node):
            yield from mappings(value, (*path, index))


def strings(node: Any) -> Iterator[str]:
    """Yield every string under a node, keys included."""
    if isinstance(node, str):
        yield node
    elif isinstance(node, dict):
        for key, value in node.items():
            yield from strings(key)
            yield from strings(value)
    elif isinstance(node, list):
        for value in node:
            yield from strings(value)


def rewrite(node: Any, change: Callable[[str], str]) -> Any:
    """Return a node with every string in it changed; mappings and lists are changed in place."""
    if isinstance(node, str):
        return change(node)
    if isinstance(node, dict):
        for key, value in node.items():
            node[key] = rewrite(value, change)
    elif isinstance(node, list):
        node[:] = [rewrite(value, change) for value in node]
    return node


def fresh(definitions: Definitions, stem: str) -> str:
    """Return an identifier that occurs nowhere in the definitions, not even as a part of a word."""
    said = "\n".join(text for each in definitions for text in strings(each.values))
    return next(name for number in range(1, 10**6) if (name := f"{stem}_{number}") not in said)
