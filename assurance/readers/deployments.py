"""Reads how a service is deployed from evaluated Terraform."""

from __future__ import annotations

from assurance.model.services import CircuitBreaker, Deployment, DeploymentGroup
from assurance.model.unknown import is_unknown, unknown
from assurance.readers.references import flag, whole
from assurance.readers.state import Resource

FULL, DOUBLE = 100, 200
"""Defaults of minimum healthy and maximum percent for a replica service.

https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_DeploymentConfiguration.html
"""


def read_deployment(resource: Resource) -> Deployment:
    """Return how the service of an `aws_ecs_service` is deployed; no rollback unless stated."""
    return Deployment(
        controller=resource.get("deployment_controller.type", "ECS"),
        strategy=resource.get("deployment_configuration.strategy", "ROLLING"),
        minimum_healthy=whole(resource.get("deployment_minimum_healthy_percent"), FULL),
        maximum=whole(resource.get("deployment_maximum_percent"), DOUBLE),
        circuit_breaker=CircuitBreaker(
            is_enabled=flag(resource.get("deployment_circuit_breaker.enable", False)),
            rolls_back=flag(resource.get("deployment_circuit_breaker.rollback", False)),
        ),
        groups=_groups(resource),
    )


def _groups(resource: Resource) -> tuple[DeploymentGroup, ...]:
    return tuple(
        _group(found)
        for found in resource.state.of("aws_codedeploy_deployment_group")
        if _deploys(found, resource)
    )


def _deploys(group: Resource, service: Resource) -> bool:
    named = group.get("ecs_service.service_name")
    if is_unknown(named) or is_unknown(service.get("name")):
        return group.target("ecs_service.service_name", "aws_ecs_service") is service
    target = group.target("ecs_service.service_name", "aws_ecs_service")
    return target is service or (named == service.get("name") and _same_cluster(group, service))


def _same_cluster(group: Resource, service: Resource) -> bool:
    left = group.target("ecs_service.cluster_name", "aws_ecs_cluster")
    right = service.target("cluster", "aws_ecs_cluster")
    return left is None or right is None or left is right


def _group(resource: Resource) -> DeploymentGroup:
    events = resource.get("auto_rollback_configuration.events", ())
    return DeploymentGroup(
        subject=resource.subject(),
        rollback_enabled=flag(resource.get("auto_rollback_configuration.enabled", False)),
        rollback_events=unknown("the rollback events are not known")
        if is_unknown(events)
        else tuple(events),
        configuration=resource.get("deployment_config_name", "CodeDeployDefault.ECSAllAtOnce"),
    )
