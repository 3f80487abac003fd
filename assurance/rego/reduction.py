"""The least of a definition that a policy still denies.

A reshape is tried on what is wrong and on little else: what has nothing to do with the denial costs
the interpreter time, and where two places are wrong, a reshape of one of them hides nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from assurance.reshaping.definitions import Definitions, Path, at, copied, mappings
from assurance.reshaping.structure import KINDS, every_slot

Denies = Callable[[Definitions], bool]
"""Tells whether the denial remains."""

_FRAME = {*KINDS, "identifier", "name", "type", "spec", "stages", "execution", "steps"}
"""What makes a definition one; without it nobody would know what they look at."""


def reduced(definitions: Definitions, denies: Denies) -> Definitions:
    """Return definitions whose first one lacks the stages and then the steps that are not needed.

    The last item of a list stays, because Harness refuses an empty one.
    """
    for kinds in (("stage", "parallel"), ("stepGroup", "parallel"), ("step",)):
        parts = [
            (*slot.items, slot.index) for slot in every_slot(definitions[:1]) if slot.kind in kinds
        ]
        definitions = _without(definitions, _needless(definitions, parts, [], denies))
    return definitions


def trimmed(definitions: Definitions, denies: Denies) -> Definitions:
    """Return definitions whose first one lacks the settings, too, that the denial does not need."""
    parts = [
        (*path, key)
        for path, mapping in mappings(definitions[0].values)
        for key in mapping
        if key not in _FRAME
    ]
    return _without(definitions, _needless(definitions, parts, [], denies))


def _needless(
    definitions: Definitions, parts: list[Path], removed: list[Path], denies: Denies
) -> list[Path]:
    """Return what is removed already and what else can be: all of the parts, or some of a half."""
    if not parts or denies(_without(definitions, [*removed, *parts])):
        return [*removed, *parts]
    if len(parts) == 1:
        return removed
    half = len(parts) // 2
    for some in (parts[half:], parts[:half]):
        removed = _needless(definitions, some, removed, denies)
    return removed


def _without(definitions: Definitions, parts: Iterable[Path]) -> Definitions:
    """Return definitions without some parts of the first: the innermost and the last first."""
    (changed,) = copied(definitions[:1])
    for *path, last in sorted(parts, key=_depth, reverse=True):
        there = at(changed.values, tuple(path))
        if isinstance(there, dict) or len(there) > 1:
            del there[last]
    return (changed, *definitions[1:])


def _depth(part: Path) -> tuple[int, int]:
    last = part[-1]
    return (len(part), last if isinstance(last, int) else 0)
