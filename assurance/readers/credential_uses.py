"""Reads what the definitions of a delivery do with credentials.

A reference to a secret is followed through variables and the environment of scripts to where it is
printed, exported, or put into a tag, an image or a message. A variable is known by its name.
https://developer.harness.io/docs/platform/secrets/add-use-text-secrets
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from assurance.model.connectors import Literal
from assurance.model.credential_uses import CredentialUses
from assurance.readers.credential_forms import is_literal_credential
from assurance.readers.credential_sinks import Sinks, holds_secret
from assurance.readers.embedded_yaml import decoded_yaml
from assurance.readers.entities import Entities
from assurance.readers.kinds import Kind
from assurance.readers.nesting import Containers, containers_in
from assurance.readers.scripts import literals_in, scripts_of
from assurance.readers.state import Resource, State

TYPES = (
    "harness_pipeline",
    "harness_template",
    "harness_trigger",
    "harness_input_set",
    "harness_overlay_input_set",
    "harness_service",
    "harness_environment",
    "harness_infrastructure",
    "harness_manifest",
)
"""The definitions that pass credentials on; connectors and secrets have rules of their own."""

Variables = list[Mapping[str, Any]]


def read_credential_uses(state: State, entities: Entities) -> tuple[CredentialUses, ...]:
    """Return what every definition does with credentials."""
    definitions = state.of(*TYPES)
    variables = [_variables(found) for found in definitions]
    everywhere = frozenset(name for listed in variables for name in _secret_names(listed))
    return tuple(
        _uses(found, (everywhere - _plain_names(listed)) | _secret_names(listed), entities)
        for found, listed in zip(definitions, variables, strict=True)
    )


def _uses(resource: Resource, secret: frozenset[str], entities: Entities) -> CredentialUses:
    sinks = Sinks(resource, secret)
    return CredentialUses(
        subject=resource.subject(),
        uses=sum(written.kind == "secret" for written in entities.references(resource)),
        literals=tuple(_literals(resource)),
        leaks=tuple(sinks.leaks()),
    )


def _secret_names(variables: Variables) -> frozenset[str]:
    """Return the names of variables that hold a secret."""
    return frozenset(str(each["name"]) for each in variables if _is_secret(each))


def _plain_names(variables: Variables) -> frozenset[str]:
    return frozenset(str(each["name"]) for each in variables if not _is_secret(each))


def _is_secret(variable: Mapping[str, Any]) -> bool:
    return variable.get("type") == "Secret" or holds_secret(variable.get("value"))


def _variables(resource: Resource) -> Variables:
    """Return the variables that stand in lists called `variables`, to any depth."""
    found: list[Mapping[str, Any]] = []
    for _, part in resource.containers:
        listed = part["variables"] if type(part) is dict and "variables" in part else None
        if isinstance(listed, list):
            found.extend(item for item in listed if isinstance(item, dict) and "name" in item)
    return found


def _literals(resource: Resource) -> Iterator[Literal]:
    for name, pointer in _held(resource.containers):
        yield Literal(name=name, location=resource.location_of(pointer))
    inputs = resource.get("inputYaml", None)
    if inputs is not None:
        for name, _ in _held(containers_in(decoded_yaml(inputs))):
            yield Literal(name=name, location=resource.location_of("/inputYaml"))


def _held(containers: Containers) -> Iterator[tuple[str, str]]:
    """Yield the settings that hold a credential themselves: their names and pointers."""
    for pointer, container in containers:
        if type(container) is dict:
            if "value" in container:
                yield from _pair(container, pointer)
            if "spec" in container:
                for script in scripts_of(container):
                    yield from ((name, f"{pointer}/spec") for name in literals_in(script))
        for key, item in container.items() if type(container) is dict else enumerate(container):
            if type(item) is str and key != "inputYaml" and is_literal_credential(str(key), item):
                yield str(key), f"{pointer}/{key}"


def _pair(value: Mapping[str, Any], pointer: str) -> Iterator[tuple[str, str]]:
    """Yield a setting that is written as a name and a value, as variables and headers are."""
    name = value.get("name", value.get("key"))
    if value.get("type") != "Secret" and is_literal_credential(str(name), value.get("value")):
        yield str(name), f"{pointer}/value"


KINDS: tuple[Kind, ...] = (
    Kind(
        noun="definition that may hold credentials",
        plural="definitions that may hold credentials",
        population=lambda view: view.delivery.credential_uses,
        inventory=TYPES,
    ),
)
