"""The evidence of one environment on one layer, as resources that can be asked and followed.

This is the raw side that every reader starts from. A resource is whatever a collector found and
gave a type: an evaluated `aws_vpc`, a `harness_pipeline`, an `http_operation`. Values are read as
the evidence holds them: what is not set is absent, what nobody can know is an `Unknown`, and a
reference is a token such as `${module.network.aws_vpc.this.id}` that `Resource.target` follows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any

from assurance.errors import AssuranceError
from assurance.model.unknown import is_unknown
from assurance.readers.blocks import Block
from assurance.readers.resources import Resource, kind_of
from assurance.readers.tokens import TOKEN, is_token, plain, thaw, tokens

__all__ = ["TOKEN", "Block", "Resource", "State", "is_token", "kind_of", "thaw", "tokens"]

IDENTIFYING = ("id", "arn", "name", "bucket", "identifier", "family", "key_id", "url", "alias")
"""Attributes by which configurations name an existing thing, in the order they are tried."""


class State:
    """All evidence of one environment on one layer."""

    def __init__(
        self,
        bodies: Iterable[tuple[Mapping[str, Any], str]],
        missing: Mapping[str, AssuranceError] | None = None,
    ) -> None:
        """Take the bodies of documents, each with its digest.

        Args:
            bodies: All with `root` and `resources`.
            missing: The kinds of evidence that could not be had, with the reason.
        """
        self.bodies = tuple(bodies)
        self.missing = dict(missing or {})
        self._called: dict[str, dict[str, list[Resource]]] = {}
        self._pointing: dict[tuple[str, str, str], dict[int, list[Resource]]] = {}
        self.asked: set[str] = set()
        """The types that readers asked for so far: what was looked at."""

    @cached_property
    def resources(self) -> tuple[Resource, ...]:
        """Everything, in order of address."""
        made = (
            Resource(raw, self, str(body["root"]), seal)
            for body, seal in self.bodies
            for raw in body["resources"]
        )
        return tuple(sorted(made, key=lambda resource: (resource.address, resource.root)))

    @cached_property
    def _by_type(self) -> dict[str, list[Resource]]:
        found: dict[str, list[Resource]] = {}
        for resource in self.resources:
            key = resource.type if resource.is_managed else f"data.{resource.type}"
            found.setdefault(key, []).append(resource)
        return found

    @cached_property
    def _by_address(self) -> dict[tuple[str, str], Resource]:
        return {(resource.root, resource.address): resource for resource in self.resources}

    @cached_property
    def _addresses(self) -> Counter[str]:
        return Counter(resource.address for resource in self.resources)

    def id_of(self, resource: Resource) -> str:
        """Return the address, led by its root where several roots have the same."""
        if self._addresses[resource.address] == 1:
            return resource.address
        return f"{resource.root}:{resource.address}"

    def name_of(self, root: str, address: str) -> str:
        """Return the id of what stands at an address of a root; empty where nothing does."""
        resource = self._by_address.get((root, address))
        return self.id_of(resource) if resource else ""

    def of(self, *types: str) -> tuple[Resource, ...]:
        """Return the managed resources of these types; `data.TYPE` for data sources.

        Raises:
            AssuranceError: The evidence that would hold them could not be had.
        """
        self.asked.update(types)
        for type_ in types:
            self.need(kind_of(type_))
        return tuple(resource for type_ in types for resource in self._by_type.get(type_, ()))

    def need(self, kind: str) -> None:
        """Raise what kept evidence of a kind from being collected, if something did."""
        if kind in self.missing:
            raise self.missing[kind]

    @property
    def types(self) -> tuple[str, ...]:
        """The managed resource types that occur."""
        return tuple(sorted(name for name in self._by_type if not name.startswith("data.")))

    def resolve(self, value: object, *types: str, root: str) -> Resource | None:
        """Return the resource that a value refers to.

        A token is followed to its resource; a data source that names a managed resource of another
        root by type and name is followed to that. A literal is compared with the identifying
        attributes of the given types.

        Args:
            value: A value of the evidence; anything but a string refers to nothing.
            types: The types it may be; with none, every type a token can name.
            root: The root in which the value is written.
        """
        if is_unknown(value) or not isinstance(value, str) or not value:
            return None
        found = TOKEN.fullmatch(value)
        if found is None:
            return self._named(value, types)
        target = self._by_address.get((root, found[1]))
        if target is not None and not target.is_managed:
            target = self._looked_up(target) or target
        if target is None or (types and target.type not in types):
            return None
        return target

    def _named(self, name: str, types: tuple[str, ...]) -> Resource | None:
        matches = [found for type_ in types for found in self._names(type_).get(plain(name), ())]
        return matches[0] if len(matches) == 1 else None

    def _names(self, type_: str) -> Mapping[str, list[Resource]]:
        """Return the managed resources of a type by everything that they can be called."""
        if type_ not in self._called:
            called: dict[str, list[Resource]] = {}
            for resource in self._by_type.get(type_, ()):
                values = (resource.values.get(attribute) for attribute in IDENTIFYING)
                for name in {plain(value) for value in values if isinstance(value, str)}:
                    called.setdefault(name, []).append(resource)
            self._called[type_] = called
        return self._called[type_]

    def pointing(self, type_: str, path: str, to: Resource) -> tuple[Resource, ...]:
        """Return the managed resources of a type whose value at a path refers to a resource."""
        key = (type_, path, to.type)
        if key not in self._pointing:
            index: dict[int, list[Resource]] = {}
            for resource in self.of(type_):
                for target in resource.targets(path, to.type):
                    if target is not None:
                        index.setdefault(id(target), []).append(resource)
            self._pointing[key] = index
        return tuple(self._pointing[key].get(id(to), ()))

    def _looked_up(self, data: Resource) -> Resource | None:
        for attribute in IDENTIFYING:
            name = data.get(attribute, None)
            if not is_unknown(name) and isinstance(name, str):
                if is_token(name):
                    return self.resolve(name, data.type, root=data.root)
                found = self._named(name, (data.type,))
                if found is not None:
                    return found
        return None

    def configurations(self) -> Iterator[tuple[Mapping[str, Any], str]]:
        """Yield Terraform's bodies (root, engine, configuration, diagnostics) with their digests.

        Raises:
            AssuranceError: Terraform's evidence could not be had.
        """
        self.need("terraform")
        yield from (found for found in self.bodies if "configuration" in found[0])
