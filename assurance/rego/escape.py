"""Which ways of writing the same a policy does not see through.

A pipeline that a policy denies is written in other shapes that mean the same, one reshape first,
then two. Where the policy falls silent, that shape escapes it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum, auto
from itertools import islice
from typing import TypeVar

from assurance.rego.evaluation import Evaluator, Rego
from assurance.rego.payloads import payload
from assurance.rego.reduction import reduced
from assurance.rego.violations import Violation
from assurance.reshaping.definitions import Definitions, Place, Reshape
from assurance.reshaping.groups import WRAP_IN_GROUP
from assurance.reshaping.names import RENAME_ENTITY
from assurance.reshaping.parallels import WRAP_IN_PARALLEL
from assurance.reshaping.reshapes import RESHAPES, Applied, written_out

KINDS = ("pipeline", "template")
"""What has a shape."""

_ENTITY = re.compile(r"\binput\.(\w+)|\binput\[\"(\w+)\"\]")
_BATCH = 24
_MOST, _ENOUGH = 2_500_000, 500_000
"""How many characters of candidates are shown: to find one that is denied, and to find others.

What the interpreter takes is in proportion to them.
"""
_TRIED = 3
_DEEPER = (WRAP_IN_GROUP, WRAP_IN_PARALLEL)
_PLACES, _FEW = 40, 2
"""At how many places a kind of reshape is tried, where it applies at more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Escape:
    """A shape in which a policy no longer denies.

    Attributes:
        violation: What was denied, in words.
        message: What the policy said.
        steps: What was done, in words.
        is_hidden: Whether it escapes only where Harness does not put templates into the payload.
    """

    violation: str
    message: str
    steps: tuple[str, ...]
    is_hidden: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """What came of a policy.

    Attributes:
        rego: The policy.
        denied: The violations it was tried on, in words; empty where it could not be tried.
        shapes: How many shapes of them it saw.
        escapes: The smallest one of each kind.
    """

    rego: Rego
    denied: tuple[str, ...]
    shapes: int = 0
    escapes: tuple[Escape, ...] = ()


Shape = tuple[tuple[Applied, ...], Definitions]
"""What was done, and what it led to; the first definition is the one that is judged."""

_Item = TypeVar("_Item")


class Verdict(Enum):
    """What a policy makes of a shape of what it denies."""

    DENIED = auto()
    HIDDEN = auto()
    SILENT = auto()


def _batches(items: Iterator[_Item]) -> Iterator[tuple[_Item, ...]]:
    """Yield items as many at a time as one request holds."""
    while group := tuple(islice(items, _BATCH)):
        yield group


def kind_of(rego: Rego) -> str:
    """Return the kind of definition that a policy judges; empty where it has no shape."""
    asked = {first or second for first, second in _ENTITY.findall(rego.text)}
    return next((kind for kind in KINDS if kind in asked), "")


def attempt(rego: Rego, candidates: Iterator[Violation], evaluator: Evaluator) -> Attempt:
    """Try a policy on what it denies among the candidates.

    Raises:
        PolicyError: It cannot be evaluated.
    """
    evaluator.denials(rego, [{}])  # what is not Rego is said even where nothing is to be tried
    found: dict[tuple[str, ...], Escape] = {}
    denied: list[str] = []
    shapes = 0
    for words, definitions, message in _denied(rego, candidates, evaluator):
        denied.append(words)
        for names, series in _series(_least(rego, definitions, evaluator), definitions):
            if any(set(names) >= set(before) for before in found):
                continue
            for applied, verdict in _verdicts(rego, series, evaluator):
                shapes += 1
                if verdict is not Verdict.DENIED:
                    found[names] = Escape(
                        violation=words,
                        message=message,
                        steps=tuple(place.words for _, place in applied),
                        is_hidden=verdict is Verdict.HIDDEN,
                    )
                    break
    escapes = tuple(found.values())
    return Attempt(rego=rego, denied=tuple(denied), shapes=shapes, escapes=escapes)


def _denied(
    rego: Rego, candidates: Iterator[Violation], evaluator: Evaluator
) -> Iterator[tuple[str, Definitions, str]]:
    """Yield a few violations that a policy denies, each with another message."""
    seen: set[str] = set()
    shown = 0
    for group in _batches(candidates):
        payloads = [payload(definitions[0]) for _, definitions in group]
        answers = evaluator.denials(rego, payloads)
        for (words, definitions), messages in zip(group, answers, strict=True):
            outline = _outline(messages)
            if messages and outline not in seen:
                seen.add(outline)
                yield words, definitions, messages[0]
            if len(seen) >= _TRIED:
                return
        shown += sum(len(json.dumps(each)) for each in payloads)
        if shown >= (_ENOUGH if seen else _MOST):
            return


def _outline(messages: Iterable[str]) -> str:
    """Return what is said, without the names in it and the numbers."""
    return re.sub(r"'[^']*'|\"[^\"]*\"|\d+", "", " ".join(sorted(messages)))


def _least(rego: Rego, definitions: Definitions, evaluator: Evaluator) -> Definitions:
    """Return the least of the definitions against which the policy says the same."""

    def said(some: list[Definitions]) -> list[str]:
        return [_outline(m) for m in evaluator.denials(rego, [payload(each[0]) for each in some])]

    (outline,) = said([definitions])
    return reduced(definitions, lambda some: [each == outline for each in said(some)])


def _verdicts(
    rego: Rego, shapes: Iterator[Shape], evaluator: Evaluator
) -> Iterator[tuple[tuple[Applied, ...], Verdict]]:
    """Yield every shape with what the policy makes of it."""
    for group in _batches(shapes):
        answers = evaluator.denials(rego, [payload(shape[0]) for _, shape in group])
        for (applied, shape), messages in zip(group, answers, strict=True):
            whole = written_out(shape, 0)
            if messages:
                yield applied, Verdict.DENIED
            elif whole is shape[0] or not evaluator.denials(rego, [payload(whole)])[0]:
                yield applied, Verdict.SILENT
            else:
                yield applied, Verdict.HIDDEN


def _series(
    least: Definitions, whole: Definitions
) -> Iterator[tuple[tuple[str, ...], Iterator[Shape]]]:
    """Yield the shapes of each kind of reshape, and then of one nesting in another.

    What does not apply to the least of the definitions is tried at a few places of the whole.
    """
    for reshape in RESHAPES:
        if reshape is not RENAME_ENTITY:
            yield (reshape.name,), _singles(least, whole, reshape)
    for first in _DEEPER:
        for second in _DEEPER:
            yield (first.name, second.name), _pairs(least, first, second)


def _singles(least: Definitions, whole: Definitions, reshape: Reshape) -> Iterator[Shape]:
    places, of = _chosen(least, reshape), least
    if not places:
        places, of = _chosen(whole, reshape)[:_FEW], whole
    for place in places:
        yield ((reshape, place),), reshape.apply(of, place)


def _chosen(definitions: Definitions, reshape: Reshape) -> list[Place]:
    """Return places in the definition that is judged, evenly spread where they are many."""
    places = [place for place in reshape.places(definitions) if place.definition == 0]
    return places[:: len(places) // _PLACES + 1]


def _pairs(definitions: Definitions, first: Reshape, second: Reshape) -> Iterator[Shape]:
    """Yield one nesting in another, inside or around it."""
    before = {each.words for each in second.places(definitions)}
    found = 0
    for place in _chosen(definitions, first):
        shape = first.apply(definitions, place)
        for inner in second.places(shape):
            if inner.words not in before and found < _PLACES:
                found += 1
                yield ((first, place), (second, inner)), second.apply(shape, inner)
