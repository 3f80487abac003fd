"""What a step takes from its group or stage, written where it is taken from or where it acts.

A step answers to a failure with its own strategy, else with that of the nearest group that has one,
else with that of its stage; copied down unchanged it says the same. Only actions that mean the same
wherever they stand are moved: `Abort`, `MarkAsFailure`, `StageRollback`, `PipelineRollback`.
Selectors of delegates are inherited alike. A condition that says what holds without one
(`stageStatus: Success`, `pipelineStatus: Success`) changes nothing.
https://developer.harness.io/docs/platform/pipelines/failure-handling/define-a-failure-strategy-on-stages-and-steps
"""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from typing import Any

from assurance.reshaping.definitions import Definitions, Place, Reshape, at, copied
from assurance.reshaping.structure import Slot, every_slot

MOVABLE = {"Abort", "MarkAsFailure", "StageRollback", "PipelineRollback"}


def _enclosing(definitions: Definitions, slot: Slot, setting: str) -> Any:
    """Return what a step inherits from the nearest group or stage that sets it."""
    node: Any = definitions[slot.definition].values
    found: Any = None
    for part in slot.items:
        node = node[part]
        if isinstance(node, dict) and "identifier" in node and setting in node:
            found = node[setting]
    return found


def _is_movable(strategies: object) -> bool:
    actions = _actions(strategies)
    return bool(actions) and actions <= MOVABLE


def _actions(node: object) -> set[str]:
    if isinstance(node, list):
        return set().union(*(_actions(each) for each in node))
    if isinstance(node, dict):
        action = node.get("action")
        own = {str(action.get("type"))} if isinstance(action, dict) else set()
        return own.union(*(_actions(each) for each in node.values()))
    return set()


def _down_places(definitions: Definitions) -> Iterator[Place]:
    for slot in _own_steps(definitions, "step", "stepGroup"):
        inherited = _enclosing(definitions, slot, "failureStrategies")
        if "failureStrategies" not in slot.body and _is_movable(inherited):
            words = f"writes the inherited failure strategies at {slot.name}"
            yield _place(words, slot, "failureStrategies")


def _up_places(definitions: Definitions) -> Iterator[Place]:
    for slot in _own_steps(definitions, "step", "stepGroup"):
        own = slot.body.get("failureStrategies")
        inherited = _enclosing(definitions, slot, "failureStrategies")
        if own is not None and _is_movable(own) and _same(own, inherited):
            words = f"leaves out at {slot.name} the failure strategies that it inherits anyway"
            yield _place(words, slot, "failureStrategies")


def _same(one: object, other: object) -> bool:
    return json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)


def _own_steps(definitions: Definitions, *kinds: str) -> Iterator[Slot]:
    for slot in every_slot(definitions):
        own = isinstance(slot.body, dict) and "template" not in slot.body
        if own and slot.kind in kinds and slot.execution:
            yield slot


def _selector_places(definitions: Definitions) -> Iterator[Place]:
    for slot in _own_steps(definitions, "stepGroup"):
        inherited = _enclosing(definitions, slot, "delegateSelectors")
        if isinstance(inherited, list) and "delegateSelectors" not in slot.body:
            words = f"writes the inherited delegate selectors at {slot.name}"
            yield _place(words, slot, "delegateSelectors")


def _place(words: str, slot: Slot, setting: str) -> Place:
    path = (*slot.items, slot.index, slot.kind)
    return Place(words=words, definition=slot.definition, path=path, detail=(setting,))


def _write_down(definitions: Definitions, place: Place) -> Definitions:
    changed = copied(definitions)
    setting = str(place.detail[0])
    body = at(changed[place.definition].values, place.path)
    slot = next(
        each
        for each in every_slot(changed)
        if each.definition == place.definition and each.body is body
    )
    body[setting] = copy.deepcopy(_enclosing(changed, slot, setting))
    return changed


def _leave_out(definitions: Definitions, place: Place) -> Definitions:
    changed = copied(definitions)
    del at(changed[place.definition].values, place.path)[str(place.detail[0])]
    return changed


def _condition_places(definitions: Definitions) -> Iterator[Place]:
    for slot in every_slot(definitions):
        plain = isinstance(slot.body, dict) and not {"when", "template"} & set(slot.body)
        if (
            plain
            and slot.kind in ("step", "stepGroup", "stage")
            and slot.execution != "rollbackSteps"
        ):
            yield _place(f"says of {slot.name} that it runs after success", slot, "when")


def _say_condition(definitions: Definitions, place: Place) -> Definitions:
    changed = copied(definitions)
    kind = "pipelineStatus" if place.path[-1] == "stage" else "stageStatus"
    at(changed[place.definition].values, place.path)["when"] = {kind: "Success"}
    return changed


WRITE_STRATEGIES = Reshape(
    name="write an inherited failure strategy down", places=_down_places, apply=_write_down
)
LEAVE_STRATEGIES = Reshape(
    name="leave out an inherited failure strategy", places=_up_places, apply=_leave_out
)
WRITE_SELECTORS = Reshape(
    name="write inherited selectors down", places=_selector_places, apply=_write_down
)
SAY_CONDITION = Reshape(
    name="say a default condition", places=_condition_places, apply=_say_condition
)
