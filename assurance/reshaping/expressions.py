"""Addresses of steps in expressions, rewritten when a step moves.

The output of a step is `<+execution.steps.ID.output…>` in its stage and
`<+pipeline.stages.STAGE.spec.execution.steps.ID.output…>` from elsewhere; in step groups the
address leads through them: `steps.GROUP.steps.ID`.
https://developer.harness.io/docs/platform/variables-and-expressions/harness-variables
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

from assurance.reshaping.definitions import Definitions, at, rewrite, strings
from assurance.reshaping.structure import Slot

EXPRESSION = re.compile(r"<\+(?:[^<>]|<\+[^<>]*>)*>")
"""An expression, with others in it one level deep."""


def expressions(node: Any) -> Iterable[str]:
    """Return every expression under a node."""
    return (found for text in strings(node) for found in EXPRESSION.findall(text))


def in_expressions(text: str, change: Callable[[str], str]) -> str:
    """Return a text with its expressions changed and all else left alone."""
    return EXPRESSION.sub(lambda found: change(found[0]), text)


def address(execution: str, identifiers: Iterable[str]) -> str:
    """Return the part of an expression that names a step: `steps.group.steps.step`."""
    first, *others = identifiers
    return ".".join([execution, first, *(part for name in others for part in ("steps", name))])


Said = tuple[tuple[int, str], ...]
"""Every expression that names a step, with the index of its definition."""


def said_of_steps(definitions: Definitions) -> Said:
    """Return what definitions say of steps: to be gathered once, and asked for every step."""
    return tuple(
        (index, text)
        for index, each in enumerate(definitions)
        for text in expressions(each.values)
        if "teps." in text
    )


def can_move(definitions: Definitions, slots: Iterable[Slot], said: Said) -> bool:
    """Tell whether every expression that names one of these items is of a form we can rewrite."""
    return all(_can_move(definitions, slot, said) for slot in slots if slot.identifier)


def _can_move(definitions: Definitions, slot: Slot, said: Said) -> bool:
    named = re.compile(rf"[sS]teps\.{re.escape(slot.identifier)}\b")
    naming = tuple((index, text) for index, text in said if named.search(text))
    if not naming:
        return True
    forms, around = _forms(slot), tuple(_around(definitions, slot))
    known = sum(_count(text, forms) for text in around)
    mentioned = sum(_count(text, named) for text in around)
    return known == mentioned and not _is_named_from_outside(slot, naming)


def move(definitions: Definitions, slot: Slot, groups: tuple[str, ...]) -> None:
    """Let expressions follow an item to another chain of step groups, in place."""
    if not slot.identifier:
        return
    new = address(slot.execution, (*groups, slot.identifier))
    form = _forms(slot)
    stage = at(definitions[slot.definition].values, slot.stage_path)
    rewrite(stage, lambda text: in_expressions(text, lambda each: form.sub(rf"\g<1>{new}", each)))
    outside = _from_outside(slot)
    if outside is not None:
        pattern = outside
        rewrite(
            definitions[slot.definition].values,
            lambda text: in_expressions(text, lambda each: pattern.sub(rf"\g<1>{new}", each)),
        )


def _old(slot: Slot) -> str:
    return re.escape(address(slot.execution, (*slot.groups, slot.identifier)))


def _forms(slot: Slot) -> re.Pattern[str]:
    stage = rf"pipeline\.stages\.{re.escape(slot.stage)}\.spec\.|" if slot.stage else ""
    prefix = rf"(?:{stage}stage\.spec\.)?execution\."
    return re.compile(rf"(?<![\w.])((?:{prefix})?){_old(slot)}(?!\w)")


def _from_outside(slot: Slot) -> re.Pattern[str] | None:
    if not slot.stage:
        return None
    stage = re.escape(slot.stage)
    prefix = rf"pipeline\.stages\.{stage}\.spec\.execution\."
    return re.compile(rf"(?<![\w.])({prefix}){_old(slot)}(?!\w)")


def _around(definitions: Definitions, slot: Slot) -> Iterable[str]:
    return expressions(at(definitions[slot.definition].values, slot.stage_path))


def _count(text: str, pattern: re.Pattern[str]) -> int:
    return len(pattern.findall(text))


def _is_named_from_outside(slot: Slot, naming: Said) -> bool:
    """Tell whether an expression names an item from elsewhere in a way we do not follow.

    What stands in another definition may come to stand beside the item, as a template does.
    """
    follow = _from_outside(slot)
    stage = re.compile(rf"stages\.{re.escape(slot.stage)}\b" if slot.stage else r"stages\.")
    for index, text in naming:
        if index != slot.definition:
            return True
        if stage.search(text) and not (follow and follow.search(text)):
            return True
    return False
