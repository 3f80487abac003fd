"""Finds, among the services, those that run a Harness delegate."""

from __future__ import annotations

from assurance.model.delegates import Delegates, delegate_containers
from assurance.model.services import Services
from assurance.readers.kinds import Kind


def read_delegates(services: Services) -> Delegates:
    """Return the services that run a delegate."""
    return Delegates(
        services=tuple(found for found in services.services if delegate_containers(found))
    )


KINDS: tuple[Kind, ...] = (
    Kind(
        noun="delegate",
        plural="delegates",
        population=lambda view: view.delegates.services,
        made_of=("aws_ecs_service",),
    ),
)
