"""The paths on which logs are passed on: subscriptions, streams, replication of buckets."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from assurance.model.unknown import is_unknown
from assurance.readers.state import TOKEN, Block, Resource, State

_BUCKET_ARN = re.compile(r"arn:[\w${}.-]*:s3:::([^/*]+)")
_HOLDERS = ("aws_s3_bucket", "aws_cloudwatch_log_group")
_FIREHOSE = "aws_kinesis_firehose_delivery_stream"


class LogPaths:
    """Knows for every place where it passes logs on to."""

    def __init__(self, state: State) -> None:
        self._next: dict[str, set[str]] = {}
        for origin, end in (*_subscribed(state), *_streamed(state), *_replicated(state)):
            self._next.setdefault(origin, set()).add(end)
        self._from_all_groups = frozenset(_account_wide(state))
        self._groups = frozenset(found.id for found in state.of("aws_cloudwatch_log_group"))

    def reached(self, places: tuple[str, ...]) -> tuple[str, ...]:
        """Return the places and everything that they pass on to."""
        found: set[str] = set()
        waiting = list(places)
        while waiting:
            place = waiting.pop()
            if place not in found:
                found.add(place)
                waiting += self._next.get(place, ())
                waiting += self._from_all_groups if place in self._groups else ()
        return tuple(sorted(found))

    @staticmethod
    def named(block: Block, value: str) -> str:
        """Return the id of the resource that a value names: a reference, a name or an ARN."""
        reference = TOKEN.match(value)
        named = _BUCKET_ARN.match(value)
        name = reference[0] if reference else named[1] if named else value
        target = block.resource.resolve(name, *(() if reference else _HOLDERS))
        return value if target is None else target.id


def _edges(resource: Resource, origin: str, end: str) -> Iterator[tuple[str, str]]:
    """Yield the edge between what two attributes name, where both are known."""
    start, target = resource.get(origin), resource.get(end)
    if not is_unknown(start) and not is_unknown(target) and start and target:
        yield LogPaths.named(resource, str(start)), LogPaths.named(resource, str(target))


def _subscribed(state: State) -> Iterator[tuple[str, str]]:
    for found in state.of("aws_cloudwatch_log_subscription_filter"):
        yield from _edges(found, "log_group_name", "destination_arn")
    for found in state.of("aws_cloudwatch_log_destination"):
        yield from ((found.id, end) for end in _ends(found, "target_arn"))


def _streamed(state: State) -> Iterator[tuple[str, str]]:
    for found in state.of(_FIREHOSE):
        for path in ("extended_s3_configuration.bucket_arn", "s3_configuration.bucket_arn"):
            yield from ((found.id, end) for end in _ends(found, path))
        source = _ends(found, "kinesis_source_configuration.kinesis_stream_arn")
        yield from ((stream, found.id) for stream in source)


def _replicated(state: State) -> Iterator[tuple[str, str]]:
    for found in state.of("aws_s3_bucket_replication_configuration"):
        yield from _edges(found, "bucket", "rule.destination.bucket")


def _account_wide(state: State) -> Iterator[str]:
    """Yield where a policy of the account sends the events of every log group."""
    for found in state.of("aws_cloudwatch_log_account_policy"):
        yield from _ends(found, "policy_document.DestinationArn")


def _ends(resource: Resource, path: str) -> tuple[str, ...]:
    value: Any = resource.get(path)
    if is_unknown(value) or not value:
        return ()
    return (LogPaths.named(resource, str(value)),)
