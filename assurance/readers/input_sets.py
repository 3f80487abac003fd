"""Reads what input sets, their overlays and triggers give to pipelines, and uses to templates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from assurance.model.definitions import Input, InputSet
from assurance.model.unknown import is_unknown, unknown
from assurance.readers.definition_outline import Node
from assurance.readers.embedded_yaml import decoded_yaml
from assurance.readers.entities import Entities, name_of
from assurance.readers.input_overlay import Overlay
from assurance.readers.state import Resource, State

SETS: Final = ("harness_input_set", "harness_overlay_input_set")
_TRIGGER = "harness_trigger"
_NAMED: Final = {"harness_overlay_input_set": "inputSetReferences", _TRIGGER: "inputSetRefs"}
"""Where definitions name the input sets that they put together."""

_EMBEDDED = "/inputYaml"


def read_input_sets(state: State, entities: Entities) -> tuple[InputSet, ...]:
    """Return every input set, and every trigger that gives inputs."""
    triggers = (
        found
        for found in state.of(_TRIGGER)
        if found.is_set("inputYaml") or found.is_set(_NAMED[_TRIGGER])
    )
    return tuple(_input_set(found, entities) for found in (*state.of(*SETS), *triggers))


def _input_set(found: Resource, entities: Entities) -> InputSet:
    named = found.get("pipeline.identifier" if found.type == SETS[0] else "pipelineIdentifier")
    return InputSet(
        subject=found.subject(),
        pipeline=named if is_unknown(named) else str(named),
        inputs=_inputs(found, named, entities),
    )


def _inputs(found: Resource, named: Any, entities: Entities) -> Any:
    pipeline = entities.one("pipeline", named, found)
    if pipeline is None:
        return unknown(_why_unclear(found, named, entities))
    given, place = found.values.get("pipeline"), "/pipeline"
    if found.type == _TRIGGER:
        decoded = decoded_yaml(found.values.get("inputYaml"))
        given = decoded.get("pipeline") if isinstance(decoded, dict) else decoded
        place = _EMBEDDED
    if is_unknown(given):
        return given
    overlay = Overlay(found, "the pipeline", place if place == _EMBEDDED else "")
    laid = () if given is None else overlay.compare(given, pipeline.values, place, "")
    return (*laid, *_put_together(found, pipeline, entities))


def _why_unclear(found: Resource, named: Any, entities: Entities) -> str:
    """Say why the pipeline that inputs are for is not one of the definitions."""
    if not isinstance(named, str) or not named or "<+" in named:
        return "the pipeline that it is for is not written down"
    places = sorted(str(each.location) for each in entities.find("pipeline", named, found))
    if places:
        return f"{len(places)} definitions are its pipeline {named}: {', '.join(places)}"
    elsewhere = sorted(str(each.location) for each in entities.called("pipeline", named))
    where = f" of its own scope; {', '.join(elsewhere)} is of another" if elsewhere else ""
    return f"its pipeline {named} is not among the definitions{where}"


def _put_together(found: Resource, pipeline: Resource, entities: Entities) -> Iterator[Input]:
    """Yield the input sets that are named, which must be of the same pipeline."""
    key = _NAMED.get(found.type, "")
    listed = found.values.get(key)
    for number, name in enumerate(listed if isinstance(listed, list) else ()):
        location = found.location_of(f"/{key}/{number}")
        fault = _is_of_another(name, pipeline, entities)
        yield Input(path=f"{key}[{number}]", given=str(name), fault=fault, location=location)


def _is_of_another(name: Any, pipeline: Resource, entities: Entities) -> str:
    if not isinstance(name, str) or "<+" in name:
        return unknown(f"the input set {name} is named when the pipeline runs")
    called = entities.called("input set", name_of(name).identifier)
    owners = {
        str(each.get("pipeline.identifier") or each.get("pipelineIdentifier")) for each in called
    }
    if not owners or str(pipeline.get("identifier")) in owners:
        return ""
    return f"the input set {name} is one of the pipeline {', '.join(sorted(owners))}"


def template_inputs(
    nodes: tuple[Node, ...], found: Resource, entities: Entities
) -> Iterator[Input]:
    """Yield what a definition gives to the templates that it uses."""
    for node in nodes:
        use = node.values.get("template")
        inputs = use.get("templateInputs") if isinstance(use, dict) else None
        if inputs is None or use is None:
            continue
        place = f"{node.pointer}/template/templateInputs"
        template = _template(use, found, entities)
        if template is None:
            fault = unknown(f"{found.location_of(place)}: its template is not clear")
            yield Input(path=place, given="", fault=fault, location=found.location_of(place))
        else:
            taker = f"the template {use.get('templateRef')}"
            yield from Overlay(found, taker).compare(inputs, template.values.get("spec"), place, "")


def _template(use: Mapping[str, Any], found: Resource, entities: Entities) -> Resource | None:
    reference, version = use.get("templateRef"), use.get("versionLabel")
    if not isinstance(reference, str) or is_unknown(version):
        return None
    candidates = [
        each
        for each in entities.find("template", reference, found)
        if version in (None, "") or str(each.get("versionLabel")) == str(version)
    ]
    return candidates[0] if len(candidates) == 1 else None
