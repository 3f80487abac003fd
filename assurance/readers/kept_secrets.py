"""Reads where the secrets of pipelines are kept.

https://developer.harness.io/docs/platform/secrets/secrets-management/harness-secret-manager-overview
"""

from __future__ import annotations

from typing import Any

from assurance.model.connectors import KeptSecret
from assurance.model.unknown import unknown
from assurance.readers.connectors import MANAGERS
from assurance.readers.entities import Entities
from assurance.readers.kinds import Kind
from assurance.readers.state import Resource, State

BUILT_IN = "built in"


def read_kept_secrets(state: State, entities: Entities) -> tuple[KeptSecret, ...]:
    """Return every secret that has a definition."""
    return tuple(_secret(found, entities) for found in state.of("harness_secret"))


def _secret(resource: Resource, entities: Entities) -> KeptSecret:
    manager = _manager(resource, entities)
    is_known = isinstance(manager, Resource)
    return KeptSecret(
        subject=resource.subject(),
        type=str(resource.get("type")),
        keeper=str(manager.get("type")) if is_known else manager,
        way=str(manager.get("spec.credential.type")) if is_known else "",
        is_reference=resource.get("spec.valueType") == "Reference",
    )


def _manager(resource: Resource, entities: Entities) -> Any:
    """Return the connector that keeps a secret, or what is known instead.

    Where none is named, the one that is the default of its scope does.
    """
    name = resource.get("spec.secretManagerIdentifier")
    if not name:
        defaults = tuple(
            found
            for found in entities.of("connector")
            if found.get("type") in MANAGERS and found.get("spec.default") is True
        )
        why = f"{resource.id} names no secret manager, so the default of the account keeps it"
        return defaults[0] if len(defaults) == 1 else unknown(why)
    if entities.is_built_in("connector", str(name)):
        return BUILT_IN
    found = entities.one("connector", name, resource)
    return found or unknown(f"the secret manager {name} is not in the repository")


KINDS: tuple[Kind, ...] = (
    Kind(
        noun="pipeline secret",
        plural="pipeline secrets",
        population=lambda view: view.delivery.kept_secrets,
        inventory=("harness_secret",),
    ),
)
