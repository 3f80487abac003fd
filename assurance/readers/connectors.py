"""Reads connectors from their definitions, with what uses them.

https://developer.harness.io/docs/category/connectors
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from assurance.model.connectors import Connector, Literal, Sign
from assurance.model.unknown import is_unknown, unknown
from assurance.readers.connector_uses import read_uses
from assurance.readers.credential_forms import is_literal_credential
from assurance.readers.entities import Entities, scope_of
from assurance.readers.kinds import Kind
from assurance.readers.state import Resource, State

_CLOUDS = ("Aws", "AwsSecretManager", "AwsKms")
_SIGNS = {
    "InheritFromDelegate": Sign.ROLE,
    "Irsa": Sign.ROLE,
    "OidcAuthentication": Sign.ROLE,
    "AssumeIAMRole": Sign.ROLE,
    "AssumeSTSRole": Sign.ROLE,
    "Anonymous": Sign.NOTHING,
}
MANAGERS = (
    "AwsSecretManager",
    "AwsKms",
    "Vault",
    "AzureKeyVault",
    "GcpSecretManager",
    "GcpKms",
    "CustomSecretManager",
)
"""Types of connectors that keep secrets."""


def read_connectors(state: State, entities: Entities) -> tuple[Connector, ...]:
    """Return every connector."""
    uses = read_uses(state, entities)
    return tuple(
        Connector(
            subject=found.subject(),
            type=str(found.get("type")),
            signs=tuple(_signs(found)),
            way=", ".join(_ways(found)) or "nothing stated",
            literals=tuple(_literals(found.values, "", found)),
            selectors=_selectors(found),
            is_delegated=_delegated(found),
            org=scope_of(found)[0],
            project=scope_of(found)[1],
            uses=tuple(uses.get(found.id, ())),
        )
        for found in state.of("harness_connector")
    )


def _blocks(resource: Resource) -> Iterator[Mapping[str, Any]]:
    """Yield the blocks that say how it signs in: for a repository, also those for its API."""
    for path in ("spec.credential", "spec.authentication", "spec.auth", "spec.apiAccess"):
        found = resource.get(path, None)
        if isinstance(found, dict):
            yield found


def _signs(resource: Resource) -> Iterator[Any]:
    blocks = tuple(_blocks(resource))
    for block in blocks:
        yield _sign(block, str(resource.get("type")))
    if not blocks:
        spec = resource.get("spec", {})
        yield Sign.SECRET if _refers(spec) else unknown(f"how {resource.id} signs in")


def _sign(block: Mapping[str, Any], type_: str) -> Any:
    known = next((_SIGNS[way] for way in _types(block) if way in _SIGNS), None)
    if known is not None:
        return known
    if type_ in _CLOUDS:
        return Sign.KEYS if block.get("type") == "ManualConfig" else _undecided(block)
    return Sign.SECRET if _refers(block) else _undecided(block)


def _undecided(block: Mapping[str, Any]) -> Any:
    return unknown(f"how a connector signs in by {block.get('type') or 'nothing stated'}")


def _types(block: Mapping[str, Any]) -> Iterator[str]:
    """Yield the type of a block and of those in it: `Http`, then `GithubApp`."""
    found: Any = block
    while isinstance(found, dict):
        if isinstance(found.get("type"), str):
            yield found["type"]
        found = found.get("spec")


def _ways(resource: Resource) -> Iterator[str]:
    for block in _blocks(resource):
        yield " ".join(_types(block))


def _refers(value: Any) -> bool:
    """Whether something in it names a secret."""
    if isinstance(value, dict):
        return any(
            (str(key).endswith("Ref") and isinstance(item, str) and item != "") or _refers(item)
            for key, item in value.items()
        )
    return isinstance(value, str) and "secrets.getValue(" in value


def _literals(value: Any, pointer: str, resource: Resource) -> Iterator[Literal]:
    items: Iterable[tuple[object, Any]] = ()
    if isinstance(value, dict):
        items = value.items()
    elif isinstance(value, list):
        items = enumerate(value)
    for key, item in items:
        place = f"{pointer}/{key}"
        if is_literal_credential(str(key), item):
            yield Literal(name=str(key), location=resource.location_of(place))
        yield from _literals(item, place, resource)


def _selectors(resource: Resource) -> Any:
    found = resource.listed("spec.delegateSelectors")
    if is_unknown(found) or any("<+" in str(item) for item in found):
        return unknown(f"on which delegates {resource.id} runs is decided by the run")
    return tuple(str(item) for item in found)


def _delegated(resource: Resource) -> Any:
    """A connector that does not say runs on a delegate."""
    found = resource.get("spec.executeOnDelegate", True)
    if is_unknown(found) or isinstance(found, bool):
        return found
    if "<+" in str(found):
        return unknown(f"whether {resource.id} runs on a delegate: {found}")
    return str(found).lower() == "true"


KINDS: tuple[Kind, ...] = (
    Kind(
        noun="connector",
        plural="connectors",
        population=lambda view: view.delivery.connectors,
        inventory=("harness_connector",),
    ),
    Kind(
        noun="secret manager",
        plural="secret managers",
        population=lambda view: tuple(
            found for found in view.delivery.connectors if found.type in MANAGERS
        ),
        made_of=("harness_connector",),
    ),
)
