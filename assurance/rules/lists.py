"""How a message lists things."""

from __future__ import annotations

from collections.abc import Iterable


def listing(items: Iterable[object], last: str = "and") -> str:
    """Return `a, b and c`; empty for nothing."""
    words = [str(item) for item in items]
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"
