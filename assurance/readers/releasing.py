"""How pipelines release services to ECS, as far as it decides which fields they write.

https://developer.harness.io/docs/continuous-delivery/deploy-srv-diff-platforms/aws/ecs/ecs-deployment-tutorial
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from assurance.model.pipeline_walks import steps_of
from assurance.model.pipelines import Pipeline
from assurance.model.unknown import is_unknown
from assurance.readers.state import Resource, State

_IN_PLACE = re.compile(r"Ecs(RollingDeploy|CanaryDeploy|UpgradeContainer|ServiceSetup)")
_SHIFTS = re.compile(r"EcsBlueGreen(SwapTargetGroups|TrafficShift|CreateService)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """The release of one service of Harness into a service of ECS that stays.

    Attributes:
        service: Identifier of the service of Harness.
        name: Of the service of ECS; may be unknown.
        definition: What its manifest sets; empty where it has none.
        keeps_count: Whether each deployment leaves the number of tasks alone.
        keeps_scaling: Whether each deployment leaves scaling alone.
        scaling: Types of the manifests that describe its scaling.
    """

    service: str
    name: Any
    definition: Mapping[str, Any]
    keeps_count: bool
    keeps_scaling: bool
    scaling: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Releasing:
    """All releases, and whether any moves traffic between target groups.

    Attributes:
        scaled: Names of services of ECS whose number of tasks a step sets.
    """

    releases: tuple[Release, ...]
    shifts_traffic: bool
    scaled: tuple[str, ...]


def read_releasing(pipelines: Iterable[Pipeline], state: State) -> Releasing:
    """Return how the pipelines release."""
    manifests = state.of("harness_manifest")
    known = [str(found.get("identifier")) for found in state.of("harness_service")]
    options: dict[str, list[Mapping[str, Any]]] = {}
    scaled: list[str] = []
    shifts = False
    for placed in (found for pipeline in pipelines for found in steps_of(pipeline)):
        step, named = placed.step, placed.stage.services
        spec = step.values.get("spec")
        spec = spec if isinstance(spec, dict) else {}
        shifts = shifts or _SHIFTS.fullmatch(step.type) is not None
        if step.type == "EcsScale" and isinstance(spec.get("service"), str):
            scaled.append(spec["service"])
        if _IN_PLACE.fullmatch(step.type):
            for service in known if is_unknown(named) else named:
                options.setdefault(str(service).rpartition(".")[2], []).append(spec)
    releases = (
        found
        for service, specs in sorted(options.items())
        for found in _releases(service, specs, manifests)
    )
    return Releasing(releases=tuple(releases), shifts_traffic=shifts, scaled=tuple(scaled))


def _releases(
    service: str, specs: list[Mapping[str, Any]], manifests: tuple[Resource, ...]
) -> Iterator[Release]:
    own = [found for found in manifests if found.raw.get("service_identifier") == service]
    for found in own:
        if found.raw.get("manifest_type") == "EcsServiceDefinition":
            yield Release(
                service=service,
                name=found.get("serviceName"),
                definition=found.values,
                keeps_count=all(_is_on(spec, "sameAsAlreadyRunningInstances") for spec in specs),
                keeps_scaling=all(_is_on(spec, "skipApplicationScaling") for spec in specs),
                scaling=frozenset(
                    str(each.raw["manifest_type"])
                    for each in own
                    if "Scal" in str(each.raw.get("manifest_type"))
                ),
            )


def _is_on(spec: Mapping[str, Any], key: str) -> bool:
    return str(spec.get(key, False)).lower() == "true"
