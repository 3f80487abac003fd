"""Reads a metric and finds out what of the system its dimensions mean."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from assurance.model.alarms import Metric
from assurance.model.unknown import is_unknown, unknown, why_unknown
from assurance.readers.references import named
from assurance.readers.service_names import service_named
from assurance.readers.state import Block, tokens

_MEANING: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "ClusterName": (("aws_ecs_cluster",), ("name",)),
    "LoadBalancer": (("aws_lb", "aws_alb"), ("arn_suffix",)),
    "LoadBalancerName": (("aws_elb",), ("name",)),
    "TargetGroup": (("aws_lb_target_group", "aws_alb_target_group"), ("arn_suffix",)),
    "DBInstanceIdentifier": (("aws_db_instance", "aws_rds_cluster_instance"), ("identifier", "id")),
    "DBClusterIdentifier": (("aws_rds_cluster",), ("cluster_identifier", "id")),
    "TableName": (("aws_dynamodb_table",), ("name", "id")),
    "DistributionId": (("aws_cloudfront_distribution",), ("id",)),
    "FunctionName": (("aws_lambda_function",), ("function_name",)),
    "QueueName": (("aws_sqs_queue",), ("name",)),
    "TopicName": (("aws_sns_topic",), ("name",)),
    "NatGatewayId": (("aws_nat_gateway",), ("id",)),
    "WebACL": (("aws_wafv2_web_acl",), ("name",)),
    "LogGroupName": (("aws_cloudwatch_log_group",), ("name",)),
    "BackupVaultName": (("aws_backup_vault",), ("name",)),
}
"""For each dimension the types that it can mean, and the attributes that its value equals.

https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/aws-services-cloudwatch-metrics.html
"""


def read_metric(block: Block, namespace: Any, name: Any, dimensions: Any) -> Metric:
    """Return the metric with these dimensions, which may be unknown as a whole or in part."""
    if is_unknown(dimensions):
        why = unknown(f"the dimensions are not known: {why_unknown(dimensions)}")
        return Metric(
            namespace=namespace, name=name, dimensions=why, subjects=(why,), strangers=(why,)
        )
    pairs = tuple(dimensions)
    found = tuple(_meanings(block, pairs))
    return Metric(
        namespace=namespace,
        name=name,
        dimensions=pairs,
        subjects=tuple(id_ for _, ids in found for id_ in ids),
        strangers=tuple(
            what if is_unknown(what) else f"{dimension} {what}"
            for (dimension, what), ids in found
            if not ids or any(is_unknown(id_) for id_ in ids)
        ),
    )


def _meanings(
    block: Block, pairs: Iterable[tuple[str, Any]]
) -> Iterable[tuple[tuple[str, Any], tuple[Any, ...]]]:
    """Yield for each dimension that means something here the ids of what it means."""
    values = dict(pairs)
    for dimension, value in values.items():
        if dimension == "ServiceName":
            yield (dimension, value), _service(block, values)
        elif dimension in _MEANING:
            yield (dimension, value), _meant(block, dimension, value)


def _service(block: Block, values: Mapping[str, Any]) -> tuple[Any, ...]:
    found = service_named(block, values.get("ClusterName", ""), values["ServiceName"])
    if is_unknown(found):
        return (found,)
    declared = any(service.id == found for service in block.resource.state.of("aws_ecs_service"))
    return (found,) if declared else ()


def _meant(block: Block, dimension: str, value: Any) -> tuple[Any, ...]:
    if is_unknown(value):
        return (value,)
    types, attributes = _MEANING[dimension]
    target = block.resource.resolve(value)
    if target is not None and target.type in types:
        return (target.id,)
    if target is not None or (tokens(value) and target is None and not _dangles(block, value)):
        return (unknown(f"{dimension} {value} is not part of this configuration"),)
    state = block.resource.state
    return tuple(
        dict.fromkeys(
            found.id
            for attribute in attributes
            for found in named(state.of(*types), attribute, value)
        )
    )


def _dangles(block: Block, value: str) -> bool:
    """Whether every reference in a text leads to a resource that is not declared."""
    return all(
        block.resource.resolve(f"${{{address}.{attribute}}}") is None
        for address, attribute in tokens(value)
    )
