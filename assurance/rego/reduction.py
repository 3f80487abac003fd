"""The least of a definition that a policy still denies.

A reshape is tried on what is wrong and on little else: what has nothing to do with the denial costs
the interpreter time, and where two places are wrong, a reshape of one of them hides nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from assurance.reshaping.definitions import Definitions, Path, at, copied
from assurance.reshaping.structure import Slot, every_slot

Part = tuple[Path, int]
"""A list in the definition, and a place in it."""

Denies = Callable[[list[Definitions]], list[bool]]
"""Tells of which definitions the denial remains."""


def reduced(definitions: Definitions, denies: Denies) -> Definitions:
    """Return definitions whose first one lacks the stages and then the steps that are not needed.

    The last item of a list stays, because Harness refuses an empty one.
    """
    for kinds in (("stage", "parallel"), ("stepGroup", "parallel"), ("step",)):
        definitions = _without_needless(definitions, kinds, denies)
    return definitions


def _without_needless(
    definitions: Definitions, kinds: tuple[str, ...], denies: Denies
) -> Definitions:
    """Remove all that each can be removed alone; where that is too much, one after the other."""
    parts = [(slot.items, slot.index) for slot in _slots(definitions) if slot.kind in kinds]
    alone = denies([_without(definitions, [part]) for part in parts])
    needless = [part for part, denied in zip(parts, alone, strict=True) if denied]
    together = _without(definitions, needless)
    if needless and denies([together])[0]:
        return together
    removed: list[Part] = []
    for part in needless:
        if denies([_without(definitions, [*removed, part])])[0]:
            removed.append(part)
    return _without(definitions, removed)


def _slots(definitions: Definitions) -> list[Slot]:
    return [slot for slot in every_slot(definitions[:1]) if slot.kind]


def _without(definitions: Definitions, parts: Iterable[Part]) -> Definitions:
    """Return definitions without some parts of the first, the last of each list first."""
    (changed,) = copied(definitions[:1])
    for items, index in sorted(parts, key=lambda part: (len(part[0]), part[1]), reverse=True):
        there = at(changed.values, items)
        if len(there) > 1:
            del there[index]
    return (changed, *definitions[1:])
