"""Reads log groups and notification topics from evaluated Terraform."""

from __future__ import annotations

from typing import Any

from assurance.model.observability import LogGroup, Observability, Subscription, Topic
from assurance.model.unknown import is_unknown
from assurance.readers.kinds import Kind
from assurance.readers.references import identity, whole
from assurance.readers.state import Block, Resource, State


def read_observability(state: State) -> Observability:
    """Return the log groups and the topics of the configuration."""
    filters, subscriptions = "aws_cloudwatch_log_subscription_filter", "aws_sns_topic_subscription"
    return Observability(
        log_groups=tuple(
            _log_group(found, state.pointing(filters, "log_group_name", found))
            for found in state.of("aws_cloudwatch_log_group")
        ),
        topics=tuple(
            _topic(found, state.pointing(subscriptions, "topic_arn", found))
            for found in state.of("aws_sns_topic")
        ),
    )


def _log_group(resource: Resource, filters: tuple[Resource, ...]) -> LogGroup:
    """Unset, events never expire and a key that AWS owns encrypts them.

    https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/Working-with-log-groups-and-streams.html
    """
    return LogGroup(
        subject=resource.subject(*filters),
        name=resource.get("name"),
        retention=whole(resource.get("retention_in_days")),
        key=identity(resource, "kms_key_id", "aws_kms_key", "aws_kms_alias"),
        destinations=tuple(identity(found, "destination_arn") for found in filters),
    )


def _topic(resource: Resource, subscriptions: tuple[Resource, ...]) -> Topic:
    return Topic(
        subject=resource.subject(*subscriptions),
        key=identity(resource, "kms_master_key_id", "aws_kms_key", "aws_kms_alias"),
        subscriptions=tuple(
            Subscription(protocol=_known(found, "protocol"), endpoint=_known(found, "endpoint"))
            for found in subscriptions
        ),
    )


def _known(block: Block, path: str) -> Any:
    value = block.get(path)
    return value if is_unknown(value) else str(value)


KINDS: tuple[Kind, ...] = (
    Kind(
        noun="log group",
        plural="log groups",
        population=lambda view: view.observability.log_groups,
        inventory=("aws_cloudwatch_log_group",),
    ),
    Kind(
        noun="notification topic",
        plural="notification topics",
        population=lambda view: view.observability.topics,
        inventory=("aws_sns_topic",),
    ),
)
