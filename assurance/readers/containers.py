"""Reads task definitions and their containers from evaluated Terraform."""

from __future__ import annotations

import re
from typing import Any

from assurance.model.containers import (
    Container,
    Logging,
    SecretReference,
    TaskDefinition,
    Variable,
)
from assurance.model.observability import LogGroup, Observability
from assurance.model.subjects import Subject
from assurance.model.unknown import is_unknown, unknown
from assurance.readers.images import read_image
from assurance.readers.references import by_id, flag, identity, is_missing, sources, whole
from assurance.readers.state import TOKEN, Block, Resource, State

DEFAULT_STOP_TIMEOUT = 30
"""https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html"""

_PLUGINS = ("cloudwatch", "cloudwatch_logs")
"""The two plugins of Fluent Bit that write to CloudWatch Logs."""

_SECRETS = (
    "aws_secretsmanager_secret",
    "aws_secretsmanager_secret_version",
    "aws_ssm_parameter",
)


def read_task_definitions(state: State, observability: Observability) -> tuple[TaskDefinition, ...]:
    """Return every task definition of the configuration."""
    groups = by_id(observability.log_groups)
    return tuple(_task_definition(found, groups) for found in state.of("aws_ecs_task_definition"))


def _task_definition(resource: Resource, groups: dict[str, LogGroup]) -> TaskDefinition:
    return TaskDefinition(
        subject=resource.subject(),
        family=resource.get("family"),
        cpu=_units(resource.get("cpu"), r"vcpus?", 1024),
        memory=_units(resource.get("memory"), r"gb|gib", 1024),
        compatibilities=resource.listed("requires_compatibilities"),
        network_mode=resource.get("network_mode", "bridge"),
        operating_system=resource.get("runtime_platform.operating_system_family", "LINUX"),
        execution_role=identity(resource, "execution_role_arn", "aws_iam_role"),
        task_role=identity(resource, "task_role_arn", "aws_iam_role"),
        containers=_containers(resource, groups),
    )


def _units(value: Any, unit: str, factor: int) -> int:
    """Read a size as the API takes it: `256`, `1 vCPU`, `0.5GB`."""
    if is_unknown(value):
        return value
    found = re.fullmatch(rf"\s*([\d.]+)\s*({unit})?\s*", str(value), re.IGNORECASE)
    if found is None:
        return 0 if value == "" else unknown(f"{value!r} is not a size of a task")
    return int(float(found[1]) * (factor if found[2] else 1))


def _containers(resource: Resource, groups: dict[str, LogGroup]) -> tuple[Container, ...]:
    found = resource.get("container_definitions", ())
    if is_unknown(found):
        return (_unknown_container(resource, found),)
    if isinstance(found, str):
        reason = unknown(f"the container definitions are what {found} says")
        return (_unknown_container(resource, reason),)
    return tuple(
        _unknown_container(resource, block, number)
        if is_unknown(block)
        else _container(block, groups, number)
        for number, block in enumerate(resource.blocks("container_definitions"))
    )


def _unknown_container(resource: Resource, why: Any, number: int = 0) -> Container:
    """Stand for containers of which nothing can be known."""
    fields = {name: why for name in Container.__slots__ if name != "subject"}
    return Container(subject=_subject(resource, f"container {number}"), **fields)


def _subject(resource: Resource, name: str) -> Subject:
    whole_definition = resource.subject()
    return Subject(
        id=f"{whole_definition.id}/{name}",
        location=whole_definition.location,
        evidence=whole_definition.evidence,
        existence=whole_definition.existence,
    )


def _container(block: Block, groups: dict[str, LogGroup], number: int) -> Container:
    name = block.get("name")
    called = f"container {number}" if is_unknown(name) or not name else str(name)
    return Container(
        subject=_subject(block.resource, called),
        name=name,
        image=read_image(block, block.get("image")),
        essential=flag(block.get("essential", True)),
        cpu=whole(block.get("cpu")),
        memory=whole(block.get("memory")),
        privileged=flag(block.get("privileged", False)),
        read_only_root=flag(block.get("readonlyRootFilesystem", False)),
        user=_text(block.get("user")),
        dropped_capabilities=block.listed("linuxParameters.capabilities.drop"),
        added_capabilities=block.listed("linuxParameters.capabilities.add"),
        variables=_variables(block),
        secrets=_secrets(block),
        logging=_logging(block, groups),
        health_command=_health_command(block),
        ports=_ports(block),
        stop_timeout=whole(block.get("stopTimeout"), DEFAULT_STOP_TIMEOUT),
        command=_command(block),
        version=_label(block, "org.opencontainers.image.version"),
        is_log_router=block.is_set("firelensConfiguration"),
    )


