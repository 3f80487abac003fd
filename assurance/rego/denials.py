"""What a policy denies, and whether it denies anything else than everything.

A policy says something only where it lets one definition through and denies another. One that
denies nothing that it is shown, and one that denies all of it, cannot be tried.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar

from assurance.rego.evaluation import Evaluator, Rego
from assurance.rego.payloads import payload
from assurance.rego.reduction import Denies, reduced
from assurance.rego.violations import Violation
from assurance.reshaping.definitions import Definitions

_BATCH = 8
_MOST, _ENOUGH = 2_500_000, 500_000
"""How many characters of candidates are shown: to find one that is denied, and to find others.

What the interpreter takes is in proportion to them.
"""
_TRIED = 3

_Item = TypeVar("_Item")


@dataclass(frozen=True, slots=True, kw_only=True)
class Denied:
    """A definition that a policy denies.

    Attributes:
        words: What was broken, for a reader.
        definitions: The denied one, and then what it uses.
        message: What the policy said.
        outline: All that it said, each thing once, without names and numbers.
    """

    words: str
    definitions: Definitions
    message: str
    outline: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What came of showing definitions to a policy.

    Attributes:
        denied: A few that it denies, each with another message.
        number: How many it was shown.
        passed: How many of them it let through.
    """

    denied: tuple[Denied, ...]
    number: int
    passed: int


def batches(items: Iterator[_Item]) -> Iterator[tuple[_Item, ...]]:
    """Yield items as many at a time as one request holds."""
    while group := tuple(islice(items, _BATCH)):
        yield group


def shown(rego: Rego, candidates: Iterator[Violation], evaluator: Evaluator) -> Shown:
    """Show candidates to a policy until it has denied enough of them.

    Raises:
        PolicyError: It cannot be evaluated.
    """
    found: dict[str, Denied] = {}
    number = passed = length = 0
    for group in batches(candidates):
        for each, messages in zip(group, said(rego, group, evaluator), strict=True):
            number += 1
            passed += not messages
            if messages and len(found) < _TRIED:
                denied = _denied(each, messages)
                found.setdefault(denied.outline, denied)
        length += sum(len(json.dumps(definitions[0].values)) for _, definitions in group)
        if len(found) == _TRIED or length >= (_ENOUGH if found else _MOST):
            break
    return Shown(denied=tuple(found.values()), number=number, passed=passed)


def lets_one_through(rego: Rego, candidates: Iterator[Violation], evaluator: Evaluator) -> bool:
    """Tell whether a policy lets any candidate through."""
    length = 0
    for group in batches(candidates):
        if not all(said(rego, group, evaluator)):
            return True
        length += sum(len(json.dumps(definitions[0].values)) for _, definitions in group)
        if length >= _ENOUGH:
            break
    return False


def said(
    rego: Rego, group: Iterable[Violation], evaluator: Evaluator
) -> tuple[tuple[str, ...], ...]:
    """Return what a policy says of each."""
    return evaluator.denials(rego, [payload(definitions[0]) for _, definitions in group])


def _denied(violation: Violation, messages: tuple[str, ...]) -> Denied:
    words, definitions = violation
    return Denied(
        words=words, definitions=definitions, message=messages[0], outline=_outline(messages)
    )


def _outline(messages: Iterable[str]) -> str:
    """Return what is said, each thing once, without the names in it and the numbers.

    What is wrong twice is wrong in one of the two places, too, and there nothing else hides it.
    """
    return " ".join(sorted({re.sub(r"'[^']*'|\"[^\"]*\"|\d+", "", each) for each in messages}))


def remaining(rego: Rego, denied: Denied, evaluator: Evaluator) -> Denies:
    """Return what tells whether a policy still says the same."""

    def remains(definitions: Definitions) -> bool:
        (messages,) = said(rego, [("", definitions)], evaluator)
        return _outline(messages) == denied.outline

    return remains


def least(rego: Rego, denied: Denied, evaluator: Evaluator) -> Definitions:
    """Return the least of the definitions against which the policy says the same."""
    return reduced(denied.definitions, remaining(rego, denied, evaluator))
