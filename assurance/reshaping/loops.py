"""Loops that run once: what is repeated one time, or over a matrix of one value, runs as before.

The copies of what is repeated have identifiers of their own, so nothing is looped that an
expression, a rule or an input names. Approvals, barriers and background services stay as they are.
https://developer.harness.io/docs/platform/pipelines/looping-strategies/looping-strategies-matrix-repeat-and-parallelism
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from typing import Any

from assurance.reshaping.definitions import Definitions, Place, Reshape, at, copied, strings
from assurance.reshaping.expressions import expressions
from assurance.reshaping.items import is_mirrored, is_out_of_reach
from assurance.reshaping.structure import Slot, every_slot

_ONCE: dict[str, dict[str, Any]] = {
    "repeats {} once": {"repeat": {"times": 1}},
    "runs {} over a list of one": {"repeat": {"items": ["once"]}},
    "runs {} over a matrix of one": {"matrix": {"round": ["once"]}},
    "runs {} with a parallelism of one": {"parallelism": 1},
}
_NEVER = re.compile(r"Approval$|^Barrier$|^Background$")


def _places(definitions: Definitions) -> Iterator[Place]:
    named = _named(definitions)
    for slot in every_slot(definitions):
        if _can_be_looped(definitions, slot, named):
            for number, words in enumerate(_ONCE):
                yield Place(
                    words=words.format(slot.name),
                    definition=slot.definition,
                    path=(*slot.items, slot.index, slot.kind),
                    detail=(number,),
                )


def _named(definitions: Definitions) -> frozenset[str]:
    """Return every word of an expression, and every text that is one word."""
    said = (each.values for each in definitions)
    return frozenset(
        word
        for values in said
        for text in (*expressions(values), *_beside(values))
        for word in re.findall(r"\w+", text)
    )


def _beside(values: dict[str, Any]) -> Iterator[str]:
    """Yield what stands where an item could be named: not its own identifier or name."""
    for key, value in values.items():
        if key not in ("identifier", "name"):
            for node in value if isinstance(value, list) else (value,):
                yield from _beside(node) if isinstance(node, dict) else strings(node)


def _can_be_looped(definitions: Definitions, slot: Slot, named: frozenset[str]) -> bool:
    if slot.kind not in ("step", "stepGroup", "stage") or not isinstance(slot.body, dict):
        return False
    if {"strategy", "template"} & set(slot.body) or slot.execution == "rollbackSteps":
        return False
    if _NEVER.search(str(slot.body.get("type", ""))) or slot.identifier in named:
        return False
    inside = [] if slot.kind == "step" else _inside(definitions, slot)
    if any(each.identifier in named or _NEVER.search(_type(each)) for each in inside):
        return False
    return not is_mirrored(definitions, slot) and not is_out_of_reach(definitions, slot)


def _inside(definitions: Definitions, slot: Slot) -> list[Slot]:
    path = (*slot.items, slot.index)
    return [
        each
        for each in every_slot(definitions)
        if each.definition == slot.definition and each.items[: len(path)] == path
    ]


def _type(slot: Slot) -> str:
    return str(slot.body.get("type", "")) if isinstance(slot.body, dict) else ""


def _apply(definitions: Definitions, place: Place) -> Definitions:
    changed = copied(definitions)
    node = at(changed[place.definition].values, place.path)
    node["strategy"] = copy.deepcopy(list(_ONCE.values())[int(place.detail[0])])
    return changed


LOOP_ONCE = Reshape(name="run something in a loop of one", places=_places, apply=_apply)
