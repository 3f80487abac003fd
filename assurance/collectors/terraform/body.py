"""From two evaluations to the body of the evidence document."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from assurance.collectors.terraform.configuration import module_entry
from assurance.collectors.terraform.instances import Evaluated, Instance, without_keys
from assurance.collectors.terraform.mocks import Evaluation
from assurance.collectors.terraform.modules import Node
from assurance.collectors.terraform.provider_blocks import (
    Configured,
    provider_of,
    resolve,
)
from assurance.collectors.terraform.reasons import Tracer, listed, setting
from assurance.collectors.terraform.records import record
from assurance.collectors.terraform.schema import BlockSchema, Schemas
from assurance.collectors.terraform.secrecy import EVERYTHING, Secrets, secrets_of
from assurance.collectors.terraform.settings_written import Written, written_by
from assurance.collectors.terraform.static_values import static_values
from assurance.collectors.terraform.tokens import UNKNOWN, Json, Origins, merge, plain
from assurance.collectors.terraform.values import Merging, Pair, hide
from assurance.collectors.terraform.written_references import Place, as_written

KNOWN = "known"


@dataclass(slots=True, kw_only=True)
class Assembly:
    """Everything known after evaluation, and the records made from it."""

    system: Path
    tree: Node
    schemas: Schemas
    tracer: Tracer
    evaluated: tuple[Evaluated, Evaluated]
    origins: tuple[Origins, Origins]
    evaluations: tuple[Evaluation, Evaluation]
    _written: dict[Path, Mapping[str, Written]] = field(default_factory=dict)
    _known_secrets: Secrets | None = None
    _settings: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)

    def resources(self) -> list[dict[str, Any]]:
        """Every instance, sorted by address."""
        sides = [
            {plain(known.text(address)): instance for address, instance in side.instances.items()}
            for side, known in zip(self.evaluated, self.origins, strict=True)
        ]
        uncertain = {
            _resource(instance)
            for one, other in (sides, sides[::-1])
            for address, instance in one.items()
            if address not in other
        }
        return [
            self._record(address, sides[0].get(address), sides[1].get(address), uncertain)
            for address in sorted(sides[0].keys() | sides[1].keys())
        ]

    def modules(self, valueless: frozenset[str]) -> dict[str, Any]:
        """The `modules` of the configuration, by address without keys."""
        return {
            node.address: module_entry(node, self.system, valueless, self.settings)
            for node in self.tree.walk()
        }

    def settings(self, node: Node, name: str) -> Mapping[str, Any]:
        """Region and default tags of a provider block, merged from both evaluations."""
        key = (node.address, name)
        if key not in self._settings:
            sides = [
                side.providers.get(node.address, {}).get(name) or {} for side in self.evaluated
            ]
            self._settings[key] = {
                item: merge(
                    sides[0].get(item),
                    sides[1].get(item),
                    self.origins,
                    lambda: f"provider {name} depends on a value that is not known",
                )
                for item in ("region", "default_tags")
            }
        return self._settings[key]

    def _record(
        self,
        address: str,
        first: Instance | None,
        second: Instance | None,
        uncertain: set[tuple[str, str]],
    ) -> dict[str, Any]:
        instance = first or second
        assert instance is not None
        side = 0 if first is not None else 1
        node = instance.node
        existence = KNOWN
        if _resource(instance) in uncertain:
            existence = self.tracer.existence(node, instance.declared)
        configured = resolve(node, provider_of(node.module, instance.declared))
        pair = Pair(
            first=instance.values,
            second=second.values if first is not None and second is not None else None,
        )
        return record(
            node,
            instance.declared,
            self.system,
            address=address,
            index=_index(instance.index, self.origins[side]),
            module=plain(self.origins[side].text(instance.module)),
            region=self._region(configured),
            values=self._values(instance, pair, configured, side),
            existence=existence,
        )

    def _values(
        self, instance: Instance, pair: Pair, configured: Configured, side: int
    ) -> dict[str, Json]:
        node, declared = instance.node, instance.declared
        if instance.is_bare:
            module = plain(self.origins[side].text(instance.module))
            return static_values(node, declared, self.tracer, module)
        if node.module.path not in self._written:
            self._written[node.module.path] = written_by(node.module)
        written = self._written[node.module.path][declared]
        origins = self.origins if side == 0 else (self.origins[1], self.origins[1])
        merging = Merging(
            kind=instance.kind,
            origins=origins,
            evaluations=self.evaluations,
            why=functools.partial(self._why, node, declared),
            tainted=lambda path: bool(self.tracer.value(node, declared, path)),
            as_written=functools.partial(self._as_written, instance, side),
        )
        schema = self.schemas.of(instance.kind)
        values = merging.values(pair, schema, written)
        values = self._hidden(values, instance, schema)
        if "tags" in schema.attributes and not instance.declared.startswith("data."):
            values |= self._tags(values.get("tags"), configured)
        return values

    def _hidden(
        self, values: dict[str, Json], instance: Instance, schema: BlockSchema
    ) -> dict[str, Json]:
        """What the provider calls sensitive is so as a whole, the rest as far as it must be."""
        own = {name for name, attribute in schema.attributes.items() if attribute.sensitive}
        mask = instance.sensitive if instance.sensitive is not None else dict.fromkeys(own, True)
        if not isinstance(mask, dict):
            return dict(hide(values, mask))
        return {
            name: hide(value, mask.get(name), EVERYTHING if name in own else self._secrets())
            for name, value in values.items()
        }

    def _secrets(self) -> Secrets:
        if self._known_secrets is None:
            given = [value for side in self.evaluated for value in side.secrets]
            self._known_secrets = secrets_of(self.tree, [*given, *self._sensitive_attributes()])
        return self._known_secrets

    def _sensitive_attributes(self) -> Iterator[Any]:
        for side in self.evaluated:
            for instance in side.instances.values():
                for name, attribute in self.schemas.of(instance.kind).attributes.items():
                    if attribute.sensitive and instance.values.get(name) is not None:
                        yield instance.values[name]

    def _tags(self, own: Json, configured: Configured) -> dict[str, Json]:
        default = self.settings(configured.node, configured.name).get("default_tags")
        if not default:
            return {}
        if isinstance(default, dict) and UNKNOWN in default:
            return {"tags": default} if own is None else {}
        if own is None:
            return {"tags": default}
        if UNKNOWN in own:
            return {}
        return {"tags": dict(sorted((default | own).items()))}

    def _as_written(self, instance: Instance, side: int, path: tuple[str, ...]) -> Json:
        """What the one expression that sets a path refers to; None where it says no more."""
        module = plain(self.origins[side].text(instance.module))
        place = Place(node=instance.node, module=module, schemas=self.schemas)
        found = [
            as_written(place, part.source, attribute)
            for part in instance.node.module.parts(instance.declared)
            for attribute in setting(part.block.body, path)
        ]
        return found[0] if len(found) == 1 else None

    def _why(self, node: Node, declared: str, path: tuple[str, ...]) -> str:
        return listed(self.tracer.value(node, declared, path))

    def _region(self, configured: Configured) -> Json:
        if configured.name.partition(".")[0] != "aws":
            return None
        found = self.settings(configured.node, configured.name).get("region")
        if found is None and self.evaluations[0].region == self.evaluations[1].region:
            return self.evaluations[0].region
        return found


def _resource(instance: Instance) -> tuple[str, str]:
    return without_keys(instance.module), instance.declared


def _index(index: str | int | None, origins: Origins) -> str | int | None:
    return plain(origins.text(index)) if isinstance(index, str) else index
