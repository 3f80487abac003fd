"""Steps, groups, stages and pipelines moved into a template file, and out of one.

A template holds the content of a node without its identifier and name; whoever uses it names the
template and hands over, in `templateInputs`, the value of every field that the template leaves open
with `<+input>`. What was `<+input>` before is handed on as `<+input>`. Harness puts the inputs in
before anything runs, so the pipeline that runs is the same. A stage that takes its service from
another stage stays: a template cannot say that.
https://developer.harness.io/docs/platform/templates/template
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from assurance.reshaping.definitions import (
    Definition,
    Definitions,
    Place,
    Reshape,
    at,
    copied,
    fresh,
    strings,
)
from assurance.reshaping.inputs import filled, inputs_of, open_field, scalar_fields
from assurance.reshaping.items import is_out_of_reach, slot_at
from assurance.reshaping.structure import (
    Slot,
    copies,
    every_slot,
    is_use,
    roots,
    slots,
)

STEM = "template"
VERSION = "1"
_TYPES = {"step": "Step", "stepGroup": "StepGroup", "stage": "Stage"}
_OF_A_PIPELINE = frozenset(
    {
        "allowStageExecutions",
        "delegateSelectors",
        "fixedInputsOnRerun",
        "flowControl",
        "properties",
        "stages",
        "timeout",
        "variables",
    }
)
"""What of a pipeline its template holds; notification rules, tags and scope stay with it."""
_NAMING = ("identifier", "name", "description", "desc")


def _extract_places(definitions: Definitions) -> Iterator[Place]:
    for slot in every_slot(definitions):
        if _can_be_extracted(slot):
            yield from _extractions(slot, (*slot.items, slot.index, slot.kind), slot.name)
    for index, definition in enumerate(definitions):
        if definition.kind == "pipeline" and "stages" in definition.values:
            name = f'the pipeline "{definition.identifier}"'
            yield Place(words=f"moves {name} into a template", definition=index)


def _extractions(slot: Slot, path: tuple[str | int, ...], name: str) -> Iterator[Place]:
    yield Place(words=f"moves {name} into a template", definition=slot.definition, path=path)
    for number, field in enumerate(scalar_fields(slot.body)):
        words = f"moves {name} into a template that leaves {field[-1]} open"
        yield Place(words=words, definition=slot.definition, path=path, detail=(number,))


def _can_be_extracted(slot: Slot) -> bool:
    if slot.kind not in _TYPES or not isinstance(slot.body, dict) or "template" in slot.body:
        return False
    if slot.kind == "stage" and "useFromStage" in set(strings(slot.body)):
        return False
    return "type" in slot.body or slot.kind == "stepGroup"


def _extract(definitions: Definitions, place: Place) -> Definitions:
    changed = copied(definitions)
    owner = changed[place.definition]
    node = at(owner.values, place.path)
    identifier = fresh(definitions, STEM)
    whole = not place.path
    kept = {key: node[key] for key in node if _stays(key, whole=whole)}
    spec = {key: node[key] for key in node if key not in kept}
    inputs = inputs_of(spec) or {}
    if place.detail:
        open_field(spec, inputs, scalar_fields(node)[int(place.detail[0])])
    use: dict[str, Any] = {"templateRef": identifier, "versionLabel": VERSION}
    if inputs:
        use["templateInputs"] = inputs
    _move_copies(changed, place)
    node.clear()
    node.update({**kept, "template": use})
    return (*changed, _template(owner, identifier, _type(place), spec))


def _stays(key: str, *, whole: bool) -> bool:
    return key not in _OF_A_PIPELINE if whole else key in _NAMING


def _type(place: Place) -> str:
    return _TYPES[str(place.path[-1])] if place.path else "Pipeline"


def _template(owner: Definition, identifier: str, type_: str, spec: dict[str, Any]) -> Definition:
    scope: dict[str, Any] = {
        key: owner.values[key]
        for key in ("orgIdentifier", "projectIdentifier")
        if key in owner.values
    }
    values: dict[str, Any] = {
        "identifier": identifier,
        "name": identifier,
        "versionLabel": VERSION,
        "type": type_,
        **scope,
        "spec": spec,
    }
    return Definition(kind="template", values=values, file="", origin=dict(owner.origin))


def _move_copies(definitions: Definitions, place: Place) -> None:
    """Let partial copies lead through the template as well, in place."""
    for node in _copied_nodes(definitions, place):
        whole = not place.path
        moved = {key: node[key] for key in node if not _stays(key, whole=whole)}
        for key in moved:
            del node[key]
        if moved:
            node["template"] = {"templateInputs": moved}


def _copied_nodes(definitions: Definitions, place: Place) -> Iterator[dict[str, Any]]:
    for root in roots(definitions):
        if root.definition != place.definition:
            continue
        for copy in copies(definitions, root):
            if not place.path:
                yield at(definitions[copy.definition].values, copy.path)
            else:
                slot = slot_at(definitions, place.definition, place.path[:-2], int(place.path[-2]))
                yield from (s.body for s in slots(definitions, copy) if s.key == slot.key)


def _inline_places(definitions: Definitions) -> Iterator[Place]:
    for slot in every_slot(definitions):
        if slot.kind in _TYPES and isinstance(slot.body, dict):
            source = source_of(definitions, slot.body, _TYPES[slot.kind])
            if source is not None and not is_out_of_reach(definitions, slot):
                yield Place(
                    words=f"writes out {slot.name} instead of using its template",
                    definition=slot.definition,
                    path=(*slot.items, slot.index, slot.kind),
                )

    for index, definition in enumerate(definitions):
        if definition.kind == "pipeline" and source_of(definitions, definition.values, "Pipeline"):
            name = f'the pipeline "{definition.identifier}"'
            yield Place(words=f"writes out {name} instead of using its template", definition=index)


def source_of(definitions: Definitions, node: dict[str, Any], type_: str) -> Definition | None:
    """Return the one template that a node is made of; None where that is not sure."""
    found = [
        each
        for each in definitions
        if each.kind == "template" and each.values.get("type") == type_ and is_use(node, each)
    ]
    return found[0] if len(found) == 1 and isinstance(found[0].values.get("spec"), dict) else None


def _inline(definitions: Definitions, place: Place) -> Definitions:
    changed = copied(definitions)
    node = at(changed[place.definition].values, place.path)
    for copy in _copied_nodes(changed, place):
        copy.update(copy.pop("template", {}).get("templateInputs", {}))
    source = source_of(changed, node, _type(place))
    assert source is not None
    use = node.pop("template")
    node.update(filled(copied((source,))[0].values["spec"], use.get("templateInputs")))
    return changed


EXTRACT = Reshape(name="move something into a template", places=_extract_places, apply=_extract)
INLINE = Reshape(name="write out a template", places=_inline_places, apply=_inline)
