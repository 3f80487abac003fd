"""Stages, groups and steps of a definition, each with its place.

A pipeline and a template have the same structure, and so have the partial copies of it: an input
set repeats the part of a pipeline that it fills in, `templateInputs` that of a template. A reshape
that moves something has to move its copies along, so all of them are walked alike.
https://developer.harness.io/docs/platform/pipelines/harness-yaml-quickstart
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from assurance.reshaping.definitions import Definition, Definitions, Path, at, mappings

KINDS = ("step", "stepGroup", "stage", "parallel")
"""What an item of a list of stages or steps is, by the key it consists of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Root:
    """Where a structure begins.

    Attributes:
        definition: The index of the definition.
        path: To it.
        type: `Pipeline`, `Stage`, `StepGroup` or `Step`.
    """

    definition: int
    path: Path = ()
    type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """An item of a list of stages or steps.

    Attributes:
        definition: The index of the definition.
        items: The path to the list.
        index: The place in the list.
        kind: One of `KINDS`, or another key that stands there.
        body: What stands under the key.
        beside: Whether the list is a parallel block.
        stage: The identifier of the stage around it; empty for stages, and for steps of a template.
        stage_path: The path to that stage, or to the root.
        groups: The identifiers of the step groups around it, outermost first.
        execution: `steps` or `rollbackSteps`; empty for stages.
    """

    definition: int
    items: Path
    index: int
    kind: str
    body: Any
    beside: bool = False
    stage: str = ""
    stage_path: Path = ()
    groups: tuple[str, ...] = ()
    execution: str = ""

    @property
    def identifier(self) -> str:
        """Its identifier; empty for a parallel block."""
        return str(self.body.get("identifier", "")) if isinstance(self.body, dict) else ""

    @property
    def key(self) -> tuple[object, ...]:
        """What it has in common with its partial copies."""
        return (self.kind, self.identifier, self.stage, self.groups, self.execution)

    @property
    def name(self) -> str:
        """In words."""
        kinds = {"stepGroup": "step group", "parallel": "parallel block"}
        inside = f' of the stage "{self.stage}"' if self.stage else ""
        named = f' "{self.identifier}"' if self.identifier else ""
        return f"the {kinds.get(self.kind, self.kind)}{named}{inside}"


def roots(definitions: Definitions) -> Iterator[Root]:
    """Yield every pipeline and every template that holds its own structure."""
    for index, definition in enumerate(definitions):
        if definition.kind == "pipeline":
            yield Root(definition=index, type="Pipeline")
        elif definition.kind == "template" and isinstance(definition.values.get("spec"), dict):
            yield Root(definition=index, path=("spec",), type=str(definition.values.get("type")))


def copies(definitions: Definitions, root: Root) -> Iterator[Root]:
    """Yield the partial copies of a structure in other definitions."""
    whole = definitions[root.definition]
    for index, definition in enumerate(definitions):
        if whole.kind == "pipeline" and definition.kind == "input_set":
            copy = definition.values.get("pipeline")
            if isinstance(copy, dict) and copy.get("identifier") == whole.identifier:
                yield Root(definition=index, path=("pipeline",), type="Pipeline")
        if whole.kind == "template":
            for path, user in mappings(definition.values):
                if is_use(user, whole) and isinstance(user["template"].get("templateInputs"), dict):
                    inputs = (*path, "template", "templateInputs")
                    yield Root(definition=index, path=inputs, type=root.type)


def is_use(node: dict[str, Any], template: Definition) -> bool:
    """Tell whether a mapping takes its content from a template."""
    use = node.get("template")
    if not isinstance(use, dict) or "templateRef" not in use:
        return False
    version = use.get("versionLabel")
    named = str(use["templateRef"]).split(".")[-1] == template.identifier
    return named and version in (None, template.values.get("versionLabel"))


def slots(definitions: Definitions, root: Root) -> Iterator[Slot]:
    """Yield every item of every list of a structure, the outermost first."""
    node = at(definitions[root.definition].values, root.path)
    if not isinstance(node, dict):
        return
    start = Slot(
        definition=root.definition, items=(), index=0, kind="", body=node, stage_path=root.path
    )
    if root.type == "Pipeline":
        yield from _stages(node.get("stages"), (*root.path, "stages"), start, beside=False)
    elif root.type == "Stage":
        yield from _executions(node, root.path, start)
    elif root.type == "StepGroup":
        yield from _lists(node, root.path, start, ())


def every_slot(definitions: Definitions) -> Iterator[Slot]:
    """Yield the items of all pipelines and templates."""
    for root in roots(definitions):
        yield from slots(definitions, root)


def _stages(items: Any, path: Path, start: Slot, *, beside: bool) -> Iterator[Slot]:
    for index, kind, body in _items(items):
        yield Slot(
            definition=start.definition,
            items=path,
            index=index,
            kind=kind,
            body=body,
            beside=beside,
        )
        here = (*path, index, kind)
        if kind == "parallel":
            yield from _stages(body, here, start, beside=True)
        elif kind == "stage" and isinstance(body, dict):
            yield from _executions(body, here, start, str(body.get("identifier", "")))


def _executions(body: Any, path: Path, start: Slot, stage: str = "") -> Iterator[Slot]:
    spec = body.get("spec")
    execution = spec.get("execution") if isinstance(spec, dict) else None
    if isinstance(execution, dict):
        inside = Slot(
            definition=start.definition,
            items=(),
            index=0,
            kind="",
            body=body,
            stage=stage,
            stage_path=path,
        )
        yield from _lists(execution, (*path, "spec", "execution"), inside, ())


def _lists(body: Any, path: Path, inside: Slot, groups: tuple[str, ...]) -> Iterator[Slot]:
    for execution in ("steps", "rollbackSteps"):
        yield from _steps(
            body.get(execution),
            (*path, execution),
            inside,
            groups,
            inside.execution or execution,
            beside=False,
        )


def _steps(
    items: Any,
    path: Path,
    inside: Slot,
    groups: tuple[str, ...],
    execution: str,
    *,
    beside: bool,
) -> Iterator[Slot]:
    for index, kind, body in _items(items):
        slot = Slot(
            definition=inside.definition,
            items=path,
            index=index,
            kind=kind,
            body=body,
            beside=beside,
            stage=inside.stage,
            stage_path=inside.stage_path,
            groups=groups,
            execution=execution,
        )
        yield slot
        here = (*path, index, kind)
        if kind == "parallel":
            yield from _steps(body, here, inside, groups, execution, beside=True)
        elif kind == "stepGroup" and isinstance(body, dict):
            yield from _lists(body, here, slot, (*groups, slot.identifier))


def _items(items: Any) -> Iterator[tuple[int, str, Any]]:
    for index, item in enumerate(items if isinstance(items, list) else ()):
        if isinstance(item, dict):
            kind = next((key for key in KINDS if key in item), "")
            if kind:
                yield index, kind, item[kind]