def _text(value: Any) -> str:
    return value if is_unknown(value) else str(value)


def _label(block: Block, name: str) -> str:
    labels = block.get("dockerLabels", {})
    return labels if is_unknown(labels) else _text(labels.get(name, ""))


def _variables(block: Block) -> tuple[Variable, ...]:
    found = block.blocks("environment")
    if is_unknown(found):
        return found
    return tuple(
        item
        if is_unknown(item)
        else Variable(name=item.get("name"), value=_text(item.get("value")), sources=_sources(item))
        for item in found
    )


def _sources(block: Block) -> tuple[str, ...]:
    value = block.get("value")
    return value if is_unknown(value) else sources(value)


def _secrets(block: Block) -> tuple[SecretReference, ...]:
    found = block.blocks("secrets")
    if is_unknown(found):
        return found
    return tuple(
        item
        if is_unknown(item)
        else SecretReference(
            name=item.get("name"),
            value_from=item.get("valueFrom"),
            secret=_secret(item, item.get("valueFrom")),
        )
        for item in found
    )


def _secret(block: Block, value: Any) -> str:
    """Return the id of the secret: `ARN`, or `ARN:json-key:version-stage:version-id`."""
    if is_unknown(value):
        return value
    reference = TOKEN.match(str(value))
    target = block.resource.resolve(reference[0] if reference else str(value), *_SECRETS)
    return "" if target is None else target.id


def _logging(block: Block, groups: dict[str, LogGroup]) -> tuple[Logging, ...]:
    if is_unknown(block.get("logConfiguration")):
        return block.get("logConfiguration")
    if not block.is_set("logConfiguration.logDriver"):
        return ()
    driver = block.get("logConfiguration.logDriver")
    group = _group(block, driver)
    return (
        Logging(
            driver=driver,
            group=group,
            groups=_declared(block, group, groups),
            is_created_on_demand=flag(_option(block, "awslogs-create-group", "auto_create_group")),
        ),
    )


def _group(block: Block, driver: Any) -> str:
    """Return the log group's name; the log router writes to CloudWatch with a plugin of its own."""
    if is_unknown(driver):
        return driver
    if driver == "awslogs":
        return _option(block, "awslogs-group")
    if driver != "awsfirelens":
        return ""
    plugin = _option(block, "Name", "name")
    if is_unknown(plugin):
        return plugin
    return _option(block, "log_group_name") if plugin in _PLUGINS else ""


def _option(block: Block, *names: str) -> Any:
    """Return the first of these options of the log driver that is set, else an empty text."""
    options = block.get("logConfiguration.options", {})
    if is_unknown(options):
        return options
    return next((options[name] for name in names if options.get(name) is not None), "")


def _declared(block: Block, name: Any, groups: dict[str, LogGroup]) -> tuple[LogGroup, ...]:
    """Return the group of that name; a group that a data source looks up cannot be seen."""
    if is_unknown(name) or not name:
        return name if is_unknown(name) else ()
    target = block.resource.resolve(name, "aws_cloudwatch_log_group")
    if target is not None and target.id in groups:
        return (groups[target.id],)
    looked_up = block.resource.state.of("data.aws_cloudwatch_log_group")
    outside = any(
        not is_unknown(data.get("name")) and data.get("name") == name for data in looked_up
    )
    if outside or (target is None and name.startswith("${") and not is_missing(block, name)):
        return unknown(f"log group {name} is not part of this configuration")
    return ()


def _health_command(block: Block) -> tuple[str, ...]:
    found = block.get("healthCheck", {})
    return found if is_unknown(found) else block.listed("healthCheck.command")


def _ports(block: Block) -> tuple[int, ...]:
    found = block.blocks("portMappings")
    if is_unknown(found):
        return found
    return tuple(item if is_unknown(item) else whole(item.get("containerPort")) for item in found)


def _command(block: Block) -> tuple[str, ...]:
    entry, command = block.listed("entryPoint"), block.listed("command")
    if is_unknown(entry) or is_unknown(command):
        return unknown("the command of the container is not known")
    return (*entry, *command)
