"""Terraform's S3 replication → where the copies of each bucket are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from assurance.model.replication import ObjectStore, Replication
from assurance.model.unknown import is_unknown, unknown
from assurance.readers.attachments import attached, known_parts
from assurance.readers.kinds import Kind
from assurance.readers.regions import region_of
from assurance.readers.state import Block, Resource, State

_LOG_TARGETS = (
    ("aws_alb", "access_logs.bucket"),
    ("aws_cloudfront_distribution", "logging_config.bucket"),
    ("aws_flow_log", "log_destination"),
    ("aws_lb", "access_logs.bucket"),
    ("aws_lb", "connection_logs.bucket"),
    ("aws_s3_bucket_logging", "target_bucket"),
)

_FILTERS = ("prefix", "filter.prefix", "filter.tag", "filter.and", "filter.tags")


def read_replication(state: State) -> Replication:
    """Return the buckets with their copies."""
    buckets = state.of("aws_s3_bucket")
    rules = {bucket.id: tuple(_rules(bucket)) for bucket in buckets}
    copies = {found.id for own in rules.values() for rule in own for found in _destination(rule)}
    logs = {found.id for found in _log_buckets(state)}
    return Replication(
        stores=tuple(
            ObjectStore(
                subject=bucket.subject(*known_parts(_configurations(bucket))),
                region=region_of(bucket),
                copies=tuple(_region(rule) for rule in rules[bucket.id]),
                is_copy=bucket.id in copies,
                receives_logs=bucket.id in logs,
            )
            for bucket in buckets
        )
    )


def _configurations(bucket: Resource) -> tuple[Any, ...]:
    return attached(bucket, "bucket", "aws_s3_bucket_replication_configuration")


def _rules(bucket: Resource) -> Iterator[Any]:
    """Yield the rules that are on and concern every object; what hides may be one."""
    separate = ((found, "rule") for found in _configurations(bucket))
    for holder, path in (*separate, (bucket, "replication_configuration.rules")):
        if is_unknown(holder):
            yield holder
            continue
        rules = holder.blocks(path)
        for rule in (rules,) if is_unknown(rules) else rules:
            if is_unknown(rule) or (_is_on(rule) and _is_of_all(rule)):
                yield rule


def _is_on(rule: Block) -> bool:
    status = rule.get("status")
    return is_unknown(status) or status == "Enabled"


def _filters(rule: Block) -> tuple[Any, ...]:
    return tuple(rule.get(path) for path in _FILTERS if rule.is_set(path))


def _is_of_all(rule: Block) -> bool:
    """Whether no known filter leaves objects out."""
    return all(is_unknown(found) or found in ("", [], {}) for found in _filters(rule))


def _destination(rule: Any) -> Iterator[Resource]:
    found = None if is_unknown(rule) else rule.target("destination.bucket", "aws_s3_bucket")
    if found is not None:
        yield found


def _region(rule: Any) -> Any:
    if is_unknown(rule):
        return rule
    asked = (rule.get("status"), rule.get("destination.bucket"), *_filters(rule))
    hidden = [value for value in asked if is_unknown(value)]
    if hidden:
        return hidden[0]
    for found in _destination(rule):
        return region_of(found)
    return unknown(f"the region of bucket {asked[1]}, which is not part of this configuration")


def _log_buckets(state: State) -> Iterator[Resource]:
    for type_, path in _LOG_TARGETS:
        for resource in state.of(type_):
            found = resource.target(path, "aws_s3_bucket")
            if found is not None:
                yield found


KINDS = (
    Kind(
        noun="store of objects",
        plural="stores of objects",
        population=lambda view: view.replication.stores,
        inventory=("aws_s3_bucket", "aws_s3_bucket_replication_configuration"),
    ),
)
