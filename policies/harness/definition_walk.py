"""Finds the stages, groups and steps of a definition, however deep they are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from definition_block import MARKS, Block

# The field that holds one, and what a reader calls it.
NOUNS: Mapping[str, str] = {"stage": "stage", "stepGroup": "group", "step": "step"}
OUTSIDE = MARKS | {"templateInputs"}
# What the `type` of a template says that stands in its `spec`.
TEMPLATES: Mapping[str, str] = {
    "Stage": "stage",
    "StepGroup": "group",
    "Step": "step",
    "Pipeline": "pipeline",
}


def blocks_of(root: str, content: Mapping[str, object], *nouns: str) -> Iterator[Block]:
    """Yield the blocks of the wanted kinds, outer ones first.

    Args:
        root: The key at the root of the definition.
        content: What stands under it.
        nouns: `stage`, `group`, `step`, or the root itself.
    """
    if root in nouns:
        yield Block(content, root)
    inner = content.get("spec")
    kind = TEMPLATES.get(str(content.get("type")), "") if root == "template" else ""
    if kind in nouns and isinstance(inner, dict):
        yield Block(inner, kind, str(content.get("identifier") or ""))
    for block in _within(content):
        if block.noun in nouns and not _hidden(block):
            yield block


def steps_within(block: Block) -> Iterator[Block]:
    """Yield the steps below a block."""
    return (found for found in _within(block.content) if found.noun == "step")


def mappings_within(value: object) -> Iterator[Mapping[str, object]]:
    """Yield every mapping, outer ones first; the inputs of templates belong to the templates."""
    # By hand, because nesting may be deep, and anchors may make one mapping part of many or itself.
    waiting, seen = [value], set()
    while waiting:
        held = waiting.pop()
        if not isinstance(held, dict | list) or id(held) in seen:
            continue
        seen.add(id(held))
        if isinstance(held, dict):
            yield held
            inner = [found for name, found in held.items() if name not in OUTSIDE]
        else:
            inner = held
        waiting += reversed(inner)


def _within(value: object) -> Iterator[Block]:
    for mapping in mappings_within(value):
        for name, noun in NOUNS.items():
            found = mapping.get(name)
            if isinstance(found, dict):
                yield Block(found, noun)


def _hidden(block: Block) -> bool:
    """Whether a template holds what it does; the template is judged by itself."""
    return block.has("template") and not block.has("type")
