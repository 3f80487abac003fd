"""No rule breaks, and none passes by accident, when a part of the evidence is unknown or absent."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from typing import Any

import pytest

from assurance.model.findings import Finding, NotApplicable
from assurance.model.unknown import UnknownValue
from assurance.readers.view import View
from assurance.rules import (
    alarms,
    capacity,
    containers,
    delegates,
    plain_secrets,
    releases,
    scaling,
    services,
)
from tests.running import AROUND, CLUSTER, looked_at, service, task
from tests.states import managed, state, unknown_because

RESOURCES = (
    *AROUND,
    CLUSTER,
    service(),
    task(),
    managed(
        "aws_appautoscaling_target.app",
        resource_id="service/main/app",
        min_capacity=2,
        max_capacity=4,
    ),
    managed(
        "aws_cloudwatch_metric_alarm.cpu",
        alarm_name="cpu",
        namespace="AWS/ECS",
        metric_name="CPUUtilization",
        comparison_operator="GreaterThanThreshold",
        dimensions={"ClusterName": "main", "ServiceName": "app"},
        treat_missing_data="breaching",
        alarm_actions=["${aws_sns_topic.main.arn}"],
    ),
)


def rules(found: View) -> Iterator[Callable[[], Any]]:
    for one in found.services.services:
        for rule in (
            services.runs_on_fargate,
            services.is_told_no_address,
            services.logs_interactive_sessions,
            services.has_steady_base,
            releases.rolls_back,
            releases.leaves_within_notice,
            delegates.has_pinned_image,
            delegates.is_in_private_subnets,
            delegates.has_no_public_address,
            delegates.logs,
        ):
            yield partial(rule, one)
        yield partial(services.mixes_capacity, one, found.delegates)
        yield partial(services.is_found_by_name, one, found.services, found.delegates)
        yield partial(services.spans_zones, one, zones=2)
        yield partial(releases.keeps_full_capacity, one, least=100)
        yield partial(releases.has_time_to_drain, one, seconds=30)
        yield partial(releases.is_released_after_draining, one, seconds=30)
        yield partial(delegates.has_supported_image, one, oldest="26.05")
        yield partial(scaling.tracks_cpu, one, found.scaling, found.delegates)
        yield partial(scaling.runs_several_tasks, one, found.scaling, tasks=2, production=True)
        yield partial(alarms.cpu_is_watched, one, found.alarms)
        yield partial(alarms.targets_are_watched, one, found.alarms)
        network = (found.networks.records, found.load_balancers.records)
        yield partial(capacity.has_addresses, one, found.services, found.scaling, *network)
    yield partial(capacity.fits_quotas, found.services, found.scaling, vcpus=64, spot=64)
    for definition in found.services.task_definitions:
        for check in (
            containers.has_fargate_size,
            containers.bounds_every_container,
            containers.fits_its_containers,
            containers.checks_its_health,
        ):
            yield partial(check, definition)
        for container in definition.containers:
            for judged in (
                containers.is_unprivileged,
                containers.drops_capabilities,
                containers.has_read_only_root,
                containers.runs_as_ordinary_user,
                containers.runs_private_image,
                containers.runs_fixed_image,
                containers.logs_to_cloudwatch,
                containers.logs_to_declared_group,
                containers.logs_are_encrypted,
                plain_secrets.gets_secrets_by_reference,
            ):
                yield partial(judged, container)


def paths(value: Any, before: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    items = (
        value.items()
        if isinstance(value, dict)
        else enumerate(value)
        if isinstance(value, list)
        else ()
    )
    for key, item in items:
        yield (*before, key)
        yield from paths(item, (*before, key))


def without(resource: dict[str, Any], path: tuple[Any, ...], *, replacement: Any) -> Any:
    changed = copy.deepcopy(resource)
    place = changed["values"]
    for key in path[:-1]:
        place = place[key]
    if replacement is None:
        del place[path[-1]]
    else:
        place[path[-1]] = replacement
    return changed


@pytest.mark.parametrize(
    "replacement", [unknown_because("nobody knows"), None], ids=["unknown", "absent"]
)
@pytest.mark.parametrize("resource", RESOURCES, ids=lambda resource: resource["address"])
def test_every_part_may_be_unknown_or_absent(resource: Any, replacement: Any) -> None:
    """A rule answers with a finding, with a case that does not apply, or with what is unknown."""
    others = [other for other in RESOURCES if other is not resource]

    for path in paths(resource["values"]):
        broken = without(resource, path, replacement=replacement)
        for rule in rules(looked_at(state(*others, broken))):
            with suppress(UnknownValue):
                assert isinstance(rule(), Finding | NotApplicable)
