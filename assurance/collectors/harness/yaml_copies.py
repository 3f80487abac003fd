"""Copies of what anchors name: as many and as deep as people write them, and no more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from assurance.collectors.harness.yaml_documents import Document, escape

DEEPEST = 100
"""Levels of nesting that are read; what people write has about twenty."""

MOST_COPIES = 100_000
"""Nodes that the aliases of one file may stand for."""


@dataclass(slots=True, kw_only=True)
class Copies:
    """What has been copied in a file so far.

    Attributes:
        count: Nodes.
    """

    count: int = 0

    def why_not(self, value: Any, depth: int) -> str:
        """Return why a value may not be copied to a depth, or nothing, and count it."""
        if self.count > MOST_COPIES:
            return _too_many()
        size, deepest = _measure(value, MOST_COPIES + 1 - self.count)
        self.count += size
        if self.count > MOST_COPIES:
            return _too_many()
        return f"aliases nest more than {DEEPEST} levels" if depth + deepest > DEEPEST else ""


def _too_many() -> str:
    return f"aliases stand for more than {MOST_COPIES} values"


def _measure(value: Any, limit: int) -> tuple[int, int]:
    """Return how many nodes a value has, or a number above the limit, and how deep they nest."""
    count, deepest, rest = 0, 0, [(value, 1)]
    while rest and count <= limit:
        item, depth = rest.pop()
        count, deepest = count + 1, max(deepest, depth)
        parts = item.values() if isinstance(item, dict) else item
        if isinstance(item, dict | list):
            rest += [(part, depth + 1) for part in parts]
    return count, deepest


def copy_into(document: Document, value: Any, source: str, target: str) -> Any:
    """Copy a value from one pointer to another; the lines are those where it is written."""
    lines = document.lines
    lines.setdefault(target, lines.get(source, document.line))
    if isinstance(value, dict):
        names = [(key, escape(key)) for key in value]
        return {
            key: copy_into(document, value[key], f"{source}/{name}", f"{target}/{name}")
            for key, name in names
        }
    if isinstance(value, list):
        return [
            copy_into(document, item, f"{source}/{number}", f"{target}/{number}")
            for number, item in enumerate(value)
        ]
    return value
