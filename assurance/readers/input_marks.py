"""What a runtime input accepts: `<+input>` with the conditions that may follow it.

https://developer.harness.io/docs/platform/variables-and-expressions/runtime-inputs
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

_INPUT = "<+input>"
_CHOICES = re.compile(r"\.(?:allowedValues|selectOneFrom|selectManyFrom)\(([^()]*)\)")


def refused(given: Any, taken: Any, taker: str) -> str:
    """Return why something that has `taken` in a place does not take an input; empty if it does.

    Args:
        given: The value that an input set has there.
        taken: What is written in what takes the input.
        taker: That, in words.
    """
    if not isinstance(taken, str) or not taken.strip().startswith(_INPUT):
        return f"{taker} has {_shown(taken)} there, which is no input"
    choices = _CHOICES.search(taken)
    if choices is None or isinstance(given, Mapping) or "<+" in str(given):
        return ""
    allowed = [choice.strip().strip("'\"") for choice in choices[1].split(",")]
    wrong = [
        one for one in (given if isinstance(given, list) else [given]) if _said(one) not in allowed
    ]
    return f"{_shown(wrong[0])} is none of {', '.join(allowed)}" if wrong else ""


def _said(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _shown(value: Any) -> str:
    if isinstance(value, Mapping):
        return "fields"
    if isinstance(value, list):
        return "a list"
    return repr(_said(value)) if value is not None else "nothing"
