"""Reads clusters with their capacity providers from evaluated Terraform."""

from __future__ import annotations

from typing import Any

from assurance.model.observability import LogGroup, Observability
from assurance.model.services import CapacityShare, Cluster, ExecLogging
from assurance.model.unknown import is_unknown, unknown
from assurance.readers.references import by_id, flag, identity, is_missing, whole
from assurance.readers.state import Block, Resource, State


def read_clusters(state: State, observability: Observability) -> tuple[Cluster, ...]:
    """Return every cluster of the configuration."""
    groups = by_id(observability.log_groups)
    return tuple(_cluster(found, groups) for found in state.of("aws_ecs_cluster"))


def _cluster(resource: Resource, groups: dict[str, LogGroup]) -> Cluster:
    associated = tuple(
        found
        for found in resource.state.of("aws_ecs_cluster_capacity_providers")
        if found.target("cluster_name", "aws_ecs_cluster") is resource
    )
    told = associated[0] if associated else resource
    return Cluster(
        subject=resource.subject(*associated),
        name=resource.get("name"),
        insights=_insights(resource),
        providers=told.listed("capacity_providers"),
        strategy=read_strategy(told, "default_capacity_provider_strategy"),
        exec_logging=_exec_logging(resource, groups),
    )


def default_cluster(resource: Resource) -> Cluster:
    """Return the cluster of a service that names none: AWS makes it, with nothing configured.

    https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_CreateService.html
    """
    return Cluster(
        subject=resource.subject(),
        name="default",
        insights=_account_setting(resource),
        providers=(),
        strategy=(),
        exec_logging=_exec_logging(resource, {}),
    )


def read_strategy(block: Block, path: str) -> tuple[CapacityShare, ...]:
    """Return a capacity provider strategy; unset, base and weight are 0."""
    found = block.blocks(path)
    if is_unknown(found):
        return found
    return tuple(
        item
        if is_unknown(item)
        else CapacityShare(
            provider=item.get("capacity_provider"),
            base=whole(item.get("base")),
            weight=whole(item.get("weight")),
        )
        for item in found
    )


def _insights(resource: Resource) -> str:
    """Return the cluster's setting, else the account's where it is declared, else `disabled`.

    https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-account-settings.html
    """
    settings = resource.blocks("setting")
    if is_unknown(settings):
        return settings
    for found in settings:
        if is_unknown(found) or is_unknown(found.get("name")):
            return unknown("the name of a cluster setting is not known")
        if found.get("name") == "containerInsights":
            return found.get("value")
    return _account_setting(resource)


def _account_setting(resource: Resource) -> Any:
    for found in resource.state.of("aws_ecs_account_setting_default"):
        if is_unknown(found.get("name")) or found.get("name") == "containerInsights":
            return found.get("value")
    return "disabled"


def _exec_logging(resource: Resource, groups: dict[str, LogGroup]) -> ExecLogging:
    """Unset, sessions go where the task's own `awslogs` driver writes, without a key of ours.

    https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-exec.html
    """
    path = "configuration.execute_command_configuration"
    name = resource.get(f"{path}.log_configuration.cloud_watch_log_group_name")
    encrypts = f"{path}.log_configuration.cloud_watch_encryption_enabled"
    encrypts_bucket = f"{path}.log_configuration.s3_bucket_encryption_enabled"
    return ExecLogging(
        mode=resource.get(f"{path}.logging", "DEFAULT"),
        key=identity(resource, f"{path}.kms_key_id", "aws_kms_key", "aws_kms_alias"),
        group=name,
        groups=_group(resource, name, groups),
        is_group_encrypted=flag(resource.get(encrypts, False)),
        bucket=identity(resource, f"{path}.log_configuration.s3_bucket_name", "aws_s3_bucket"),
        is_bucket_encrypted=flag(resource.get(encrypts_bucket, False)),
    )


def _group(resource: Resource, name: Any, groups: dict[str, LogGroup]) -> tuple[LogGroup, ...]:
    if is_unknown(name):
        return name
    target = resource.resolve(name, "aws_cloudwatch_log_group")
    if target is not None and target.id in groups:
        return (groups[target.id],)
    if name.startswith("${") and not is_missing(resource, name):
        return unknown(f"log group {name} is not part of this configuration")
    return ()
