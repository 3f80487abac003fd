"""Reads Application Auto Scaling of services from evaluated Terraform."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from assurance.model.scaling import ScalableTarget, Scaling, ScalingPolicy, ScheduledAction
from assurance.model.unknown import is_unknown, unknown
from assurance.readers.kinds import Kind
from assurance.readers.references import whole
from assurance.readers.service_names import scaled_service
from assurance.readers.state import Resource, State

_TRACKING = "target_tracking_scaling_policy_configuration"
_COUNT = "ecs:service:DesiredCount"


def read_scaling(state: State) -> Scaling:
    """Return the scalable targets of services, each with its policies and schedules."""
    policies = _by_service(state, "aws_appautoscaling_policy")
    schedules = _by_service(state, "aws_appautoscaling_scheduled_action")
    return Scaling(
        targets=tuple(
            _target(found, policies, schedules)
            for found in state.of("aws_appautoscaling_target")
            if _scales_tasks(found)
        )
    )


def _scales_tasks(resource: Resource) -> bool:
    dimension = resource.get("scalable_dimension", _COUNT)
    return is_unknown(dimension) or dimension == _COUNT


def _by_service(state: State, type_: str) -> Mapping[str, tuple[Resource, ...]]:
    """Group resources by the id of the service they act on; the empty id for those not known."""
    found: dict[str, tuple[Resource, ...]] = {}
    for resource in state.of(type_):
        if _scales_tasks(resource):
            service = scaled_service(resource, resource.get("resource_id"))
            key = "" if is_unknown(service) else service
            found[key] = (*found.get(key, ()), resource)
    return found


def _target(
    resource: Resource,
    policies: Mapping[str, tuple[Resource, ...]],
    schedules: Mapping[str, tuple[Resource, ...]],
) -> ScalableTarget:
    service = scaled_service(resource, resource.get("resource_id"))
    own, timed = _own(policies, service), _own(schedules, service)
    known = [found for found in (*own, *timed) if not is_unknown(found)]
    return ScalableTarget(
        subject=resource.subject(*known),
        service=service,
        minimum=whole(resource.get("min_capacity")),
        maximum=whole(resource.get("max_capacity")),
        policies=tuple(found if is_unknown(found) else _policy(found) for found in own),
        schedules=tuple(found if is_unknown(found) else _schedule(found) for found in timed),
    )


def _own(found: Mapping[str, tuple[Resource, ...]], service: Any) -> tuple[Any, ...]:
    """Return what acts on the service; what may act on it stands at the end, unknown."""
    may = tuple(unknown(f"what {item.id} acts on is not known") for item in found.get("", ()))
    return may if is_unknown(service) else (*found.get(service, ()), *may)


def _policy(resource: Resource) -> ScalingPolicy:
    """Read a policy; unset, its kind is step scaling.

    https://docs.aws.amazon.com/autoscaling/application/APIReference/API_PutScalingPolicy.html
    """
    return ScalingPolicy(
        subject=resource.subject(),
        kind=resource.get("policy_type", "StepScaling"),
        metrics=_metrics(resource),
        target_value=_number(resource.get(f"{_TRACKING}.target_value", 0)),
        resource_label=resource.get(f"{_TRACKING}.predefined_metric_specification.resource_label"),
    )


def _number(value: Any) -> float:
    if is_unknown(value):
        return unknown("the target value is not known")
    return float(value)


def _metrics(resource: Resource) -> tuple[str, ...]:
    predefined = f"{_TRACKING}.predefined_metric_specification.predefined_metric_type"
    if resource.is_set(predefined):
        return (resource.get(predefined),)
    custom = f"{_TRACKING}.customized_metric_specification"
    if resource.is_set(f"{custom}.metric_name"):
        return (resource.get(f"{custom}.metric_name"),)
    maths = resource.blocks(f"{custom}.metrics")
    return (maths,) if is_unknown(maths) else tuple(_names(maths))


def _names(maths: tuple[Any, ...]) -> list[str]:
    return [
        item if is_unknown(item) else item.get("metric_stat.metric.metric_name")
        for item in maths
        if is_unknown(item) or item.is_set("metric_stat.metric.metric_name")
    ]


def _schedule(resource: Resource) -> ScheduledAction:
    return ScheduledAction(
        subject=resource.subject(),
        schedule=resource.get("schedule"),
        minimum=_bound(resource, "min_capacity"),
        maximum=_bound(resource, "max_capacity"),
    )


def _bound(resource: Resource, name: str) -> tuple[int, ...]:
    path = f"scalable_target_action.{name}"
    return (whole(resource.get(path)),) if resource.is_set(path) else ()


KINDS: tuple[Kind, ...] = (
    Kind(
        noun="scalable target",
        plural="scalable targets",
        population=lambda view: view.scaling.targets,
        made_of=("aws_appautoscaling_target",),
    ),
)
