"""Where the configuration hands roles to services of AWS, and what these would bring themselves."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from assurance.model.identities import ServiceLink, Use, Workload
from assurance.model.unknown import is_unknown, unknown
from assurance.readers.state import Block, Resource, State, tokens

_USES = (
    ("aws_backup_selection", "iam_role_arn", "backup.amazonaws.com"),
    ("aws_cloudtrail", "cloud_watch_logs_role_arn", "cloudtrail.amazonaws.com"),
    ("aws_cloudwatch_event_target", "role_arn", "events.amazonaws.com"),
    ("aws_codebuild_project", "service_role", "codebuild.amazonaws.com"),
    ("aws_codedeploy_deployment_group", "service_role_arn", "codedeploy.amazonaws.com"),
    ("aws_codepipeline", "role_arn", "codepipeline.amazonaws.com"),
    ("aws_config_configuration_recorder", "role_arn", "config.amazonaws.com"),
    ("aws_db_instance", "monitoring_role_arn", "monitoring.rds.amazonaws.com"),
    ("aws_ecs_task_definition", "execution_role_arn", "ecs-tasks.amazonaws.com"),
    ("aws_ecs_task_definition", "task_role_arn", "ecs-tasks.amazonaws.com"),
    ("aws_flow_log", "iam_role_arn", "vpc-flow-logs.amazonaws.com"),
    ("aws_iam_instance_profile", "role", "ec2.amazonaws.com"),
    ("aws_lambda_function", "role", "lambda.amazonaws.com"),
    ("aws_rds_cluster", "monitoring_role_arn", "monitoring.rds.amazonaws.com"),
    ("aws_rds_cluster_instance", "monitoring_role_arn", "monitoring.rds.amazonaws.com"),
    ("aws_s3_bucket_replication_configuration", "role", "s3.amazonaws.com"),
    ("aws_scheduler_schedule", "target.role_arn", "scheduler.amazonaws.com"),
    ("aws_sfn_state_machine", "role_arn", "states.amazonaws.com"),
)
"""Type, attribute that takes a role, and the principal that the service assumes it with."""

_LINKS = (
    ("aws_appautoscaling_target", "role_arn", "AWSServiceRoleForApplicationAutoScaling"),
    ("aws_autoscaling_group", "service_linked_role_arn", "AWSServiceRoleForAutoScaling"),
    ("aws_config_configuration_recorder", "role_arn", "AWSServiceRoleForConfig"),
    ("aws_ecs_service", "iam_role", "AWSServiceRoleForECS"),
)
"""Type, attribute that takes a role, and the service-linked role that AWS offers there.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_aws-services-that-work-with-iam.html;
unset, each of these takes its service-linked role, except the recorder, which must name one.
"""

_LINKED = "aws-service-role/"


def read_uses(state: State) -> dict[str, tuple[Use, ...]]:
    """Return for each role, by id, where it is handed to services."""
    found: dict[str, list[Use]] = {}
    for type_, attribute, principal in _USES:
        for resource in state.of(type_):
            role = resource.target(attribute, "aws_iam_role")
            if role is not None:
                use = Use(place=f"{attribute} of {resource.id}", principal=principal)
                found.setdefault(role.id, []).append(use)
    return {role: tuple(uses) for role, uses in found.items()}


def read_workloads(state: State) -> tuple[Workload, ...]:
    """Return the ECS services with their two roles, and the other services that have them too."""
    pairs = [(service, _roles(service)) for service in state.of("aws_ecs_service")]
    return tuple(
        Workload(
            subject=service.subject(),
            execution_role=roles[0],
            task_role=roles[1],
            sharers=_sharers(service, roles, pairs),
        )
        for service, roles in pairs
    )


def _roles(service: Resource) -> tuple[Any, Any]:
    task = _task_definition(service)
    if is_unknown(task):
        return task, task
    return _role(task, "execution_role_arn"), _role(task, "task_role_arn")


def _task_definition(service: Resource) -> Any:
    value = service.get("task_definition", None)
    if is_unknown(value):
        return value
    named = [service.resolve(f"${{{address}.{name}}}") for address, name in tokens(value)]
    named += [service.resolve(str(value).partition(":")[0], "aws_ecs_task_definition")]
    for found in named:
        if found is not None and found.type == "aws_ecs_task_definition" and found.is_managed:
            return found
    where = f"task definition {value}" if value else "the task definition"
    return unknown(f"{where} of {service.id} is not part of this configuration")


def _role(block: Block, attribute: str) -> Any:
    """Return the id of the role in an attribute, its name where it lives elsewhere, or ""."""
    value = block.get(attribute)
    if is_unknown(value) or not value:
        return value
    found = block.resource.resolve(value, "aws_iam_role")
    if found is None:
        return str(value).rpartition("/")[2]
    return found.id if found.is_managed else found.get("name", found.id)


def _sharers(
    service: Resource,
    roles: tuple[Any, Any],
    pairs: list[tuple[Resource, tuple[Any, Any]]],
) -> Any:
    if any(is_unknown(role) for role in roles):
        return next(role for role in roles if is_unknown(role))
    found: list[Any] = []
    for other, theirs in pairs:
        if other is service:
            continue
        found += [role if is_unknown(role) else (role, other.id) for role in theirs]
    return tuple(item for item in found if is_unknown(item) or (item[0] and item[0] in roles))


def read_links(state: State) -> tuple[ServiceLink, ...]:
    """Return the places where a service-linked role is offered."""
    return tuple(
        link
        for type_, attribute, offered in _LINKS
        for link in _links(state, type_, attribute, offered)
    )


def _links(state: State, type_: str, attribute: str, offered: str) -> Iterator[ServiceLink]:
    for resource in state.of(type_):
        given = _role(resource, attribute)
        yield ServiceLink(
            subject=resource.subject(),
            offered=offered,
            given=given,
            is_linked=given if is_unknown(given) else _is_linked(resource, attribute),
        )


def _is_linked(resource: Resource, attribute: str) -> bool:
    value = resource.get(attribute)
    maker = resource.resolve(value)
    return (
        _LINKED in value
        or _role(resource, attribute).startswith("AWSServiceRoleFor")
        or (maker is not None and maker.type == "aws_iam_service_linked_role")
    )
