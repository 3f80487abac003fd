"""Reads the definitions of Harness as they are written: files, parts, names, and what is odd."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from assurance.model.definitions import Borrowing, Definition, DefinitionFile, Definitions, Part
from assurance.model.subjects import Location, Subject
from assurance.model.unknown import is_unknown, unknown
from assurance.readers.definition_outline import KINDS as TYPES
from assurance.readers.definition_outline import Node, outline
from assurance.readers.definition_strays import strays_of
from assurance.readers.entities import Entities, scope_of
from assurance.readers.entity_references import references_of
from assurance.readers.input_sets import SETS, read_input_sets, template_inputs
from assurance.readers.kinds import Kind
from assurance.readers.state import Resource, State, thaw

_FILE = "harness_file"
_BORROWED = ("service", "environment")
_HOLDERS = (
    "versionLabel",
    "pipeline.identifier",
    "pipelineIdentifier",
    "environmentRef",
)
"""What, beside its scope, an identifier is unique in: the other labels of its definition."""


def read_definitions(state: State, entities: Entities) -> Definitions:
    """Return all definitions of a system."""
    resources = state.of(*TYPES)
    twins = _twins(resources)
    return Definitions(
        files=tuple(_files(state.of(_FILE), resources)),
        definitions=tuple(_definition(found, twins[id(found)], entities) for found in resources),
        input_sets=read_input_sets(state, entities),
    )


def _files(unread: Iterable[Resource], resources: Iterable[Resource]) -> Iterator[DefinitionFile]:
    faults: dict[str, list[Resource]] = {}
    held: dict[str, list[Resource]] = {}
    for resource in unread:
        faults.setdefault(resource.location.file, []).append(resource)
    for resource in resources:
        held.setdefault(resource.location.file, []).append(resource)
    for file in sorted(faults.keys() | held.keys()):
        wrong, right = faults.get(file, []), held.get(file, [])
        first = (wrong or right)[0]
        subject = Subject(
            id=file,
            location=first.location,
            evidence=first.digest,
            parts=tuple(each.id for each in (*wrong, *right)),
        )
        yield DefinitionFile(
            subject=subject, faults=tuple(str(each.get("fault")) for each in wrong)
        )


def _twins(resources: Iterable[Resource]) -> Mapping[int, tuple[Location, ...]]:
    """Return, for each definition, the places of others that mean the same entity."""
    same: dict[tuple[object, ...], list[Resource]] = {}
    for resource in resources:
        identifier = resource.get("identifier")
        if not is_unknown(identifier):
            labels = (str(_label(resource, name)) for name in _HOLDERS)
            key = (resource.type, *scope_of(resource), str(identifier), *labels)
            same.setdefault(key, []).append(resource)
    return {
        id(resource): tuple(
            other.location
            for other in alike
            if other is not resource and not is_unknown(resource.get("identifier"))
        )
        for alike in same.values()
        for resource in alike
    } | {id(found): () for found in resources if is_unknown(found.get("identifier"))}


def _label(resource: Resource, path: str) -> object:
    found = resource.get(path)
    return repr(found) if is_unknown(found) else found


def _definition(resource: Resource, twins: tuple[Location, ...], entities: Entities) -> Definition:
    nodes = tuple(outline(resource))
    deviations = thaw(resource.raw.get("deviations"))
    return Definition(
        subject=resource.subject(),
        parts=tuple(_part(node, resource) for node in nodes),
        borrowings=tuple(_borrowings(nodes, resource)) if nodes[0].kind == "pipeline" else (),
        template_inputs=tuple(template_inputs(nodes, resource, entities)),
        twins=twins,
        circle=_circle(resource, entities) if nodes[0].kind == "template" else (),
        deviations=_listed(deviations),
        is_compared=deviations is not None,
    )


def _listed(deviations: Any) -> Any:
    return deviations if is_unknown(deviations) else tuple(map(str, deviations or ()))


def _part(node: Node, resource: Resource) -> Part:
    values = node.values
    return Part(
        label=_called(node),
        path=node.path,
        identifier=values.get("identifier", ""),
        name=values.get("name", ""),
        is_named=node.is_named,
        timeout=_text(values.get("timeout")),
        strays=strays_of(node, resource),
        location=resource.location_of(node.pointer),
    )


def _called(node: Node) -> str:
    """Return what a message calls a part."""
    said = [node.values.get(key) for key in ("name", "identifier", "type")]
    name, identifier, type_ = (
        "" if found is None or is_unknown(found) else str(found) for found in said
    )
    label = f"{node.kind} '{name or identifier}'" if name or identifier else f"the {node.kind}"
    return f"{label} ({type_})" if type_ and node.kind == "step" else label


def _text(value: object) -> str:
    if is_unknown(value):
        return unknown("the timeout is not known")
    return "" if value is None else str(value)


def _borrowings(nodes: Iterable[Node], resource: Resource) -> Iterator[Borrowing]:
    """Yield the stages that deploy what, or where, another stage does."""
    earlier: set[str] = set()
    for node in nodes:
        if node.kind != "stage":
            continue
        spec = node.values.get("spec")
        fields = spec if isinstance(spec, dict) else {}
        for what in _BORROWED:
            holder = fields.get(what)
            use = holder.get("useFromStage") if isinstance(holder, dict) else None
            stage = use.get("stage") if isinstance(use, dict) else None
            if stage is not None:
                yield Borrowing(
                    what=what,
                    stage=stage if is_unknown(stage) else str(stage),
                    is_earlier=_is_among(stage, earlier),
                    location=resource.location_of(f"{node.pointer}/spec/{what}/useFromStage/stage"),
                )
        identifier = node.values.get("identifier")
        if isinstance(identifier, str):
            earlier.add(identifier)


def _is_among(stage: object, earlier: set[str]) -> bool:
    if is_unknown(stage) or "<+" in str(stage):
        return unknown("the other stage is named when the pipeline runs")
    return str(stage) in earlier


def _circle(template: Resource, entities: Entities) -> tuple[str, ...]:
    """Return the templates through which a template uses itself; none where it does not."""
    ways: list[tuple[Resource, ...]] = [(template,)]
    seen: set[int] = set()
    while ways:
        way = ways.pop()
        for used in _uses(way[-1], entities):
            if used is template:
                return tuple(each.id for each in (*way, template))
            if id(used) not in seen:
                seen.add(id(used))
                ways.append((*way, used))
    return ()


def _uses(template: Resource, entities: Entities) -> Iterator[Resource]:
    for written in references_of(template):
        if written.kind == "template" and not written.hidden:
            for found in entities.find("template", written.text, template):
                label = found.get("versionLabel")
                if not written.version or is_unknown(label) or str(label) == written.version:
                    yield found


KINDS: tuple[Kind, ...] = (
    Kind(
        noun="definition file",
        plural="definition files",
        population=lambda view: view.definitions.files,
        inventory=(_FILE, *TYPES),
    ),
    Kind(
        noun="definition",
        plural="definitions",
        population=lambda view: view.definitions.definitions,
        inventory=tuple(TYPES),
    ),
    Kind(
        noun="input set",
        plural="input sets",
        population=lambda view: view.definitions.input_sets,
        inventory=SETS,
    ),
)
