"""How a message lists things."""

from __future__ import annotations

from collections.abc import Iterable


def listing(items: Iterable[object], last: str = "and") -> str:
    """Return `a, b and c`; empty for nothing."""
    words = [str(item) for item in items]
    head, tail = words[:-1], words[-1:]
    return f" {last} ".join(filter(None, (", ".join(head), *tail)))
