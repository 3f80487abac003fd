"""Reads the manifests of services of ECS that Harness uses.

Defaults are those of CreateService: all tasks stay, twice as many may run, no circuit breaker
(https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentConfiguration.html).
"""

from __future__ import annotations

from typing import Any

from assurance.model.service_manifests import ServiceManifest
from assurance.model.unknown import is_unknown
from assurance.readers.kinds import Kind
from assurance.readers.state import Resource, State
from assurance.readers.written_values import at, text, truth, whole

_MANIFEST = "harness_manifest"
_LEAST, _MOST = 100, 200


def read_service_manifests(state: State) -> tuple[ServiceManifest, ...]:
    """Return every definition of a service."""
    return tuple(
        _manifest(found)
        for found in state.of(_MANIFEST)
        if found.raw.get("manifest_type") == "EcsServiceDefinition"
    )


def _manifest(resource: Resource) -> ServiceManifest:
    stated = at(resource.values, "deploymentConfiguration")
    breaker = at(stated, "deploymentCircuitBreaker")
    least = whole(at(stated, "minimumHealthyPercent"), "the minimum healthy percent")
    most = whole(at(stated, "maximumPercent"), "the maximum percent")
    enabled = truth(at(breaker, "enable"), "the circuit breaker")
    back = truth(at(breaker, "rollback"), "the rollback of the circuit breaker")
    both: Any = enabled if is_unknown(enabled) or not enabled else back
    balancers = at(resource.values, "loadBalancers") or ()
    groups = (text(at(each, "targetGroupArn")) for each in balancers)
    return ServiceManifest(
        subject=resource.subject(),
        name=text(at(resource.values, "serviceName")),
        shifts_traffic=any(
            not is_unknown(group) and "<+targetGroupArn>" in group for group in groups
        ),
        states_deployment=stated is not None,
        minimum_healthy=_LEAST if least is None else least,
        maximum=_MOST if most is None else most,
        rolls_back=both,
    )


KINDS: tuple[Kind, ...] = (
    Kind(
        noun="service manifest",
        plural="service manifests",
        population=lambda view: read_service_manifests(view.state),
        made_of=(_MANIFEST,),
    ),
)
