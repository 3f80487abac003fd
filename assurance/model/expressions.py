"""Harness's expressions `<+…>` in text: which there are, and what they can stand for.

Only what the definitions themselves settle is filled in: the axes of loops and variables with a
value that is written down. Everything else is decided when the pipeline runs.
https://developer.harness.io/docs/platform/variables-and-expressions/harness-variables
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import product
from math import prod

from assurance.model.unknown import unknown

_EXPRESSION = re.compile(r"<\+([^<>]*)>")
_MOST = 1000


def has_expression(value: object) -> bool:
    """Whether a value is text of which a part is decided when the pipeline runs."""
    return isinstance(value, str) and "<+" in value


def readings(text: str, known: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Return everything that a text can stand for; unknown where that is not settled.

    Args:
        text: As it is written.
        known: The values of expressions by what stands between `<+` and `>`.
    """
    if "<+" not in text:
        return (text,)
    names = tuple(dict.fromkeys(found.strip() for found in _EXPRESSION.findall(text)))
    undecided: tuple[str, ...] = unknown(f"{text} is decided by the run")
    if not names or any(name not in known for name in names):
        return undecided
    if prod(len(known[name]) for name in names) > _MOST:
        return undecided
    rows = product(*(known[name] for name in names))
    return tuple(dict.fromkeys(_filled(text, dict(zip(names, row, strict=True))) for row in rows))


def _filled(text: str, values: Mapping[str, str]) -> str:
    return _EXPRESSION.sub(lambda found: values[found[1].strip()], text)
