"""Reads triggers from their definitions.

https://developer.harness.io/docs/platform/triggers/triggers-reference
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from assurance.model.triggers import WEBHOOKS, Filter, Source, Trigger
from assurance.model.unknown import is_unknown, unknown
from assurance.readers.builds import read_build
from assurance.readers.entities import Entities
from assurance.readers.kinds import Kind
from assurance.readers.state import Resource, State

_EVENTS = {
    "Push": Source.PUSH,
    "PullRequest": Source.PULL_REQUEST,
    "MergeRequest": Source.PULL_REQUEST,
    "MergeQueue": Source.GIT,
}
_SOURCES = {
    "Artifact": Source.ARTIFACT,
    "MultiRegionArtifact": Source.ARTIFACT,
    "Scheduled": Source.SCHEDULE,
}
_SPEC = "/source/spec/spec"


def read_triggers(state: State, entities: Entities) -> tuple[Trigger, ...]:
    """Return every trigger."""
    return tuple(_trigger(found, entities) for found in state.of("harness_trigger"))


def _trigger(resource: Resource, entities: Entities) -> Trigger:
    event = _event(resource)
    completes = tuple(_completed(resource, entities))
    return Trigger(
        subject=resource.subject(),
        pipelines=tuple(
            found.id for found in entities.find("pipeline", _pipeline(resource), resource)
        ),
        branch=_branch(resource.get("pipelineBranchName")),
        source=_source(resource),
        provider=str(resource.get("source.spec.type")),
        is_enabled=_flag(resource, "enabled"),
        actions=_texts(event.get("actions")),
        filters=tuple(_filters(resource, "payloadConditions")),
        headers=tuple(_filters(resource, "headerConditions")),
        expression=str(event.get("jexlCondition") or ""),
        secret=str(resource.get("encryptedWebhookSecretIdentifier")),
        build=read_build(resource, _pipeline(resource), entities),
        stages=_texts(resource.get("stagesToExecute", [])),
        image=str(resource.get("source.spec.spec.imagePath")),
        completes=completes,
        on_success=resource.get("source.spec.spec.eventType") == "PipelineSuccess",
    )


def _pipeline(resource: Resource) -> str:
    return str(resource.get("pipelineIdentifier"))


def _branch(found: Any) -> Any:
    """Return the branch that definitions are taken from, as it is written."""
    if is_unknown(found):
        return found
    return "" if found is None else str(found)


def _source(resource: Resource) -> Source:
    kind = resource.get("source.type")
    if kind == "Webhook":
        if resource.get("source.spec.type") in ("Custom", "EventRelay"):
            return Source.CUSTOM
        return _EVENTS.get(str(resource.get("source.spec.spec.type")), Source.GIT)
    if kind == "SystemEvent" and resource.get("source.spec.type") == "Pipeline":
        return Source.COMPLETION
    return _SOURCES.get(str(kind), Source.OTHER)


def _event(resource: Resource) -> Mapping[str, Any]:
    """Return the settings of the event: one level deeper for repositories than for others."""
    inner = resource.get("source.spec.spec.spec", {})
    outer = resource.get("source.spec.spec", {})
    found = inner if isinstance(inner, dict) and inner else outer
    return found if isinstance(found, dict) else {}


def _filters(resource: Resource, key: str) -> Iterator[Filter]:
    listed = _event(resource).get(key)
    inner = resource.get("source.spec.spec.spec", None)
    place = f"{_SPEC}/spec/{key}" if isinstance(inner, dict) else f"{_SPEC}/{key}"
    for index, item in enumerate(listed if isinstance(listed, list) else ()):
        if isinstance(item, dict):
            yield Filter(
                key=str(item.get("key", "")),
                operator=str(item.get("operator", "")),
                value=str(item.get("value", "")),
                location=resource.location_of(f"{place}/{index}"),
            )


def _completed(resource: Resource, entities: Entities) -> Iterator[str]:
    """Yield the pipelines whose end a trigger waits for."""
    for found in _filters(resource, "payloadConditions"):
        if found.key == "sourcePipeline" and found.operator in ("Equals", "In"):
            for name in found.value.split(","):
                for pipeline in entities.find("pipeline", name.strip(), resource):
                    yield pipeline.id


def _flag(resource: Resource, key: str) -> Any:
    """Return a switch; a trigger that does not say is enabled."""
    found = resource.get(key, True)
    if is_unknown(found) or isinstance(found, bool):
        return found
    if str(found).lower() in ("true", "false"):
        return str(found).lower() == "true"
    return unknown(f"whether {resource.id} is enabled: {found}")


def _texts(found: Any) -> Any:
    if is_unknown(found):
        return found
    if isinstance(found, str) and "<+" in found:
        return unknown(f"{found} is known only when the pipeline runs")
    return tuple(str(item) for item in found) if isinstance(found, list) else ()


KINDS: tuple[Kind, ...] = (
    Kind(
        noun="trigger",
        plural="triggers",
        population=lambda view: view.delivery.triggers,
        inventory=("harness_trigger",),
    ),
    Kind(
        noun="webhook trigger",
        plural="webhook triggers",
        population=lambda view: tuple(
            found for found in view.delivery.triggers if found.source in WEBHOOKS
        ),
    ),
)
