"""What ECS services depend on, and what a configuration does besides declaring resources."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from assurance.model.origins import Dependence, Dependent, Origins, Script
from assurance.model.unknown import is_unknown, unknown
from assurance.readers.kinds import Kind
from assurance.readers.listeners import LISTENER_TYPES
from assurance.readers.state import Block, Resource, State, tokens
from assurance.readers.target_groups import TARGET_GROUP_TYPES

_OF_SERVICE = (
    ("cluster", "cluster", ("aws_ecs_cluster",)),
    ("subnet", "network_configuration.subnets", ("aws_subnet",)),
    ("security group", "network_configuration.security_groups", ("aws_security_group",)),
    ("registry", "service_registries.registry_arn", ("aws_service_discovery_service",)),
    ("role", "iam_role", ("aws_iam_role",)),
)

_OF_TASK = (
    ("execution role", "execution_role_arn", ("aws_iam_role",)),
    ("task role", "task_role_arn", ("aws_iam_role",)),
)

_LOG_GROUP = "logConfiguration.options.awslogs-group"
_REGISTRY = ".dkr.ecr."

_STACKS = {
    "aws_cloudformation_stack": "CloudFormation",
    "aws_cloudformation_stack_set": "CloudFormation",
    "aws_serverlessapplicationrepository_cloudformation_stack": "CloudFormation",
    "shell_script": "a shell script",
}

_EMPTY_HANDED = ("null_resource", "terraform_data")
"""Resources that make nothing by themselves, and are there to run provisioners."""


def read_origins(state: State) -> Origins:
    """Return the services with what they depend on, and the scripts."""
    return Origins(
        dependents=tuple(_dependent(found) for found in state.of("aws_ecs_service")),
        scripts=tuple(_scripts(state)),
    )


def _dependent(service: Resource) -> Dependent:
    found = [*_of(service, _OF_SERVICE), *_target_groups(service)]
    definition = _task_definition(service)
    if definition is None:
        value = service.get("task_definition")
        found.append(_dependence(service, "task definition", value, "aws_ecs_task_definition"))
    else:
        found += [*_of(definition, _OF_TASK), *_of_containers(definition)]
    return Dependent(subject=service.subject(), dependences=tuple(found))


def _of(
    resource: Resource, paths: tuple[tuple[str, str, tuple[str, ...]], ...]
) -> Iterator[Dependence]:
    for noun, path, types in paths:
        values = resource.listed(path)
        for value in (values,) if is_unknown(values) else values:
            if is_unknown(value) or value:
                yield _dependence(resource, noun, value, *types)


def _dependence(resource: Resource, noun: str, value: Any, *types: str) -> Dependence:
    if is_unknown(value):
        hidden: Any = value
        return hidden
    return Dependence(
        noun=noun, name=str(value), is_declared=_is_declared(resource, str(value), *types)
    )


def _is_declared(resource: Resource, value: str, *types: str) -> Any:
    """Tell whether a value refers to something that the configuration makes or looks up."""
    named = tokens(value)
    for address, attribute in named:
        if resource.resolve(f"${{{address}.{attribute}}}") is None:
            return unknown(f"{address} is not part of the evaluated configuration")
    return bool(named) or resource.resolve(value, *types) is not None


def _target_groups(service: Resource) -> Iterator[Dependence]:
    blocks = service.blocks("load_balancer")
    for block in (blocks,) if is_unknown(blocks) else blocks:
        value = block if is_unknown(block) else block.get("target_group_arn")
        if is_unknown(value) or value:
            yield _dependence(service, "target group", value, *TARGET_GROUP_TYPES)
            yield from _listeners(service, value)


def _listeners(service: Resource, group: object) -> Iterator[Dependence]:
    """Yield the listeners whose rules send requests to a target group."""
    found = service.resolve(group, *TARGET_GROUP_TYPES)
    if found is None:
        return
    for type_ in ("aws_lb_listener_rule", "aws_alb_listener_rule"):
        for rule in service.state.pointing(type_, "action.target_group_arn", found):
            yield _dependence(rule, "listener", rule.get("listener_arn"), *LISTENER_TYPES)


def _task_definition(service: Resource) -> Resource | None:
    value = service.get("task_definition", None)
    for address, attribute in tokens(value):
        found = service.resolve(f"${{{address}.{attribute}}}")
        if found is not None and found.type == "aws_ecs_task_definition" and found.is_managed:
            return found
    return service.target("task_definition", "aws_ecs_task_definition")


def _of_containers(definition: Resource) -> Iterator[Dependence]:
    containers = definition.blocks("container_definitions")
    for container in (containers,) if is_unknown(containers) else containers:
        if is_unknown(container):
            yield container
        else:
            yield from _of_container(container, definition)


def _of_container(container: Block, definition: Resource) -> Iterator[Dependence]:
    group = container.get(_LOG_GROUP)
    if is_unknown(group) or group:
        yield _dependence(definition, "log group", group, "aws_cloudwatch_log_group")
    image = container.get("image")
    if is_unknown(image) or tokens(image) or _REGISTRY in str(image):
        yield _image(definition, image)
    secrets = container.blocks("secrets")
    for secret in (secrets,) if is_unknown(secrets) else secrets:
        value = secret if is_unknown(secret) else secret.get("valueFrom")
        yield _dependence(
            definition, "secret", value, "aws_secretsmanager_secret", "aws_ssm_parameter"
        )


def _image(definition: Resource, image: Any) -> Dependence:
    if is_unknown(image) or tokens(image):
        return _dependence(definition, "image repository", image)
    repository = str(image).partition("/")[2].partition("@")[0].rpartition(":")[0]
    return Dependence(
        noun="image repository",
        name=str(image),
        is_declared=definition.resolve(repository, "aws_ecr_repository") is not None,
    )


def _scripts(state: State) -> Iterator[Script]:
    for resource in state.resources:
        if not resource.is_managed:
            continue
        provisioners = resource.raw.get("provisioners")
        if resource.type in _STACKS:
            yield Script(subject=resource.subject(), means=_STACKS[resource.type], commands=())
        elif provisioners or resource.type in _EMPTY_HANDED:
            yield _provisioned(resource, provisioners)


def _provisioned(resource: Resource, provisioners: list[Mapping[str, str]] | None) -> Script:
    """Return what the provisioners of a resource run; an engine may not tell whether it has any."""
    if provisioners is None:
        hidden = unknown(f"the evidence does not tell what the provisioners of {resource.id} run")
        return Script(subject=resource.subject(), means=hidden, commands=hidden)
    return Script(
        subject=resource.subject(),
        means=" and ".join(sorted({found["type"] for found in provisioners})),
        commands=tuple(found.get("command", "") for found in provisioners),
    )


KINDS = (
    Kind(
        noun="dependent service",
        plural="dependent services",
        population=lambda view: view.origins.dependents,
        inventory=("aws_ecs_service",),
    ),
    Kind(
        noun="script in Terraform",
        plural="scripts in Terraform",
        population=lambda view: view.origins.scripts,
        inventory=(*_STACKS, *_EMPTY_HANDED),
    ),
)
