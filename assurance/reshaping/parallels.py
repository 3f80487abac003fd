"""Blocks of things that run side by side.

A parallel block of one runs its only member and waits for it, as the list around it would. The
members of a block of several have no order. Blocks do not stand in one another.
https://developer.harness.io/docs/platform/pipelines/looping-strategies/run-steps-in-parallel
"""

from __future__ import annotations

from collections.abc import Iterator

from assurance.reshaping.definitions import Definitions, Place, Reshape, at, copied, mappings
from assurance.reshaping.items import is_out_of_reach, replace, slot_at
from assurance.reshaping.structure import Slot, every_slot


def _place(words: str, slot: Slot) -> Place:
    return Place(words=words, definition=slot.definition, path=slot.items, detail=(slot.index,))


def _wrap_places(definitions: Definitions) -> Iterator[Place]:
    for slot in every_slot(definitions):
        if slot.kind != "parallel" and not slot.beside and not is_out_of_reach(definitions, slot):
            yield _place(f"puts {slot.name} into a parallel block of its own", slot)


def _wrap(definitions: Definitions, place: Place) -> Definitions:
    changed = copied(definitions)
    slot = slot_at(changed, place.definition, place.path, int(place.detail[0]))
    replace(changed, [slot], lambda items: [{"parallel": items}])
    return changed


def _unwrap_places(definitions: Definitions) -> Iterator[Place]:
    for slot in every_slot(definitions):
        alone = slot.kind == "parallel" and isinstance(slot.body, list) and len(slot.body) == 1
        if alone and not slot.beside and not _is_copied(definitions, slot):
            yield _place(f"takes the only member out of {slot.name}", slot)


def _is_copied(definitions: Definitions, slot: Slot) -> bool:
    """Tell whether an input repeats what stands in a block, and with it the block."""
    inside = (*slot.items, slot.index, "parallel")
    members = [s for s in every_slot(definitions) if s.items == inside]
    identifiers = {member.identifier for member in members if member.identifier}
    texts = [str(each.values) for each in definitions if each.kind in ("input_set", "trigger")]
    for each in definitions:
        for _, mapping in mappings(each.values):
            if "templateInputs" in mapping:
                texts.append(str(mapping["templateInputs"]))
    return any(name in text for name in identifiers for text in texts)


def _unwrap(definitions: Definitions, place: Place) -> Definitions:
    changed = copied(definitions)
    slot = slot_at(changed, place.definition, place.path, int(place.detail[0]))
    replace(changed, [slot], lambda items: list(items[0]["parallel"]))
    return changed


def _swap_places(definitions: Definitions) -> Iterator[Place]:
    for slot in every_slot(definitions):
        if slot.kind == "parallel" and isinstance(slot.body, list) and len(slot.body) > 1:
            yield _place(f"writes the members of {slot.name} in another order", slot)


def _swap(definitions: Definitions, place: Place) -> Definitions:
    changed = copied(definitions)
    block = at(changed[place.definition].values, (*place.path, *place.detail, "parallel"))
    block.append(block.pop(0))
    return changed


WRAP_IN_PARALLEL = Reshape(
    name="put something into a parallel block of one", places=_wrap_places, apply=_wrap
)
UNWRAP_PARALLEL = Reshape(
    name="take something out of a parallel block of one", places=_unwrap_places, apply=_unwrap
)
SWAP_PARALLEL = Reshape(name="reorder what runs side by side", places=_swap_places, apply=_swap)
