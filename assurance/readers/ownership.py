"""Reads which fields of Terraform's resources something else writes as well.

A field that Terraform sets is its own unless `lifecycle.ignore_changes` gives it away.
https://developer.hashicorp.com/terraform/language/meta-arguments/lifecycle
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from assurance.model.ownership import Field, WrittenResource
from assurance.model.unknown import is_unknown, unknown
from assurance.readers.kinds import Kind
from assurance.readers.releasing import Release, Releasing
from assurance.readers.state import Resource, State

_SCALED = ("aws_appautoscaling_target", "aws_appautoscaling_policy")
_ROUTED = {"aws_lb_listener": "default_action", "aws_lb_listener_rule": "action"}
_MANIFEST: Mapping[str, tuple[str, ...]] = {
    "capacityProviderStrategy": ("capacity_provider_strategy",),
    "deploymentConfiguration": (
        "deployment_minimum_healthy_percent",
        "deployment_maximum_percent",
        "deployment_circuit_breaker",
    ),
    "enableECSManagedTags": ("enable_ecs_managed_tags",),
    "enableExecuteCommand": ("enable_execute_command",),
    "healthCheckGracePeriodSeconds": ("health_check_grace_period_seconds",),
    "launchType": ("launch_type",),
    "loadBalancers": ("load_balancer",),
    "networkConfiguration": ("network_configuration",),
    "placementConstraints": ("placement_constraints",),
    "placementStrategy": ("ordered_placement_strategy",),
    "platformVersion": ("platform_version",),
    "propagateTags": ("propagate_tags",),
    "serviceRegistries": ("service_registries",),
}
"""Where Terraform keeps what a service manifest may set."""


def read_ownership(state: State, releasing: Releasing) -> tuple[WrittenResource, ...]:
    """Return the resources of which not only Terraform may write fields."""
    scalable = tuple(_scalable(state))
    found = (
        *(
            _written(each, _of_service(each, releasing, scalable), _doubt(each, "name", releasing))
            for each in state.of("aws_ecs_service")
        ),
        *(
            _written(each, _of_scaling(each, releasing), _doubt(each, "resource_id", releasing))
            for each in state.of(*_SCALED)
        ),
        *(_written(each, _of_routing(each, releasing)) for each in state.of(*_ROUTED)),
    )
    return tuple(each for each in found if each.fields)


def _scalable(state: State) -> Iterator[Any]:
    for target in state.of("aws_appautoscaling_target"):
        dimension = target.get("scalable_dimension")
        if is_unknown(dimension) or dimension == "ecs:service:DesiredCount":
            yield _scaled_name(target)


def _scaled_name(resource: Resource) -> Any:
    found = resource.get("resource_id")
    return found if is_unknown(found) else str(found).rpartition("/")[2]


def _written(resource: Resource, fields: Iterable[Field], doubt: str = "") -> WrittenResource:
    """Return a resource; in doubt, that there are two writers is unknown, that there is one not."""
    settled = (
        Field(name=field.name, writers=unknown(doubt))
        if doubt and len(field.writers) > 1
        else field
        for field in fields
    )
    return WrittenResource(subject=resource.subject(), fields=tuple(settled))


def _doubt(resource: Resource, attribute: str, releasing: Releasing) -> str:
    """Return why it is not known whether deployments write a resource; empty where it is."""
    named = (resource.get(attribute), *(found.name for found in releasing.releases))
    if any(is_unknown(name) or "<+" in str(name) for name in named):
        return f"whether a deployment writes {resource.id} depends on names that the run decides"
    return ""


def _of_service(
    service: Resource, releasing: Releasing, scalable: tuple[Any, ...]
) -> Iterator[Field]:
    name = service.get("name")
    own = [found for found in releasing.releases if _is_same(found.name, name)]
    counted = [
        *(_by(found) for found in own if _sets_count(found)),
        *("a step that scales it" for scaled in releasing.scaled if _is_same(scaled, name)),
        *("autoscaling" for scaled in scalable if _is_same(scaled, name)),
    ]
    yield from _field(service, "desired_count", ("desired_count",), counted)
    yield from _field(service, "task_definition", ("task_definition",), map(_by, own))
    for key, attributes in _MANIFEST.items():
        writers = [_by(found) for found in own if found.definition.get(key) is not None]
        yield from _field(service, attributes[0], attributes, writers)


def _of_scaling(resource: Resource, releasing: Releasing) -> Iterator[Field]:
    name = _scaled_name(resource)
    own = [found for found in releasing.releases if _is_same(found.name, name)]
    is_target = resource.type == "aws_appautoscaling_target"
    kind = "EcsScalableTargetDefinition" if is_target else "EcsScalingPolicyDefinition"
    attributes = ("min_capacity", "max_capacity") if is_target else ("policy_type",)
    writers = [
        *(_by(found) for found in own if kind in found.scaling),
        *(
            f"{_by(found)}, which remove it (skipApplicationScaling is not set)"
            for found in own
            if not found.scaling and not found.keeps_scaling
        ),
    ]
    yield from _field(resource, "scaling", attributes, writers)


def _of_routing(resource: Resource, releasing: Releasing) -> Iterator[Field]:
    """Yield the weights of a rule that forwards to several target groups."""
    attribute = _ROUTED[resource.type]
    actions = resource.blocks(attribute)
    forwards = (
        block
        for action in (() if is_unknown(actions) else actions)
        for block in (() if is_unknown(action) else _known(action.blocks("forward")))
    )
    several = any(len(_known(forward.blocks("target_group"))) > 1 for forward in forwards)
    if several and releasing.shifts_traffic:
        yield from _field(resource, "weights", (attribute,), ("deployments that shift traffic",))


def _known(blocks: Any) -> tuple[Any, ...]:
    return () if is_unknown(blocks) else tuple(found for found in blocks if not is_unknown(found))


def _field(
    resource: Resource, name: str, attributes: tuple[str, ...], writers: Iterable[str]
) -> Iterator[Field]:
    """Yield a field that something besides Terraform writes."""
    others = tuple(dict.fromkeys(writers))
    if others:
        ours = any(_is_ours(resource, attribute) for attribute in attributes)
        yield Field(name=name, writers=(*(("Terraform",) if ours else ()), *others))


def _is_ours(resource: Resource, attribute: str) -> bool:
    """Whether Terraform sets an attribute, and sets it back when it changes."""
    ignored = resource.lifecycle.get("ignore_changes") or ()
    names = {ignored} if isinstance(ignored, str) else {str(name) for name in ignored}
    given_away = any(name.split(".")[0].split("[")[0] == attribute for name in names)
    return resource.is_set(attribute) and not given_away and "all" not in names


def _sets_count(release: Release) -> bool:
    return release.definition.get("desiredCount") is not None and not release.keeps_count


def _is_same(name: Any, other: Any) -> bool:
    """Whether two names may mean the same service."""
    if is_unknown(name) or is_unknown(other):
        return True
    return name == other or "<+" in str(name)


def _by(release: Release) -> str:
    return f"deployments of {release.service}"


KINDS: tuple[Kind, ...] = (
    Kind(
        noun="resource that deployments write",
        plural="resources that deployments write",
        population=lambda view: view.delivery.ownership,
        made_of=("aws_ecs_service",),
    ),
)
