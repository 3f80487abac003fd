"""Where the made-up values of one evaluation come from: what AWS computes and nobody set."""

from __future__ import annotations

import functools
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from assurance.collectors.terraform.generated import written
from assurance.collectors.terraform.hcl import Body
from assurance.collectors.terraform.instances import Evaluated, Instance
from assurance.collectors.terraform.schema import BlockSchema, Schemas
from assurance.collectors.terraform.tokens import SEED, Origins, token


def learn_origins(evaluated: Evaluated, schemas: Schemas) -> Origins:
    """Where every made-up value comes from: what is computed and not set."""
    origins = Origins()
    # The words first: the forms derived from them are found by the word inside.
    for address, instance in sorted(evaluated.instances.items()):
        schema = schemas.of(instance.kind)
        names = written(instance.node.module, instance.declared)
        for name, attribute in schema.attributes.items():
            if attribute.computed and name not in names:
                value = instance.values.get(name)
                if not isinstance(value, (list, dict)):
                    origins.learn(value, token(address, name))
    for address, instance in sorted(evaluated.instances.items()):
        bodies = [p.block.body for p in instance.node.module.parts(instance.declared)]
        here = Configured(token=functools.partial(token, address), bodies=bodies)
        _learn_blocks(origins, here, schemas.of(instance.kind), instance.values)
    for address, values in sorted(evaluated.shaped.items()):
        given = _given(evaluated.instances.get(address))
        _learn_form(origins, address, "", {n: v for n, v in values.items() if n not in given})
    return origins


def _given(instance: Instance | None) -> set[str]:
    """What the configuration itself gives: such a value comes from nowhere else."""
    if instance is None:
        return set()
    parts = instance.node.module.parts(instance.declared)
    blocks = {block.kind for part in parts for block in part.block.body.blocks}
    return blocks | written(instance.node.module, instance.declared)


@dataclass(frozen=True, slots=True, kw_only=True)
class Configured:
    """How the values inside a block are named, and the blocks that the configuration writes."""

    token: Callable[[str], str]
    bodies: list[Body]
    path: str = ""

    def sets(self, name: str) -> bool:
        """Whether the configuration gives a value itself."""
        return any(name in body.attributes for body in self.bodies)

    def inside(self, name: str, number: int) -> Configured:
        """One of the blocks of a kind; what writes one of them is taken to write them all."""
        direct = [b.body for body in self.bodies for b in body.of(name)]
        dynamic = [
            content.body
            for body in self.bodies
            for block in body.of("dynamic")
            if block.labels[:1] == (name,)
            for content in block.body.of("content")
        ]
        return replace(self, bodies=direct + dynamic, path=f"{self.path}{name}[{number}].")


def _learn_blocks(
    origins: Origins, configured: Configured, schema: BlockSchema, values: Mapping[str, Any]
) -> None:
    for name, block in schema.blocks.items():
        items = values.get(name) or []
        for number, item in enumerate(items if isinstance(items, list) else [items]):
            here = configured.inside(name, number)
            if not isinstance(item, dict):
                continue
            for inner, attribute in block.attributes.items():
                value = item.get(inner)
                made_up = attribute.computed and not here.sets(inner)
                if made_up and isinstance(value, str) and SEED.fullmatch(value):
                    origins.learn_weakly(value, here.token(here.path + inner))
            _learn_blocks(origins, here, block, item)


def _learn_form(origins: Origins, address: str, path: str, value: Any) -> None:
    if isinstance(value, dict):
        for name, item in value.items():
            _learn_form(origins, address, f"{path}.{name}" if path else name, item)
    elif isinstance(value, list):
        for number, item in enumerate(value):
            _learn_form(origins, address, f"{path}[{number}]", item)
    elif isinstance(value, str):
        if value.startswith("{"):
            # The parts of a made-up JSON text are taken out of it one by one.
            _learn_form(origins, address, path, json.loads(value))
        origins.learn(value, token(address, path))
