"""Finds the definition that a reference between definitions of Harness names.

A reference is an identifier led by its scope: none for the scope of the definition that refers,
`org.` for its organisation, `account.` for the account. An entity may be a file of its own or
a resource of Harness's Terraform provider.
https://developer.harness.io/docs/platform/references/entity-identifier-reference
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

from assurance.model.records import record
from assurance.model.unknown import is_unknown
from assurance.readers.entity_references import Written, references_of
from assurance.readers.state import Resource, State

TYPES: Mapping[str, str] = {
    "pipeline": "harness_pipeline",
    "template": "harness_template",
    "trigger": "harness_trigger",
    "input set": "harness_input_set",
    "service": "harness_service",
    "environment": "harness_environment",
    "infrastructure": "harness_infrastructure",
    "connector": "harness_connector",
    "secret": "harness_secret",
}
"""The type of evidence for each kind of entity."""

_PROVIDED = {
    "pipeline": "harness_platform_pipeline",
    "template": "harness_platform_template",
    "input set": "harness_platform_input_set",
    "service": "harness_platform_service",
    "environment": "harness_platform_environment",
    "infrastructure": "harness_platform_infrastructure",
    "connector": "harness_platform_connector_",
    "secret": "harness_platform_secret_",
}
_BUILT_IN = {
    "connector": frozenset({"harnessSecretManager", "harnessImage"}),
    "secret": frozenset[str](),
}
"""What every account has from the start.

https://developer.harness.io/docs/platform/secrets/secrets-management/harness-secret-manager-overview
"""

Scope = tuple[str, str]
"""Organisation and project; both empty for the account, or where a file does not say."""


@record()
class Name:
    """A reference taken apart: `org.github` is `github` in the organisation."""

    level: str
    identifier: str

    def scope(self, referrer: Scope) -> Scope:
        """Return where to look, seen from the definition that refers."""
        if self.level == "account":
            return "", ""
        return (referrer[0], "") if self.level == "org" else referrer


@lru_cache(maxsize=1 << 14)
def name_of(text: str) -> Name:
    """Take a reference apart."""
    level, dot, identifier = text.partition(".")
    if dot and level in ("account", "org"):
        return Name(level, identifier)
    return Name("", text)


def scope_of(resource: Resource) -> Scope:
    """Return the organisation and the project that a definition belongs to."""
    stated = resource.raw.get("scope") or {}
    organisation = stated.get("org") or _text(resource, "orgIdentifier", "org_id")
    project = stated.get("project") or _text(resource, "projectIdentifier", "project_id")
    return organisation, project


def identifier_of(resource: Resource) -> str:
    """Return the identifier of a definition; empty where it has none."""
    return _text(resource, "identifier")


def _text(resource: Resource, *keys: str) -> str:
    for key in keys:
        found = resource.get(key)
        if isinstance(found, str) and found:
            return found
    return ""


class Entities:
    """All definitions by kind and identifier."""

    def __init__(self, state: State) -> None:
        self._by_name: dict[tuple[str, str], list[Resource]] = {}
        self._by_scope: dict[tuple[str, str, Scope], list[Resource]] = {}
        self._references: dict[str, tuple[Written, ...]] = {}
        self._scopes: dict[int, Scope] = {}
        for kind, type_ in TYPES.items():
            self._enter(kind, state.of(type_))
        self._enter("input set", state.of("harness_overlay_input_set"))
        for kind, prefix in _PROVIDED.items():
            types = (name for name in state.types if _is_provided(name, prefix))
            self._enter(kind, state.of(*types))

    def _enter(self, kind: str, resources: Iterable[Resource]) -> None:
        for resource in resources:
            name = identifier_of(resource)
            self._by_name.setdefault((kind, name), []).append(resource)
            self._by_scope.setdefault((kind, name, scope_of(resource)), []).append(resource)

    def called(self, kind: str, identifier: str) -> tuple[Resource, ...]:
        """Return the entities of a kind with an identifier, in any scope."""
        return tuple(self._by_name.get((kind, identifier), ()))

    def of(self, kind: str) -> tuple[Resource, ...]:
        """Return all entities of a kind."""
        return tuple(
            found for (of, _), listed in self._by_name.items() if of == kind for found in listed
        )

    def find(self, kind: str, text: str, referrer: Resource) -> tuple[Resource, ...]:
        """Return the entities that a reference may mean: none where it is missing.

        Where the file that refers, or the one referred to, does not say whose it is, the identifier
        decides.

        Args:
            kind: Of the entity.
            text: The reference as it is written.
            referrer: The definition that it is written in.
        """
        name = name_of(text)
        own = self._scopes.get(id(referrer))
        if own is None:
            own = self._scopes[id(referrer)] = scope_of(referrer)
        if not name.level and own == ("", ""):
            return self.called(kind, name.identifier)
        return tuple(self._by_scope.get((kind, name.identifier, name.scope(own)), ()))

    def one(self, kind: str, text: object, referrer: Resource) -> Resource | None:
        """Return the entity that a reference means, where it is clear; else None."""
        if is_unknown(text) or not isinstance(text, str):
            return None
        found = self.find(kind, text, referrer)
        return found[0] if len(found) == 1 else None

    def references(self, resource: Resource) -> tuple[Written, ...]:
        """Return the references of a definition; they are looked for once."""
        if resource.id not in self._references:
            self._references[resource.id] = references_of(resource)
        return self._references[resource.id]

    def is_built_in(self, kind: str, text: str) -> bool:
        """Whether a reference means what every account has without a definition."""
        return name_of(text).identifier in _BUILT_IN.get(kind, ())


def _is_provided(type_: str, prefix: str) -> bool:
    return type_.startswith(prefix) if prefix.endswith("_") else type_ == prefix
