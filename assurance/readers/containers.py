"""Reads task definitions and their containers from evaluated Terraform."""

from __future__ import annotations

import re
from typing import Any

from assurance.model.containers import (
    Container,
    SecretReference,
    TaskDefinition,
    Variable,
)
from assurance.model.observability import LogGroup, Observability
from assurance.model.subjects import Subject
from assurance.model.unknown import is_unknown, unknown
from assurance.readers.container_logs import read_logging
from assurance.readers.images import read_image
from assurance.readers.references import by_id, flag, identity, sources, whole
from assurance.readers.state import TOKEN, Block, Resource, State

DEFAULT_STOP_TIMEOUT = 30
"""https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html"""

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
        logging=read_logging(block, groups),
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
    stated = tuple(item if is_unknown(item) else _variable(item) for item in found)
    return (*stated, *_filed(block))


def _variable(block: Block) -> Variable:
    return Variable(
        name=block.get("name"), value=_text(block.get("value")), sources=_sources(block)
    )


def _filed(block: Block) -> tuple[Any, ...]:
    """Return the settings that come from files, of which nobody can see the content."""
    found = block.blocks("environmentFiles")
    if is_unknown(found):
        return (found,)
    return tuple(
        item if is_unknown(item) else unknown(f"settings come from a file: {item.values}")
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
