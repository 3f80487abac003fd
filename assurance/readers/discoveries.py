"""Names under which other services find a service."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from assurance.model.services import Discovery
from assurance.model.unknown import is_unknown
from assurance.readers.references import flag, identity
from assurance.readers.state import Block, Resource


def read_discoveries(told: Block, resource: Resource) -> tuple[Discovery, ...]:
    """Return every registration of a service, by the block that says how its tasks run."""
    kinds = (
        ("Cloud Map", told.blocks("service_registries"), "registry_arn"),
        ("Service Connect", _connected(resource), "port_name"),
        ("VPC Lattice", resource.blocks("vpc_lattice_configurations"), "port_name"),
    )
    return tuple(
        discovery for kind, blocks, name in kinds for discovery in _discovered(kind, blocks, name)
    )


def _connected(resource: Resource) -> Any:
    """Return the ports that Service Connect publishes; a mere client publishes none."""
    enabled = resource.get("service_connect_configuration.enabled", False)
    if is_unknown(enabled):
        return enabled
    return resource.blocks("service_connect_configuration.service") if flag(enabled) else ()


def _discovered(kind: str, blocks: Any, name: str) -> Iterable[Discovery]:
    if is_unknown(blocks):
        return (blocks,)
    return (
        item if is_unknown(item) else Discovery(kind=kind, name=identity(item, name))
        for item in blocks
    )
