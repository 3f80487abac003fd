"""Steps into step groups and out of them.

A step group runs its steps as its stage would have run them. What makes a difference is excluded:
failure actions that name the group around them (`StepGroupRollback`, `RetryStepGroup`), a
condition of a step that follows another (a failure inside the group is seen differently from one
before it), and everything that a group sets for its steps, such as the containers that they run in.
The condition of a single step is repeated on its group, for a group without one does not start
after a failure. A background service stays where it is: its life follows what surrounds it.
https://developer.harness.io/docs/continuous-delivery/x-platform-cd-features/cd-steps/step-groups
"""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from typing import Any

from assurance.reshaping.definitions import Definitions, Place, Reshape, copied, fresh
from assurance.reshaping.expressions import Said, can_move, move, said_of_steps
from assurance.reshaping.items import (
    Items,
    is_mirrored,
    is_out_of_reach,
    list_of,
    replace,
    slot_at,
)
from assurance.reshaping.structure import Slot, every_slot

STEM = "group"
_OF_THE_GROUP = ("StepGroupRollback", "RetryStepGroup")
_PLAIN = {"identifier", "name", "steps", "when", "description"}


def _wrap_places(definitions: Definitions) -> Iterator[Place]:
    said = said_of_steps(definitions)
    for slot in every_slot(definitions):
        if _can_be_wrapped(definitions, slot, said):
            yield Place(
                words=f"wraps {slot.name} in a step group",
                definition=slot.definition,
                path=slot.items,
                detail=(slot.index, slot.index + 1),
            )


def _run_places(definitions: Definitions) -> Iterator[Place]:
    said = said_of_steps(definitions)
    lists: dict[tuple[object, ...], list[Slot]] = {}
    for slot in every_slot(definitions):
        if slot.execution and not slot.beside:
            lists.setdefault((slot.definition, slot.items), []).append(slot)
    for members in lists.values():
        whole = len(members) == len(list_of(definitions, members[0])) > 1
        fit = all(
            _can_be_wrapped(definitions, slot, said) and "when" not in _settings(slot)
            for slot in members
        )
        if whole and fit:
            yield Place(
                words=f"wraps {members[0].name} and those after it in a step group",
                definition=members[0].definition,
                path=members[0].items,
                detail=(0, len(members)),
            )


def _settings(slot: Slot) -> dict[str, Any]:
    return slot.body if isinstance(slot.body, dict) else {}


def _can_be_wrapped(definitions: Definitions, slot: Slot, said: Said) -> bool:
    if slot.kind not in ("step", "stepGroup", "parallel") or not slot.execution:
        return False
    if slot.kind == "parallel":
        inside = (*slot.items, slot.index, "parallel")
        members = [
            each
            for each in every_slot(definitions)
            if each.items == inside and each.definition == slot.definition
        ]
        alone = not slot.beside and not is_mirrored(definitions, slot)
        return alone and all(_can_be_wrapped(definitions, each, said) for each in members)
    if _names_its_group(slot.body.get("failureStrategies")) or _is_bound(definitions, slot):
        return False
    return not is_out_of_reach(definitions, slot) and can_move(definitions, [slot], said)


def _is_bound(definitions: Definitions, slot: Slot) -> bool:
    """Tell whether an item depends on what surrounds it: containers of a group, or services."""
    node: Any = definitions[slot.definition].values
    around = [node := node[part] for part in slot.items]
    of_a_group = any("stepGroupInfra" in each for each in (*around, slot.body))
    return of_a_group or slot.body.get("type") == "Background"


def _names_its_group(strategies: object) -> bool:
    text = json.dumps(strategies)
    return any(action in text for action in _OF_THE_GROUP)


def _wrap(definitions: Definitions, place: Place) -> Definitions:
    changed = copied(definitions)
    first, end = int(place.detail[0]), int(place.detail[1])
    name = fresh(definitions, STEM)
    moved = [slot_at(changed, place.definition, place.path, at) for at in range(first, end)]
    for slot in _members(changed, moved):
        move(changed, slot, (*slot.groups, name))

    def grouped(items: Items) -> Items:
        group: dict[str, Any] = {"identifier": name, "name": name, "steps": items}
        conditions = [body["when"] for body in items[0].values() if "when" in body]
        if conditions and len(items) == 1:
            group["when"] = copy.deepcopy(conditions[0])
        return [{"stepGroup": group}]

    replace(changed, moved, grouped)
    return changed


def _members(definitions: Definitions, moved: list[Slot]) -> Iterator[Slot]:
    """Yield what expressions can name: for a parallel block, its members."""
    for slot in moved:
        if slot.kind != "parallel":
            yield slot
        inside = (*slot.items, slot.index, "parallel")
        for member in every_slot(definitions):
            if member.definition == slot.definition and member.items == inside:
                yield member


def _flat_places(definitions: Definitions) -> Iterator[Place]:
    for slot in every_slot(definitions):
        if slot.kind == "stepGroup" and _can_be_flattened(definitions, slot):
            yield Place(
                words=f"takes the steps out of {slot.name}",
                definition=slot.definition,
                path=slot.items,
                detail=(slot.index,),
            )


def _can_be_flattened(definitions: Definitions, group: Slot) -> bool:
    body, steps = _settings(group), _settings(group).get("steps")
    if set(body) - _PLAIN or not isinstance(steps, list) or not steps:
        return False
    members = _inside(definitions, group)
    if len(members) != len(steps) or (group.beside and len(members) != 1):
        return False
    if any(_names_its_group(_settings(member).get("failureStrategies")) for member in members):
        return False
    if any(member.kind == "parallel" for member in members) or is_out_of_reach(definitions, group):
        return False
    conditions = [_settings(member).get("when") for member in members]
    alone = len(members) == 1 and conditions[0] == body.get("when")
    plain = "when" not in body and not any(conditions)
    return (alone or plain) and _is_never_named(definitions, group, members)


def _is_never_named(definitions: Definitions, group: Slot, members: list[Slot]) -> bool:
    others = {
        slot.identifier
        for slot in every_slot(definitions)
        if slot.definition == group.definition and slot.items == group.items
    }
    collides = any(member.identifier in others for member in members)
    said = said_of_steps(definitions)
    movable = not collides and can_move(definitions, members, said)
    return movable and _only_through(definitions, group)


def _only_through(definitions: Definitions, group: Slot) -> bool:
    text = json.dumps([each.values for each in definitions])
    name = f"teps.{group.identifier}"
    return text.count(name) == text.count(f"{name}.steps.")


def _inside(definitions: Definitions, group: Slot) -> list[Slot]:
    path = (*group.items, group.index, "stepGroup", "steps")
    return [
        slot
        for slot in every_slot(definitions)
        if slot.definition == group.definition and slot.items == path
    ]


def _flatten(definitions: Definitions, place: Place) -> Definitions:
    changed = copied(definitions)
    group = slot_at(changed, place.definition, place.path, int(place.detail[0]))
    for member in _inside(changed, group):
        move(changed, member, group.groups)
    replace(changed, [group], lambda items: list(items[0]["stepGroup"].get("steps", ())))
    return changed


WRAP_IN_GROUP = Reshape(name="wrap a step in a step group", places=_wrap_places, apply=_wrap)
WRAP_RUN = Reshape(name="wrap steps in one step group", places=_run_places, apply=_wrap)
FLATTEN = Reshape(name="take steps out of a plain group", places=_flat_places, apply=_flatten)
