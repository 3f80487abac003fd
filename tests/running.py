"""A small system that runs one service as it should, for tests that break one thing at a time."""

from __future__ import annotations

import copy
from typing import Any

from assurance.model.environments import Environment
from assurance.model.findings import Finding, Verdict
from assurance.model.judgements import Layer
from assurance.readers.state import State
from assurance.readers.view import View
from tests.states import managed, state

CONTAINER: dict[str, Any] = {
    "name": "app",
    "image": "${aws_ecr_repository.app.repository_url}@sha256:" + "0" * 64,
    "essential": True,
    "cpu": 256,
    "memory": 512,
    "user": "10001",
    "readonlyRootFilesystem": True,
    "linuxParameters": {"capabilities": {"drop": ["ALL"]}},
    "portMappings": [{"containerPort": 8080}],
    "environment": [{"name": "DRAIN_SECONDS", "value": "20"}],
    "secrets": [{"name": "DB_PASSWORD", "valueFrom": "${aws_secretsmanager_secret.db.arn}"}],
    "healthCheck": {"command": ["CMD-SHELL", "true"]},
    "stopTimeout": 40,
    "logConfiguration": {"logDriver": "awslogs", "options": {"awslogs-group": "/app"}},
}

SERVICE: dict[str, Any] = {
    "name": "app",
    "cluster": "${aws_ecs_cluster.main.arn}",
    "task_definition": "${aws_ecs_task_definition.app.arn}",
    "desired_count": 2,
    "capacity_provider_strategy": [
        {"capacity_provider": "FARGATE", "base": 1, "weight": 1},
        {"capacity_provider": "FARGATE_SPOT", "weight": 1},
    ],
    "deployment_circuit_breaker": [{"enable": True, "rollback": True}],
    "network_configuration": [
        {
            "subnets": ["${aws_subnet.a.id}", "${aws_subnet.b.id}"],
            "security_groups": ["${aws_security_group.app.id}"],
        }
    ],
    "load_balancer": [
        {
            "target_group_arn": "${aws_lb_target_group.app.arn}",
            "container_name": "app",
            "container_port": 8080,
        }
    ],
    "service_registries": [{"registry_arn": "${aws_service_discovery_service.app.arn}"}],
}


def container(**changes: Any) -> dict[str, Any]:
    """Return the container with some keys changed; those changed to None left out."""
    return _changed(CONTAINER, changes)


def service(address: str = "aws_ecs_service.app", **changes: Any) -> dict[str, Any]:
    """Return the service with some arguments changed; those changed to None left out."""
    return managed(address, **_changed(SERVICE, changes))


def task(*containers: Any, **changes: Any) -> dict[str, Any]:
    """Return the task definition of the service."""
    values: dict[str, Any] = {
        "family": "app",
        "cpu": "256",
        "memory": "512",
        "requires_compatibilities": ["FARGATE"],
        "container_definitions": list(containers) or [container()],
    }
    return managed("aws_ecs_task_definition.app", **_changed(values, changes))


def _changed(values: dict[str, Any], changes: dict[str, Any]) -> dict[str, Any]:
    merged = copy.deepcopy(values) | changes
    return {key: value for key, value in merged.items() if value is not None}


AROUND = (
    managed("aws_vpc.main", cidr_block="10.0.0.0/16"),
    managed(
        "aws_subnet.a",
        vpc_id="${aws_vpc.main.id}",
        cidr_block="10.0.0.0/26",
        availability_zone="eu-west-1a",
    ),
    managed(
        "aws_subnet.b",
        vpc_id="${aws_vpc.main.id}",
        cidr_block="10.0.1.0/26",
        availability_zone="eu-west-1b",
    ),
    managed("aws_security_group.app", vpc_id="${aws_vpc.main.id}"),
    managed("aws_lb.main", security_groups=["${aws_security_group.app.id}"]),
    managed(
        "aws_lb_target_group.app",
        vpc_id="${aws_vpc.main.id}",
        port=8080,
        protocol="HTTP",
        target_type="ip",
        deregistration_delay=30,
    ),
    managed(
        "aws_lb_listener.main",
        load_balancer_arn="${aws_lb.main.arn}",
        port=443,
        protocol="HTTPS",
        default_action=[{"type": "forward", "target_group_arn": "${aws_lb_target_group.app.arn}"}],
    ),
    managed("aws_ecr_repository.app", name="app", image_tag_mutability="IMMUTABLE"),
    managed("aws_secretsmanager_secret.db", name="db"),
    managed(
        "aws_cloudwatch_log_group.app",
        name="/app",
        retention_in_days=365,
        kms_key_id="${aws_kms_key.main.arn}",
    ),
    managed("aws_kms_key.main"),
)

CLUSTER = managed(
    "aws_ecs_cluster.main", name="main", setting=[{"name": "containerInsights", "value": "enabled"}]
)


def view(*resources: dict[str, Any], production: bool = True) -> View:
    """Return a view of the system, in which these resources replace those of the same address."""
    merged = {found["address"]: found for found in (*AROUND, CLUSTER, service(), task())}
    merged |= {found["address"]: found for found in resources}
    return looked_at(state(*merged.values()), production=production)


def looked_at(found: State, *, production: bool = True) -> View:
    """Return the view of a state."""
    environment = Environment(name="production", production=production)
    return View(environment=environment, layer=Layer.DECLARED, state=found)


def finding(verdict: Verdict) -> Finding:
    """Return the finding that a verdict must be."""
    assert isinstance(verdict, Finding)
    return verdict
