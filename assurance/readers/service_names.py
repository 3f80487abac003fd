"""Finds the service that other resources name by cluster and service."""

from __future__ import annotations

import re
from typing import Any

from assurance.model.unknown import is_unknown, unknown
from assurance.readers.references import named
from assurance.readers.state import Block, Resource

_RESOURCE_ID = re.compile(r"service/(.+)/([^/]+)")


def scaled_service(block: Block, resource_id: Any) -> Any:
    """Return the id of the service in `service/CLUSTER/SERVICE`; unknown where it is not known."""
    if is_unknown(resource_id):
        return resource_id
    found = _RESOURCE_ID.fullmatch(str(resource_id))
    if found is None:
        return str(resource_id)
    return service_named(block, found[1], found[2])


def service_named(block: Block, cluster: Any, service: Any) -> Any:
    """Return the id of the service with these two names.

    The text `CLUSTER/SERVICE` stands for one that is not part of the configuration.
    """
    if is_unknown(cluster) or is_unknown(service):
        return unknown("the service that is meant is not known")
    matches = _candidates(block, service)
    if len(matches) > 1:
        matches = tuple(found for found in matches if _runs_in(found, block, cluster))
    if len(matches) > 1:
        return unknown(f"several services are named {service}")
    return matches[0].id if matches else f"{cluster}/{service}"


def _candidates(block: Block, service: str) -> tuple[Resource, ...]:
    target = block.resource.resolve(service, "aws_ecs_service")
    if target is not None:
        return (target,)
    return named(block.resource.state.of("aws_ecs_service"), "name", service)


def _runs_in(service: Resource, block: Block, cluster: str) -> bool:
    """Whether a service runs in the named cluster, or may, as far as anybody can see."""
    runs_in = service.get("cluster", "default")
    if is_unknown(runs_in):
        return True
    left = service.resolve(runs_in, "aws_ecs_cluster")
    right = block.resource.resolve(cluster, "aws_ecs_cluster")
    if left is None and right is None:
        return bool(str(runs_in).rpartition("/")[2] == cluster)
    return left is right
