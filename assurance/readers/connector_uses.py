"""Reads which definitions use which connectors, and on whose machines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from assurance.model.connectors import Use
from assurance.model.unknown import unknown
from assurance.readers.entities import TYPES, Entities, scope_of
from assurance.readers.state import Resource, State

_CODEBASE = "/properties/ci/codebase"


def read_uses(state: State, entities: Entities) -> Mapping[str, list[Use]]:
    """Return by the id of each connector what uses it."""
    uses: dict[str, list[Use]] = {}
    for user in state.of(*TYPES.values()):
        for written in entities.references(user):
            if written.kind == "connector" and not written.is_expression and not written.hidden:
                for found in entities.find("connector", written.text, user):
                    use = _use(user, written.pointer, entities)
                    uses.setdefault(found.id, []).append(use)
    return uses


def _use(user: Resource, pointer: str, entities: Entities) -> Use:
    org, project = scope_of(user)
    is_infrastructure = user.type == "harness_infrastructure"
    return Use(
        subject=user.subject(),
        org=org,
        project=project,
        is_production=is_infrastructure and _is_production(user, entities),
        is_infrastructure=is_infrastructure,
        is_hosted=_is_hosted(user, pointer),
    )


def _is_production(infrastructure: Resource, entities: Entities) -> Any:
    environment = entities.one("environment", infrastructure.get("environmentRef"), infrastructure)
    if environment is None:
        return unknown(f"the environment of {infrastructure.id} is not in the repository")
    return environment.get("type") == "Production"


def _is_hosted(user: Resource, pointer: str) -> bool:
    """Whether a place in a definition belongs to builds on Harness's own machines.

    These run no delegate, and connect through the platform.
    https://developer.harness.io/docs/continuous-integration/use-ci/set-up-build-infrastructure/use-harness-cloud-build-infrastructure
    """
    if pointer.startswith(_CODEBASE):
        stages = tuple(_builds(user))
        return bool(stages) and all(map(_is_cloud, stages))
    return any(
        _is_cloud(stage) for stage in _around(user.values, pointer) if stage.get("type") == "CI"
    )


def _is_cloud(stage: Mapping[str, Any]) -> bool:
    spec = stage.get("spec")
    runtime = spec.get("runtime") if isinstance(spec, dict) else None
    return isinstance(runtime, dict) and runtime.get("type") == "Cloud"


def _around(values: Any, pointer: str) -> Iterator[Mapping[str, Any]]:
    for name in pointer.split("/")[1:]:
        if isinstance(values, list):
            values = values[int(name)] if name.isdigit() and int(name) < len(values) else None
        elif isinstance(values, dict):
            values = values.get(name.replace("~1", "/").replace("~0", "~"))
        if isinstance(values, dict):
            yield values


def _builds(user: Resource) -> Iterator[Mapping[str, Any]]:
    """Yield the stages that build."""
    for _, found in user.containers:
        if (
            type(found) is dict
            and found.get("type") == "CI"
            and isinstance(found.get("spec"), dict)
        ):
            yield found
