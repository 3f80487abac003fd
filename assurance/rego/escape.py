"""Which ways of writing the same a policy does not see through.

A pipeline that a policy denies is written in other shapes that mean the same, one reshape first,
then two. Where the policy falls silent, that shape escapes it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum, auto

from assurance.rego.denials import Denied, batches, least, lets_one_through, remaining, said, shown
from assurance.rego.evaluation import Evaluator, Rego
from assurance.rego.reduction import trimmed
from assurance.rego.shapes import Shape, repeated, series
from assurance.rego.violations import Violation
from assurance.reshaping.definitions import Definition
from assurance.reshaping.reshapes import written_out

KINDS = ("pipeline", "template")
"""What has a shape."""

_ENTITY = re.compile(r"\binput\.(\w+)|\binput\[\"(\w+)\"\]")
_BESIDE = {"metadata"}
"""What Harness tells a policy besides the definition."""
Candidates = Callable[[], Iterator[Violation]]


class Verdict(Enum):
    """What a policy makes of a shape of what it denies."""

    DENIED = auto()
    HIDDEN = auto()
    SILENT = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Escape:
    """A shape in which a policy no longer denies.

    Attributes:
        denied: What was denied.
        shape: The shape.
        is_hidden: Whether it escapes only where Harness does not put templates into the payload.
    """

    denied: Denied
    shape: Shape
    is_hidden: bool = False

    @property
    def words(self) -> str:
        """What somebody does to escape."""
        return " and then ".join(place.words for _, place in self.shape.applied)


class Untried(Enum):
    """Why nothing can be said of a policy."""

    SHAPELESS = auto()
    NOTHING = auto()
    EVERYTHING = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """What came of a policy.

    Attributes:
        rego: The policy.
        untried: Why it could not be tried; None where it was.
        number: How many definitions it was shown.
        denied: What it was tried on.
        shapes: How many shapes of them it saw.
        escapes: One of each kind.
        smallest: The smallest of them that counts, cut down to what the policy looks at.
    """

    rego: Rego
    untried: Untried | None = None
    number: int = 0
    denied: tuple[Denied, ...] = ()
    shapes: int = 0
    escapes: tuple[Escape, ...] = ()
    smallest: tuple[Escape, Definition] | None = None

    @property
    def counting(self) -> tuple[Escape, ...]:
        """What escapes however Harness shows a policy its templates."""
        return tuple(each for each in self.escapes if not each.is_hidden)


def kind_of(rego: Rego) -> str:
    """Return the kind of definition that a policy judges; empty where it has no shape."""
    asked = {first or second for first, second in _ENTITY.findall(rego.text)} - _BESIDE
    return next((kind for kind in KINDS if kind in asked), "" if asked else KINDS[0])


def attempt(
    rego: Rego, candidates: Candidates, others: Candidates, evaluator: Evaluator
) -> Attempt:
    """Try a policy on what it denies among the candidates.

    Args:
        rego: The policy.
        candidates: Definitions to try it on.
        others: Definitions of which it should let one through, if it does not so before.
        evaluator: Asks it.

    Raises:
        PolicyError: It cannot be evaluated.
    """
    evaluator.denials(rego, [{}])  # what is not Rego is said even where nothing is to be tried
    if not kind_of(rego):
        return Attempt(rego=rego, untried=Untried.SHAPELESS)
    found = shown(rego, candidates(), evaluator)
    if not found.denied:
        return Attempt(rego=rego, untried=Untried.NOTHING, number=found.number)
    if not found.passed and not lets_one_through(rego, others(), evaluator):
        return Attempt(rego=rego, untried=Untried.EVERYTHING, number=found.number)
    return _tried(rego, found.denied, evaluator)


def _tried(rego: Rego, denied: tuple[Denied, ...], evaluator: Evaluator) -> Attempt:
    found: dict[tuple[str, ...], Escape] = {}
    shapes = 0
    for each in denied:
        for names, shapes_of in series(least(rego, each, evaluator), each.definitions):
            if any(set(names) >= set(before) for before in found):
                continue
            for shape, verdict in _verdicts(rego, shapes_of, evaluator):
                shapes += 1
                if verdict is not Verdict.DENIED:
                    hidden = verdict is Verdict.HIDDEN
                    found[names] = Escape(denied=each, shape=shape, is_hidden=hidden)
                    break
    escapes = tuple(found.values())
    smallest = _smallest(rego, escapes, evaluator)
    return Attempt(rego=rego, denied=denied, shapes=shapes, escapes=escapes, smallest=smallest)


def _smallest(
    rego: Rego, escapes: tuple[Escape, ...], evaluator: Evaluator
) -> tuple[Escape, Definition] | None:
    counting = [each for each in escapes if not each.is_hidden]
    if not counting:
        return None
    chosen = min(counting, key=lambda each: len(str(each.shape.definitions[0].values)))
    return chosen, _cut_down(rego, chosen, evaluator)


def _cut_down(rego: Rego, escape: Escape, evaluator: Evaluator) -> Definition:
    """Return what escapes, without the settings that do not matter, if it escapes without them."""
    shape = escape.shape
    source = trimmed(shape.source, remaining(rego, escape.denied, evaluator))
    again = repeated(source, shape.applied)
    if again is None or _silence(rego, again, evaluator) is Verdict.HIDDEN:
        return shape.definitions[0]
    return again.definitions[0]


def _verdicts(
    rego: Rego, shapes: Iterator[Shape], evaluator: Evaluator
) -> Iterator[tuple[Shape, Verdict]]:
    """Yield every shape of what is denied with what the policy makes of it."""
    for group in batches(shapes):
        answers = said(rego, [("", shape.definitions) for shape in group], evaluator)
        for shape, messages in zip(group, answers, strict=True):
            if messages:
                yield shape, Verdict.DENIED
            elif all(said(rego, [("", shape.source)], evaluator)):
                yield shape, _silence(rego, shape, evaluator)


def _silence(rego: Rego, shape: Shape, evaluator: Evaluator) -> Verdict:
    (messages,) = said(rego, [("", (written_out(shape.definitions, 0),))], evaluator)
    return Verdict.HIDDEN if messages else Verdict.SILENT
