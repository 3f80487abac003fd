"""Follows every log from what writes it to the places that keep it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from assurance.model.buckets import Buckets
from assurance.model.central_logs import CentralLogs, LogKind, LogSource
from assurance.model.services import Services
from assurance.model.subjects import Subject
from assurance.model.unknown import is_unknown, unknown
from assurance.readers.archives import read_archive
from assurance.readers.kinds import Kind
from assurance.readers.log_paths import LogPaths
from assurance.readers.references import by_id, flag, named
from assurance.readers.state import Block, Resource, State


def read_central_logs(state: State, services: Services, buckets: Buckets) -> CentralLogs:
    """Return the sources of logs of the configuration, and its buckets."""
    paths = LogPaths(state)
    found = (
        *_applications(services, paths),
        *_audits(state, paths),
        *_flows(state, paths),
        *_accesses(state, paths),
    )
    known = by_id(buckets.buckets)
    return CentralLogs(
        sources=found,
        archives=tuple(
            read_archive(_itself(found), "bucket", known, state)
            for found in state.of("aws_s3_bucket")
        ),
    )


def _itself(bucket: Resource) -> Block:
    """Return a block whose `bucket` refers to the bucket."""
    return Block({"bucket": f"${{{bucket.address}.id}}"}, bucket)


def _applications(services: Services, paths: LogPaths) -> Iterator[LogSource]:
    """Yield the log groups of containers, each once."""
    groups: dict[str, Subject] = {}
    for definition in services.task_definitions:
        for container in () if is_unknown(definition.containers) else definition.containers:
            for logging in () if is_unknown(container.logging) else container.logging:
                for group in () if is_unknown(logging.groups) else logging.groups:
                    groups[group.subject.id] = group.subject
    for id_, subject in sorted(groups.items()):
        yield LogSource(subject=subject, kind=LogKind.APPLICATION, places=paths.reached((id_,)))


def _audits(state: State, paths: LogPaths) -> Iterator[LogSource]:
    for trail in state.of("aws_cloudtrail"):
        places = (*_place(trail, "s3_bucket_name"), *_place(trail, "cloud_watch_logs_group_arn"))
        yield _source(trail, LogKind.AUDIT, paths, places)


def _flows(state: State, paths: LogPaths) -> Iterator[LogSource]:
    for log in state.of("aws_flow_log"):
        places = (*_place(log, "log_destination"), *_place(log, "log_group_name"))
        yield _source(log, LogKind.FLOW, paths, places)


def _accesses(state: State, paths: LogPaths) -> Iterator[LogSource]:
    """Yield what takes requests; load balancers write logs only when told to."""
    for balancer in state.of("aws_lb", "aws_alb"):
        if _balances_requests(balancer):
            enabled = balancer.get("access_logs.enabled", False)
            places = (enabled,) if is_unknown(enabled) else _written(balancer, flag(enabled))
            yield _source(balancer, LogKind.ACCESS, paths, places)
    for distribution in state.of("aws_cloudfront_distribution"):
        places = (*_place(distribution, "logging_config.bucket"), *_delivered(distribution))
        yield _source(distribution, LogKind.ACCESS, paths, places)


def _balances_requests(balancer: Resource) -> bool:
    kind = balancer.get("load_balancer_type", "application")
    return is_unknown(kind) or kind == "application"


def _written(balancer: Resource, enabled: bool) -> tuple[Any, ...]:  # noqa: FBT001
    return _place(balancer, "access_logs.bucket") if enabled else ()


def _delivered(resource: Resource) -> tuple[Any, ...]:
    """Return where the deliveries of CloudWatch Logs take the log of a resource."""
    found: list[Any] = []
    for source in resource.state.of("aws_cloudwatch_log_delivery_source"):
        if source.target("resource_arn") is not resource:
            continue
        for delivery in resource.state.of("aws_cloudwatch_log_delivery"):
            if _delivers(delivery, source):
                end = delivery.target("delivery_destination_arn")
                path = "delivery_destination_configuration.destination_resource_arn"
                found.extend(() if end is None else _place(end, path))
    return tuple(found)


def _delivers(delivery: Resource, source: Resource) -> bool:
    if delivery.target("delivery_source_name", source.type) is source:
        return True
    name = source.get("name")
    return not is_unknown(name) and bool(named((delivery,), "delivery_source_name", name))


def _place(block: Block, path: str) -> tuple[Any, ...]:
    """Return the id of what a value names, as a tuple; the text itself for what is elsewhere."""
    value = block.get(path)
    if is_unknown(value) or not value:
        return (value,) if is_unknown(value) else ()
    return (LogPaths.named(block, str(value)),)


def _source(
    resource: Resource, kind: LogKind, paths: LogPaths, places: tuple[Any, ...]
) -> LogSource:
    doubts = [place for place in places if is_unknown(place)]
    reached = paths.reached(tuple(place for place in places if not is_unknown(place)))
    doubt = (unknown(f"where {resource.id} writes to is not known"),) if doubts else ()
    return LogSource(subject=resource.subject(), kind=kind, places=(*reached, *doubt))


KINDS: tuple[Kind, ...] = (
    Kind(
        noun="source of logs",
        plural="sources of logs",
        population=lambda view: view.central_logs.sources,
        made_of=("aws_cloudwatch_log_group", "aws_lb", "aws_flow_log", "aws_cloudtrail"),
    ),
)
