"""What came of a policy, for a reader."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from itertools import groupby

import yaml

from assurance.rego.escape import Attempt, Untried

_UNTRIED = {
    Untried.SHAPELESS: "it asks for nothing of a pipeline or a template, which alone have shapes.",
    Untried.NOTHING: "it denies none of the {number} definitions that it was shown.",
    Untried.EVERYTHING: "it denies everything that it was shown, so no shape could escape it.",
}
_REMEDIES = {
    Untried.SHAPELESS: "Nothing is to be done; a scenario judges it.",
    Untried.NOTHING: "Name some that it must deny with --pipelines.",
    Untried.EVERYTHING: "Name what it must not deny in its rule `deny`.",
}
_METADATA = "`input.metadata`, of which it also makes use, is not in what it was shown."
_HIDDEN = "(where the payload lacks the template; put the policy on templates too)"
_EVERYWHERE = (
    "Remedy: find steps and stages wherever they stand, with `walk(input, [path, value])`, "
    "instead of by one path."
)


def lines_of(attempt: Attempt) -> Iterator[str]:
    """Yield what is said of a policy, line by line."""
    file = attempt.rego.file
    if attempt.untried is not None:
        reason = _UNTRIED[attempt.untried].format(number=attempt.number)
        yield f"{file}: could not be tried: {reason}"
        yield f"  {_REMEDIES[attempt.untried]}"
        if "input.metadata" in attempt.rego.text:
            yield f"  {_METADATA}"
        return
    yield f"{file}: {_count(attempt)} ({attempt.shapes} shapes of {_denied(attempt)})."
    in_order = sorted(attempt.escapes, key=lambda each: attempt.denied.index(each.denied))
    for denied, escapes in groupby(in_order, key=lambda each: each.denied):
        yield f"  {denied.words} is denied: {denied.message}"
        for each in escapes:
            yield f"    and is not, when somebody {each.words}"
            if each.is_hidden:
                yield f"    {_HIDDEN}"
    yield from _smallest(attempt)


def _count(attempt: Attempt) -> str:
    number = len(attempt.counting)
    if not number:
        return "no kind of reshape escapes it"
    return "1 kind of reshape escapes it" if number == 1 else f"{number} kinds of reshape escape it"


def _denied(attempt: Attempt) -> str:
    number = len(attempt.denied)
    return "1 denied definition" if number == 1 else f"{number} denied definitions"


def _smallest(attempt: Attempt) -> Iterator[str]:
    """Yield the smallest shape that escapes, and what can be done."""
    if attempt.smallest is None:
        return
    escape, definition = attempt.smallest
    text = yaml.safe_dump({definition.kind: definition.values}, sort_keys=False, width=80)
    yield f"  This {definition.kind} escapes, after somebody {escape.words}"
    yield "  (what does not matter to the policy is left out):"
    yield from textwrap.indent(text.rstrip(), "    ").splitlines()
    yield f"  {_EVERYWHERE}"
