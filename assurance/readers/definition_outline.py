"""Walks a definition of Harness as it is written: itself, and the stages, groups and steps in it.

Nothing is resolved here; a template counts where it is defined, not where it is used.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from assurance.model.records import record
from assurance.model.unknown import is_unknown
from assurance.readers.state import Resource

_NESTED: Final = {"step": "step", "stepGroup": "step group"}
_LISTS: Final = ("steps", "rollbackSteps")
_CONTENT: Final[Mapping[str, str]] = {
    "Pipeline": "pipeline",
    "Stage": "stage",
    "StepGroup": "step group",
    "Step": "step",
}
"""What the content of a template of a type is."""

KINDS: Final[Mapping[str, str]] = {
    "harness_pipeline": "pipeline",
    "harness_template": "template",
    "harness_trigger": "trigger",
    "harness_input_set": "input set",
    "harness_overlay_input_set": "overlay input set",
    "harness_service": "service",
    "harness_environment": "environment",
    "harness_infrastructure": "infrastructure definition",
    "harness_connector": "connector",
    "harness_secret": "secret",
}
"""The types of definitions, and what people call them."""


@record()
class Node:
    """A part of a definition.

    Attributes:
        kind: `pipeline`, `stage`, `step group`, `step`, or the kind of definition.
        values: What is written for it.
        pointer: Where.
        path: The identifiers of what it stands in, and its own.
        is_named: Whether it has an identifier and a name of its own.
    """

    kind: str
    values: Mapping[str, Any]
    pointer: str
    path: str
    is_named: bool = True


def outline(resource: Resource) -> Iterator[Node]:
    """Yield a definition and then its parts, in the order in which they stand."""
    values = resource.values
    kind = KINDS[resource.type]
    own = Node(kind, values, "", _identifier(values))
    yield own
    if kind == "pipeline":
        yield from _inside(own)
    elif kind == "template" and isinstance(values.get("spec"), dict):
        inner = _CONTENT.get(str(_known(values.get("type"))))
        if inner:
            content = Node(inner, values["spec"], "/spec", own.path, is_named=False)
            yield content
            yield from _inside(content)


def _known(value: Any) -> Any:
    return "" if is_unknown(value) else value


def _identifier(values: Mapping[str, Any]) -> str:
    found = values.get("identifier")
    return "?" if is_unknown(found) else str(found)


def _inside(node: Node) -> Iterator[Node]:
    if node.kind == "pipeline":
        yield from _stages(node.values.get("stages"), f"{node.pointer}/stages", node.path)
    elif node.kind == "stage":
        for place, holder in _executions(node.values):
            yield from _lists(holder, f"{node.pointer}{place}", node.path)
    elif node.kind == "step group":
        yield from _lists(node.values, node.pointer, node.path)


def _executions(stage: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Yield what of a stage holds steps."""
    spec = stage.get("spec")
    if isinstance(spec, dict):
        yield "/spec/execution", spec.get("execution")
        environment = spec.get("environment")
        if isinstance(environment, dict):
            yield "/spec/environment/provisioner", environment.get("provisioner")


def _lists(holder: Any, pointer: str, path: str) -> Iterator[Node]:
    for name in _LISTS if isinstance(holder, dict) else ():
        inside = path if name == "steps" else f"{path}/{name}"
        yield from _steps(holder.get(name), f"{pointer}/{name}", inside)


def _stages(items: Any, pointer: str, path: str) -> Iterator[Node]:
    for place, item in _items(items, pointer):
        if isinstance(item.get("stage"), dict):
            stage = item["stage"]
            node = Node("stage", stage, f"{place}/stage", f"{path}/{_identifier(stage)}")
            yield node
            yield from _inside(node)
        yield from _stages(item.get("parallel"), f"{place}/parallel", path)
        yield from _stages(_inserted(item, "stages"), f"{place}/insert/stages", path)


def _steps(items: Any, pointer: str, path: str) -> Iterator[Node]:
    for place, item in _items(items, pointer):
        for key, kind in _NESTED.items():
            values = item.get(key)
            if isinstance(values, dict):
                inner = f"{path}/{_identifier(values)}"
                node = Node(kind, values, f"{place}/{key}", inner)
                yield node
                yield from _inside(node)
        yield from _steps(item.get("parallel"), f"{place}/parallel", path)
        yield from _steps(_inserted(item, "steps"), f"{place}/insert/steps", path)


def _inserted(item: Mapping[str, Any], name: str) -> Any:
    found = item.get("insert")
    return found.get(name) if isinstance(found, dict) else None


def _items(items: Any, pointer: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for number, item in enumerate(items if isinstance(items, list) else ()):
        if isinstance(item, dict):
            yield f"{pointer}/{number}", item
