"""Items of a list replaced in a structure and in its partial copies alike."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from assurance.reshaping.definitions import Definitions, Path, at
from assurance.reshaping.structure import Slot, copies, roots, slots

Items = list[Any]


def list_of(definitions: Definitions, slot: Slot) -> Items:
    """Return the list that an item stands in."""
    found: Items = at(definitions[slot.definition].values, slot.items)
    return found


def slot_at(definitions: Definitions, definition: int, items: Path, index: int) -> Slot:
    """Return the item of a structure that stands at a place."""
    return next(
        slot
        for root in roots(definitions)
        if root.definition == definition
        for slot in slots(definitions, root)
        if slot.items == items and slot.index == index
    )


def replace(
    definitions: Definitions, moved: Iterable[Slot], change: Callable[[Items], Items]
) -> None:
    """Put other items into the place of neighbours, here and in every partial copy, in place.

    Args:
        definitions: They are written to.
        moved: Neighbours of one list.
        change: Makes the new items of the old ones; a copy may hold only some of them.
    """
    here = list(moved)
    there = _mirrored(definitions, here)
    for group in (here, *there):
        items = list_of(definitions, group[0])
        start, end = group[0].index, group[-1].index + 1
        items[start:end] = change(items[start:end])


def _mirrored(definitions: Definitions, moved: list[Slot]) -> list[list[Slot]]:
    """Return what the partial copies hold of the same items, the last in a file first."""
    keys = {slot.key for slot in moved if slot.identifier}
    groups: dict[tuple[int, Path], list[Slot]] = {}
    for root in roots(definitions):
        if root.definition == moved[0].definition:
            for copy in copies(definitions, root):
                for slot in slots(definitions, copy):
                    if slot.key in keys:
                        groups.setdefault((slot.definition, slot.items), []).append(slot)
    return list(groups.values())


def is_mirrored(definitions: Definitions, slot: Slot) -> bool:
    """Tell whether a partial copy holds anything of the list that an item stands in."""
    same = [root for root in roots(definitions) if root.definition == slot.definition]
    return any(
        (copied.stage, copied.groups, copied.execution) == (slot.stage, slot.groups, slot.execution)
        for root in same
        for copy in copies(definitions, root)
        for copied in slots(definitions, copy)
    )


def is_out_of_reach(definitions: Definitions, slot: Slot) -> bool:
    """Tell whether something repeats an item that cannot be moved along with it.

    That is the input of a trigger, which is text, and what an input set says of a template.
    """
    texts = [
        str(each.values.get("inputYaml", "")) for each in definitions if each.kind == "trigger"
    ]
    if definitions[slot.definition].kind == "template":
        sets = (str(each.values) for each in definitions if each.kind == "input_set")
        texts.extend(text for text in sets if "templateInputs" in text)
    return bool(slot.identifier) and any(slot.identifier in text for text in texts)
