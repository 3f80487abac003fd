"""What a runtime input accepts: `<+input>` with the conditions that may follow it.

A value has to match all of a pattern, and one of the choices; of a list each item has to. What an
expression decides is not known before the run. `default` and `executionInput` accept any value.
https://developer.harness.io/docs/platform/variables-and-expressions/runtime-inputs
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from assurance.model.unknown import is_unknown, unknown
from assurance.readers.java_patterns import java_matches

_INPUT = "<+input>"
_CONDITIONS = "allowedValues|selectOneFrom|selectManyFrom|default|regex|executionInput"
_CONDITION = re.compile(
    rf"\.(?P<name>{_CONDITIONS})\((?P<terms>.*?)\)\s*(?=$|\.(?:{_CONDITIONS})\()", re.DOTALL
)
"""A condition ends where the text does, or another one begins: its terms may hold parentheses."""


def refused(given: Any, taken: Any, taker: str) -> Any:
    """Return why something that has `taken` in a place does not take an input; empty if it does.

    Args:
        given: The value that an input set has there.
        taken: What is written in what takes the input.
        taker: That, in words.

    Returns:
        A text, or unknown where nobody can tell before the run whether it does.
    """
    if not isinstance(taken, str) or not taken.strip().startswith(_INPUT):
        return f"{taker} has {_shown(taken)} there, which is no input"
    if isinstance(given, dict) or "<+" in str(given):
        return ""
    values = given if isinstance(given, list) else [given]
    faults = [
        fault
        for condition in _CONDITION.finditer(taken.strip().removeprefix(_INPUT))
        for fault in _faults(condition["name"], condition["terms"], values)
    ]
    wrong = [found for found in faults if not is_unknown(found)]
    return next(iter((*wrong, *faults)), "")


def _faults(name: str, terms: str, values: list[Any]) -> Iterator[Any]:
    """Yield what a condition has against values: a text, or unknown."""
    if name in ("default", "executionInput"):
        return
    for value in values:
        found = _unmatched(terms, value) if name == "regex" else _unchosen(terms, value)
        if is_unknown(found) or found:
            yield found


def _unmatched(pattern: str, value: Any) -> Any:
    if "<+" in pattern:
        return unknown(f"the pattern {pattern} is known when the pipeline runs")
    matches = java_matches(pattern, _said(value)) if _said(value) else False
    if is_unknown(matches):
        return matches
    return "" if matches else f"{_shown(value)} does not match {pattern}"


def _unchosen(terms: str, value: Any) -> Any:
    allowed = [term.strip().strip("'\"") for term in terms.split(",")]
    if _said(value) in allowed:
        return ""
    if "<+" in terms or terms.strip().startswith("jexl("):
        return unknown(f"the choices {terms} are known when the pipeline runs")
    return f"{_shown(value)} is none of {', '.join(allowed)}"


def _said(value: Any) -> str:
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _shown(value: Any) -> str:
    if isinstance(value, dict):
        return "fields"
    if isinstance(value, list):
        return "a list"
    return repr(_said(value)) if value is not None else "nothing"
