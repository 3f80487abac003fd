"""The engine `plan`: what a plan as JSON knows, and what evaluation says of the rest.

A plan leaves open whatever is known only after it is applied. Where Terraform can evaluate the root
as well, those gaps are filled from its evaluation; otherwise a reference becomes a token where the
expression is nothing but that reference, and the rest is unknown.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assurance.collectors.terraform.configuration import relative
from assurance.collectors.terraform.generated import META
from assurance.collectors.terraform.instances import without_keys
from assurance.collectors.terraform.modules import Node
from assurance.collectors.terraform.plan_file import Plan
from assurance.collectors.terraform.provider_blocks import provider_of, resolve
from assurance.collectors.terraform.reasons import Tracer, listed
from assurance.collectors.terraform.records import KNOWN, record
from assurance.collectors.terraform.references import Reference, references
from assurance.collectors.terraform.rewriting import repeated
from assurance.collectors.terraform.schema import Schemas
from assurance.collectors.terraform.settings_written import Written, written_by
from assurance.collectors.terraform.tokens import UNKNOWN, Json, token
from assurance.collectors.terraform.values import decoded, hide

_LATER = "known after apply"


@dataclass(slots=True, kw_only=True)
class PlanRecords:
    """Makes the records of a plan.

    Attributes:
        evaluated: Records of the evaluation by address, empty where there is none.
    """

    system: Path
    tree: Node
    tracer: Tracer
    evaluated: Mapping[str, Mapping[str, Any]]

    def resources(self, plan: Plan) -> list[dict[str, Any]]:
        """Every instance that exists after the plan is applied, sorted by address."""
        nodes = {node.address: node for node in self.tree.walk()}
        written = {path: written_by(module) for path, module in self._modules().items()}
        found: dict[str, dict[str, Any]] = {}
        for change in plan.changes:
            module = change.get("module_address", "") or ""
            node = nodes.get(without_keys(module))
            prefix = "data." if change["mode"] == "data" else ""
            declared = f"{prefix}{change['type']}.{change['name']}"
            if node is None or declared not in node.module.resources:
                continue
            if change["change"].get("actions") == ["delete"]:
                continue
            own = written[node.module.path][declared]
            found[change["address"]] = self._record(change, module, node, declared, own)
        return [found[address] for address in sorted(found)]

    def changes(self, plan: Plan) -> list[dict[str, Any]]:
        """What the plan does to each managed resource, also to those that it takes away."""
        nodes = {node.address: node for node in self.tree.walk()}
        return sorted(
            (
                self._change(change, nodes.get(without_keys(change.get("module_address") or "")))
                for change in plan.changes
                if change["mode"] == "managed"
            ),
            key=lambda change: str(change["address"]),
        )

    def _change(self, change: Mapping[str, Any], node: Node | None) -> dict[str, Any]:
        part = node.module.resources.get(f"{change['type']}.{change['name']}") if node else None
        paths = change["change"].get("replace_paths") or []
        return {
            "address": change["address"],
            "type": change["type"],
            "actions": list(change["change"].get("actions") or []),
            "replaces": sorted(".".join(str(step) for step in path) for path in paths),
            "file": relative(Path(part.source.path), self.system) if part else "",
            "line": part.block.line if part else None,
        }

    def _modules(self) -> dict[Path, Any]:
        return {node.module.path: node.module for node in self.tree.walk()}

    def _record(
        self, change: Mapping[str, Any], module: str, node: Node, declared: str, written: Written
    ) -> dict[str, Any]:
        after = change["change"].get("after") or {}
        unknown = change["change"].get("after_unknown") or {}
        values = self._block(node, module, declared, after, unknown, written, ())
        values = hide(values, change["change"].get("after_sensitive"))
        if isinstance(after.get("tags_all"), dict) and after["tags_all"]:
            values["tags"] = dict(sorted(after["tags_all"].items()))
        other = self.evaluated.get(change["address"])
        if other is not None:
            values = _filled(values, other["values"])
        configured = resolve(node, provider_of(node.module, declared))
        return record(
            node,
            declared,
            self.system,
            address=change["address"],
            index=change.get("index"),
            module=module,
            region=other["region"] if other else _region(configured.name, after),
            values=values,
            existence=KNOWN,
        )

    def _block(
        self,
        node: Node,
        module: str,
        declared: str,
        after: Mapping[str, Any],
        unknown: Any,
        written: Written,
        path: tuple[str, ...],
    ) -> dict[str, Json]:
        found: dict[str, Json] = {}
        later = unknown if isinstance(unknown, dict) else {}
        names = written.attributes | written.blocks.keys()
        for name in sorted(names if path else names - META):
            here = (*path, name)
            value = after.get(name)
            if unknown is True or later.get(name) is True:
                found[name] = self._open(node, module, declared, here)
            elif name in written.blocks and isinstance(value, (list, dict)):
                found[name] = [
                    self._block(node, module, declared, item, mask, written.blocks[name], here)
                    for item, mask in _masked(value, later.get(name))
                ]
            elif value is not None:
                found[name] = self._leaves(
                    node, module, declared, decoded(value), later.get(name), here
                )
        return {name: value for name, value in found.items() if value not in (None, [])}

    def _leaves(
        self,
        node: Node,
        module: str,
        declared: str,
        value: Json,
        unknown: Any,
        path: tuple[str, ...],
    ) -> Json:
        if unknown is True:
            return self._open(node, module, declared, path)
        if isinstance(value, list) and isinstance(unknown, list):
            masks = [*unknown, *([None] * len(value))]
            return [
                self._leaves(node, module, declared, item, mask, path)
                for item, mask in zip(value, masks, strict=False)
            ]
        if isinstance(value, dict) and isinstance(unknown, dict):
            return {
                key: self._leaves(node, module, declared, value.get(key), unknown.get(key), path)
                for key in sorted(value.keys() | unknown.keys())
            }
        return value

    def _open(self, node: Node, module: str, declared: str, path: tuple[str, ...]) -> Json:
        reference = _only_reference(node, declared, path)
        if reference is not None:
            place = f"{module}." if module else ""
            return token(place + reference.address, str(reference.steps[0]))
        names = self.tracer.value(node, declared, path)
        return {UNKNOWN: listed(names) if names else _LATER}


def _masked(value: Json, unknown: Any) -> Iterator[tuple[Mapping[str, Any], Any]]:
    """Each block with the mask of what is unknown in it."""
    items = value if isinstance(value, list) else [value]
    masks = unknown if isinstance(unknown, list) else [unknown or {}]
    for number, item in enumerate(items):
        if isinstance(item, dict):
            yield item, masks[number] if number < len(masks) else {}


def _only_reference(node: Node, declared: str, path: tuple[str, ...]) -> Reference | None:
    """The reference that an argument is, when it is one to a single resource and nothing else."""
    part = node.module.resources[declared]
    attribute = part.block.body.attributes.get(path[0]) if len(path) == 1 else None
    if attribute is None:
        return None
    for reference in references(part.source, attribute):
        whole = (reference.start, reference.end) == (attribute.value_start, attribute.end)
        target = node.module.resources.get(reference.address)
        if whole and target is not None and len(reference.steps) == 1:
            return None if repeated(target.block.body.attributes) else reference
    return None


def _filled(values: Json, evaluated: Json) -> Json:
    """The plan's values; where they are open, or are another resource's, those of evaluation."""
    if isinstance(values, dict) and UNKNOWN in values:
        return evaluated if evaluated is not None else values
    if isinstance(values, dict) and isinstance(evaluated, dict) and UNKNOWN not in evaluated:
        return {key: _filled(value, evaluated.get(key)) for key, value in values.items()}
    if isinstance(values, list) and isinstance(evaluated, list) and len(values) == len(evaluated):
        if all(isinstance(item, str) and "${" in item for item in evaluated):
            # References are in an order of their own, which is not the plan's.
            is_open = any(isinstance(item, dict) for item in values)
            return evaluated if is_open or "${data." not in "".join(evaluated) else values
        return [_filled(a, b) for a, b in zip(values, evaluated, strict=True)]
    if isinstance(evaluated, str) and "${" in evaluated and "${data." not in evaluated:
        return evaluated
    return values


def _region(provider: str, after: Mapping[str, Any]) -> str | None:
    arn = after.get("arn")
    parts = arn.split(":") if provider.startswith("aws") and isinstance(arn, str) else []
    return parts[3] or None if len(parts) > 4 else None


def bare_tracer() -> Tracer:
    """A tracer for when no schema is at hand."""
    return Tracer(schemas=Schemas({}), without_value=frozenset())
