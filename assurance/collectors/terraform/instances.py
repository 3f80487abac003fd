"""What Terraform evaluated, as instances of declared resources; one set for each evaluation."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from assurance.collectors.terraform.generated import kind_of
from assurance.collectors.terraform.modules import Node
from assurance.collectors.terraform.names import PREFIX, STATE, stand_in
from assurance.collectors.terraform.rewriting import repeated

_KEY = re.compile(r'\[(?:"(?:[^"\\]|\\.)*"|\d+)\]')


@dataclass(frozen=True, slots=True, kw_only=True)
class Instance:
    """One instance of a resource or data source as evaluated.

    Attributes:
        address: The full address, keys of modules and of the resource included.
        declared: The address inside its module, without a key (`data.aws_vpc.main`).
        node: The module that declares it.
        is_bare: Whether nothing of its arguments could be evaluated.
    """

    address: str
    module: str
    declared: str
    index: str | int | None
    node: Node
    values: Mapping[str, Any]
    sensitive: Any = None
    is_bare: bool = False

    @property
    def kind(self) -> str:
        """`TYPE` or `data.TYPE`."""
        return kind_of(self.declared)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluated:
    """One evaluation: instances by address, derived values, what providers are set to, secrets."""

    instances: Mapping[str, Instance]
    shaped: Mapping[str, Any]
    providers: Mapping[str, Mapping[str, Any]]
    secrets: tuple[Any, ...] = ()


def without_keys(address: str) -> str:
    """A module's address without instance keys."""
    return _KEY.sub("", address)


def read_plan(plan: Mapping[str, Any], tree: Node) -> Evaluated:
    """The instances that a plan of the scratch copy shows."""
    nodes = {node.address: node for node in tree.walk()}
    found = {
        instance.address: instance
        for change in plan.get("resource_changes", [])
        if (instance := _managed(change, nodes)) is not None
    }
    output = (plan.get("output_changes") or {}).get(STATE, {}).get("after") or {}
    shaped: dict[str, Any] = {}
    providers: dict[str, Mapping[str, Any]] = {}
    secrets: list[Any] = []
    for node, address, state in _states(tree, "", output):
        providers.setdefault(node.address, state.get("providers") or {})
        secrets += state.get("secrets") or []
        for declared, value in (state.get("data") or {}).items():
            found |= {i.address: i for i in _data(node, address, declared, value)}
        for declared, value in (state.get("shaped") or {}).items():
            shaped |= dict(_spread(node, address, declared, value))
    return Evaluated(instances=found, shaped=shaped, providers=providers, secrets=tuple(secrets))


def _managed(change: Mapping[str, Any], nodes: Mapping[str, Node]) -> Instance | None:
    module = change.get("module_address", "")
    node = nodes.get(without_keys(module))
    if change.get("mode") != "managed" or node is None:
        return None
    declared = f"{change['type']}.{change['name']}"
    address = change["address"]
    after = change["change"].get("after") or {}
    mask = change["change"].get("after_sensitive")
    if change["name"].startswith(PREFIX):
        found = next((a for a in node.module.resources if stand_in(a) == change["name"]), None)
        if found is None:
            return None
        address = address.replace(declared, found, 1)
        declared, after = found, after.get("input")
        mask = mask.get("input") if isinstance(mask, dict) else mask
    return Instance(
        address=address,
        module=module,
        declared=declared,
        index=change.get("index"),
        node=node,
        values=after if isinstance(after, dict) else {},
        sensitive=mask,
        is_bare=after is None,
    )


def _states(node: Node, address: str, state: Any) -> Iterator[tuple[Node, str, Mapping[str, Any]]]:
    """Every module instance with the state it gives."""
    if not isinstance(state, dict):
        return
    yield node, address, state
    for name, child in node.children.items():
        inner = (state.get("modules") or {}).get(name)
        attributes = child.call.block.body.attributes if child.call else {}
        for key, value in _by_key(repeated(attributes), inner):
            below = f"module.{name}{key}"
            yield from _states(child, f"{address}.{below}" if address else below, value)


def _by_key(repeat: str, value: Any) -> Iterator[tuple[str, Any]]:
    if repeat == "count":
        yield from ((f"[{n}]", item) for n, item in enumerate(value or []))
    elif repeat == "for_each":
        yield from ((f"[{json.dumps(key)}]", item) for key, item in (value or {}).items())
    elif value is not None:
        yield "", value


def _spread(node: Node, module: str, declared: str, value: Any) -> Iterator[tuple[str, Any]]:
    place = f"{module}." if module else ""
    for key, item in _by_key(repeated(_attributes(node, declared)), value):
        yield f"{place}{declared}{key}", item


def _attributes(node: Node, declared: str) -> Mapping[str, Any]:
    if declared.startswith("module."):
        return node.module.calls[declared.removeprefix("module.")].block.body.attributes
    return node.module.resources[declared].block.body.attributes


def _data(node: Node, module: str, declared: str, value: Any) -> Iterator[Instance]:
    for address, item in _spread(node, module, declared, value):
        key = _KEY.search(address, len(module) + len(declared))
        yield Instance(
            address=address,
            module=module,
            declared=declared,
            index=json.loads(key.group()[1:-1]) if key else None,
            node=node,
            values=item or {},
        )
