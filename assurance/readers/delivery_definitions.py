"""Reads which definitions refer to what, and whether it is there."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from assurance.model.delivery_definitions import DeliveryDefinition, Reference
from assurance.model.unknown import is_unknown, unknown
from assurance.readers.entities import TYPES, Entities, scope_of
from assurance.readers.entity_references import Written
from assurance.readers.kinds import Kind
from assurance.readers.state import Resource, State

_DEFINITIONS = (*TYPES.values(), "harness_overlay_input_set")
_HANDED_OVER = ("harness_input_set", "harness_overlay_input_set", "harness_trigger")


def read_delivery_definitions(state: State, entities: Entities) -> tuple[DeliveryDefinition, ...]:
    """Return every definition with what it refers to."""
    definitions = state.of(*_DEFINITIONS)
    search = _Search(state, entities, definitions)
    return tuple(
        DeliveryDefinition(
            subject=found.subject(),
            references=tuple(search.read(written, found) for written in entities.references(found)),
        )
        for found in definitions
    )


class _Search:
    def __init__(self, state: State, entities: Entities, definitions: Iterable[Resource]) -> None:
        self._entities = entities
        self._files = frozenset(_files(state))
        self._unread = sorted({found.location.file for found in state.of("harness_file")})
        self._given = frozenset(
            written.kind
            for found in definitions
            for written in entities.references(found)
            if found.type in _HANDED_OVER or "/templateInputs/" in written.pointer
            if not written.is_expression
        )

    def read(self, written: Written, referrer: Resource) -> Reference:
        is_there = self._is_there(written, referrer)
        return Reference(
            kind=written.kind,
            name=f"{written.text}@{written.version}" if written.version else written.text,
            is_in_repository=is_there,
            elsewhere="" if is_there is True else self._elsewhere(written),
            location=referrer.location_of(written.pointer),
        )

    def _is_there(self, written: Written, referrer: Resource) -> Any:
        if written.hidden:
            return unknown(f"{referrer.location_of(written.pointer)}: {written.hidden}")
        if written.is_expression:
            return self._is_given(written)
        if written.kind == "file":
            return _path(written.text) in self._files or any(
                name.endswith(f"/{_path(written.text)}") for name in self._files
            )
        found = self._entities.find(written.kind, written.text, referrer)
        is_built_in = self._entities.is_built_in(written.kind, written.text)
        is_there = is_built_in or any(_is_version(each, written.version) for each in found)
        if is_there or not self._unread:
            return is_there
        files = ", ".join(self._unread)
        return unknown(f"{written.kind} {written.text} may be in what cannot be read: {files}")

    def _is_given(self, written: Written) -> Any:
        """Inputs are given by input sets, triggers and users of templates, which are judged."""
        if written.text.startswith("<+input>") and written.kind in self._given:
            return True
        return unknown(f"the {written.kind} {written.text} is named when the pipeline runs")

    def _elsewhere(self, written: Written) -> str:
        if written.kind == "file" or written.is_expression or written.hidden:
            return ""
        called = self._entities.called(written.kind, written.text.rpartition(".")[2])
        return "; ".join(sorted({_where(found) for found in called}))


def _is_version(found: Resource, version: str) -> bool:
    stated = found.get("versionLabel") or found.get("version")
    return not version or is_unknown(stated) or str(stated) == version


def _where(found: Resource) -> str:
    organisation, project = scope_of(found)
    scope = (
        f"the project {organisation}/{project}" if project else f"the organisation {organisation}"
    )
    version = found.get("versionLabel")
    label = f" as version {version}" if version and not is_unknown(version) else ""
    return f"{found.location.file} has it in {scope if organisation else 'the account'}{label}"


def _files(state: State) -> Iterable[str]:
    for manifest in state.of("harness_manifest"):
        yield _path(manifest.location.file)
    for repository in state.of("repository_tree"):
        files = repository.listed("files")
        yield from (() if is_unknown(files) else map(str, files))


def _path(text: str) -> str:
    return text.removeprefix("account:").removeprefix("org:").strip("/")


KINDS: tuple[Kind, ...] = (
    Kind(
        noun="delivery definition",
        plural="delivery definitions",
        population=lambda view: view.delivery.definitions,
        inventory=_DEFINITIONS,
    ),
)
