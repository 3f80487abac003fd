"""Everything renamed, with all that refers to it.

An identifier is exchanged for one that occurs nowhere, in all definitions at once: whoever meant
the old one means the new one, and nobody else. A place is left out where the old identifier is also
written in a way that could be a reference and is not followed here.
https://developer.harness.io/docs/platform/references/entity-identifier-reference
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from assurance.reshaping.definitions import (
    Definitions,
    Place,
    Reshape,
    at,
    copied,
    fresh,
    mappings,
    rewrite,
    strings,
)
from assurance.reshaping.expressions import expressions, in_expressions
from assurance.reshaping.structure import every_slot

STEM = "renamed"
_REFERRING: dict[str, tuple[str, ...]] = {
    "pipeline": ("pipelineIdentifier", "pipeline"),
    "template": ("templateRef",),
    "environment": ("environmentRef",),
    "service": ("serviceRef",),
    "connector": ("connectorRef", "baseImageConnectorRefs", "imageConnectorRef"),
}
"""The keys whose value is the identifier of such an entity."""


def _called(definitions: Definitions, old: str, kinds: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    """Yield what has an identifier, wherever it stands: partial copies have it as well."""
    for definition in definitions:
        for _, mapping in mappings(definition.values):
            for kind in kinds:
                body = mapping.get(kind)
                if isinstance(body, dict) and body.get("identifier") == old:
                    yield body


def _identifiers(definitions: Definitions, *kinds: str) -> list[str]:
    found = {s.identifier for s in every_slot(definitions) if s.kind in kinds}
    return sorted(found - {""})


def _triggers_mention(definitions: Definitions, name: str) -> bool:
    return any(
        re.search(rf"\b{re.escape(name)}\b", str(each.values.get("inputYaml", "")))
        for each in definitions
        if each.kind == "trigger"
    )


def _step_places(definitions: Definitions) -> Iterator[Place]:
    for name in _identifiers(definitions, "step", "stepGroup"):
        if not _triggers_mention(definitions, name):
            words = f'renames the step "{name}"'
            yield Place(words=words, definition=0, detail=(name,))


def _stage_places(definitions: Definitions) -> Iterator[Place]:
    for name in _identifiers(definitions, "stage"):
        if not _triggers_mention(definitions, name):
            words = f'renames the stage "{name}"'
            yield Place(words=words, definition=0, detail=(name,))


def _rename_step(definitions: Definitions, place: Place) -> Definitions:
    old = str(place.detail[0])
    return _renamed(definitions, old, ("step", "stepGroup"), "[sS]teps", ("forSteps",))


def _rename_stage(definitions: Definitions, place: Place) -> Definitions:
    old = str(place.detail[0])
    keys = ("forStages", "stagesToExecute", "stage")
    return _renamed(definitions, old, ("stage",), "stages", keys)


def _renamed(
    definitions: Definitions, old: str, kinds: tuple[str, ...], word: str, keys: tuple[str, ...]
) -> Definitions:
    changed = copied(definitions)
    new = fresh(definitions, STEM)
    for body in _called(changed, old, kinds):
        body["identifier"] = new
    named = re.compile(rf"\b({word}\.){re.escape(old)}\b")
    for definition in changed:
        rewrite(
            definition.values,
            lambda text: in_expressions(text, lambda each: named.sub(rf"\g<1>{new}", each)),
        )
        _exchange(definition.values, keys, lambda value: new if value == old else value)
    return changed


def _exchange(node: Any, keys: tuple[str, ...], change: Callable[[str], str]) -> None:
    """Change every string that stands under one of the keys, alone or in a list, in place."""
    for _, mapping in mappings(node):
        for key in keys:
            value = mapping.get(key)
            if isinstance(value, str):
                mapping[key] = change(value)
            elif isinstance(value, list):
                mapping[key] = [change(v) if isinstance(v, str) else v for v in value]


def _entity_places(definitions: Definitions) -> Iterator[Place]:
    for index, each in enumerate(definitions):
        if each.kind in _REFERRING and each.identifier and _is_followed(definitions, index):
            words = f'renames the {each.kind} "{each.identifier}"'
            yield Place(words=words, definition=index)


def _is_followed(definitions: Definitions, index: int) -> bool:
    """Tell whether all that a renamed entity leaves behind is what we know not to refer to it."""
    entity = definitions[index]
    same = [each for each in definitions if each.kind == entity.kind]
    if sum(each.identifier == entity.identifier for each in same) > 1:
        return False
    after = _rename_entity(definitions, Place(words="", definition=index))
    word = re.compile(rf"(?<![\w-]){re.escape(entity.identifier)}(?![\w-])")
    return not any(
        entity.identifier in text and _could_refer(text, entity.identifier, word)
        for each in after
        for text in strings(each.values)
    )


def _could_refer(text: str, identifier: str, word: re.Pattern[str]) -> bool:
    whole = text.rpartition(".")[2] == identifier
    said = any(word.search(each) for each in expressions([text]))
    lines = "\n" in text and re.search(rf"(?m):\s*{re.escape(identifier)}\s*$", text)
    option = re.search(rf"--environment[=\s]+{re.escape(identifier)}(?![\w-])", text)
    return whole or said or bool(lines or option)


def _rename_entity(definitions: Definitions, place: Place) -> Definitions:
    changed = copied(definitions)
    entity = changed[place.definition]
    old, new = entity.identifier, fresh(definitions, STEM)
    entity.values["identifier"] = new
    if entity.values.get("name") == old:
        entity.values["name"] = new

    def follow(value: str) -> str:
        scope, dot, name = value.rpartition(".")
        return f"{scope}{dot}{new}" if name == old else value

    for each in changed:
        _exchange(each.values, _REFERRING[entity.kind], follow)
        _follow_inputs(each.values, entity.kind, old, new)
    return changed


def _follow_inputs(values: dict[str, Any], kind: str, old: str, new: str) -> None:
    """Let inputs and conditions of triggers follow a pipeline, in place."""
    if kind != "pipeline":
        return
    for _, mapping in mappings(values):
        copy = mapping.get("pipeline")
        if isinstance(copy, dict) and copy.get("identifier") == old:
            copy["identifier"] = new
        if mapping.get("key") == "sourcePipeline" and mapping.get("value") == old:
            mapping["value"] = new
    if isinstance(values.get("inputYaml"), str):
        line = (
            rf"(?m)\A(\s*pipeline:\s*\n(?:.*\n)*?\s+identifier: *)[\"']?{re.escape(old)}[\"']? *$"
        )
        values["inputYaml"] = re.sub(line, rf"\g<1>{new}", values["inputYaml"], count=1)


def _name_places(definitions: Definitions) -> Iterator[Place]:
    for slot in every_slot(definitions):
        if isinstance(slot.body, dict) and "name" in slot.body:
            path = (*slot.items, slot.index, slot.kind)
            words = f"gives {slot.name} another name"
            yield Place(words=words, definition=slot.definition, path=path)


def _rename(definitions: Definitions, place: Place) -> Definitions:
    changed = copied(definitions)
    body = at(changed[place.definition].values, place.path)
    body["name"] = fresh(definitions, STEM)
    return changed


RENAME_STEP = Reshape(name="rename a step", places=_step_places, apply=_rename_step)
RENAME_STAGE = Reshape(name="rename a stage", places=_stage_places, apply=_rename_stage)
RENAME_ENTITY = Reshape(name="rename an entity", places=_entity_places, apply=_rename_entity)
NAME_OTHERWISE = Reshape(name="give another name", places=_name_places, apply=_rename)
