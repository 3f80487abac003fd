"""Connections that configuration makes by name; pure.

Terraform evaluates `aws_ecr_repository.backend.name` to the name itself, and the connection that a
graph policy looks for is gone. Where an attribute can only name a resource of one kind, and one of
that name is there, the reference is put back.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

# (type of the resource or "", attribute): (type it names, attribute that holds the name)
LINKS = {
    ("", "bucket"): ("aws_s3_bucket", "bucket"),
    ("", "s3_bucket_name"): ("aws_s3_bucket", "bucket"),
    ("", "parameter_group_name"): ("aws_db_parameter_group", "name"),
    ("", "db_parameter_group_name"): ("aws_db_parameter_group", "name"),
    ("", "db_cluster_parameter_group_name"): ("aws_rds_cluster_parameter_group", "name"),
    ("", "db_subnet_group_name"): ("aws_db_subnet_group", "name"),
    ("", "cluster_identifier"): ("aws_rds_cluster", "cluster_identifier"),
    ("", "cluster_name"): ("aws_ecs_cluster", "name"),
    ("", "role"): ("aws_iam_role", "name"),
    ("", "log_group_name"): ("aws_cloudwatch_log_group", "name"),
    ("aws_ecs_service", "cluster"): ("aws_ecs_cluster", "name"),
    ("aws_ecr_lifecycle_policy", "repository"): ("aws_ecr_repository", "name"),
    ("aws_ecr_repository_policy", "repository"): ("aws_ecr_repository", "name"),
    ("aws_config_configuration_recorder_status", "name"): (
        "aws_config_configuration_recorder",
        "name",
    ),
    ("aws_config_delivery_channel", "name"): ("aws_config_configuration_recorder", "name"),
    ("aws_appautoscaling_policy", "resource_id"): ("aws_appautoscaling_target", "resource_id"),
    ("aws_appautoscaling_scheduled_action", "resource_id"): (
        "aws_appautoscaling_target",
        "resource_id",
    ),
    # `service/cluster/service`: what follows the last slash is the name.
    ("aws_appautoscaling_target", "resource_id"): ("aws_ecs_service", "name"),
}

Named = Mapping[tuple[str, str, str, str], str]


def named(entries: Iterable[tuple[str, str, Mapping[str, Any], str]]) -> Named:
    """Index resources, given as scope, type, values and rendered name, by what names them."""
    wanted = {(kind, attribute) for kind, attribute in LINKS.values()}
    return {
        (scope, kind, attribute, values[attribute]): name
        for scope, kind, values, name in entries
        for target, attribute in wanted
        if target == kind and isinstance(values.get(attribute), str)
    }


def links(scope: str, kind: str, values: Mapping[str, Any], index: Named) -> dict[str, str]:
    """The attributes that name another resource, each with the reference in place of the name."""
    found = {
        attribute: _reference(scope, kind, attribute, value, index)
        for attribute, value in values.items()
    }
    return {attribute: reference for attribute, reference in found.items() if reference}


def _reference(scope: str, kind: str, attribute: str, value: Any, index: Named) -> str | None:
    link = LINKS.get((kind, attribute)) or LINKS.get(("", attribute))
    if link is None or not isinstance(value, str) or link[0] == kind:
        return None
    target, key = link
    head, slash, tail = value.rpartition("/") if target == "aws_ecs_service" else ("", "", value)
    name = index.get((scope, target, key, tail))
    if name is None:
        return None
    reference = f"{target}.{name}.{key}"
    return f"{head}/${{{reference}}}" if slash else reference
