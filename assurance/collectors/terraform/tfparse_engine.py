"""The engine `tfparse`: what can be said without Terraform or without the provider.

It evaluates locals, variables, modules and repetition, and writes a random identifier for every
resource; one part that it does not know makes a whole expression null, which is unknown here.
"""

from __future__ import annotations

import json
import os
import re
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tfparse import ParseError, load_from_path  # type: ignore[import-untyped]

from assurance.collectors.terraform.generated import META
from assurance.collectors.terraform.instances import without_keys
from assurance.collectors.terraform.modules import Node
from assurance.collectors.terraform.provider_blocks import provider_of, resolve
from assurance.collectors.terraform.reasons import Tracer, listed
from assurance.collectors.terraform.records import KNOWN, record
from assurance.collectors.terraform.request import TerraformRequest
from assurance.collectors.terraform.settings_written import Written, written_by
from assurance.collectors.terraform.tokens import UNKNOWN, Json, token
from assurance.collectors.terraform.values import decoded, hide
from assurance.errors import NotCollected

_IDENTIFIER = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}")
_SECRET = re.compile(r"password$|^secret_string$|^auth_token$|^private_key|^secret_key$")
_LAST_KEY = re.compile(r'\[("(?:[^"\\]|\\.)*"|\d+)\]$')


def parse(request: TerraformRequest) -> dict[str, list[dict[str, Any]]]:
    """What tfparse finds, in its own form, by kind."""
    with tempfile.TemporaryDirectory(prefix="assurance-") as name:
        files = [os.path.relpath(path, request.root) for path in request.variable_files]
        if request.variables:
            given = Path(name) / "given.tfvars.json"
            given.write_text(json.dumps(dict(request.variables)), "utf-8")
            files.append(os.path.relpath(given, request.root))
        try:
            found = load_from_path(str(request.root), vars_paths=files)
        except (ParseError, ValueError, OSError, RuntimeError) as error:
            raise NotCollected(
                f"tfparse cannot read the root: {error}",
                file=request.root,
                remedy="correct the configuration; `terraform validate` shows where",
            ) from error
    return {kind: list(entries) for kind, entries in found.items()}


def instances(found: Mapping[str, list[dict[str, Any]]]) -> list[dict[str, Any]]:
    """The entries that are resources or data sources."""
    return [
        entry
        for entries in found.values()
        for entry in entries
        if entry.get("__tfmeta", {}).get("type") in ("resource", "data")
    ]


def default_tags(found: Mapping[str, list[dict[str, Any]]]) -> dict[str, Any]:
    """The default tags of each provider block, by its name (`aws.replica`)."""
    tags: dict[str, Any] = {}
    for entry in found.get("provider", []):
        alias = entry.get("alias")
        name = str(entry["__tfmeta"].get("label") or "aws") + (f".{alias}" if alias else "")
        blocks = entry.get("default_tags") or []
        for block in blocks if isinstance(blocks, list) else [blocks]:
            if isinstance(block.get("tags"), dict):
                tags[name] = block["tags"]
    return tags


@dataclass(slots=True, kw_only=True)
class ParsedRecords:
    """Makes records of what tfparse found."""

    system: Path
    tree: Node
    tracer: Tracer
    region: str | None
    default_tags: Mapping[str, Any]

    def resources(self, entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Every resource that the tree declares, sorted by address."""
        owners = {entry["id"]: _address(entry) for entry in entries if "id" in entry}
        nodes = {node.address: node for node in self.tree.walk()}
        written = {n.module.path: written_by(n.module) for n in nodes.values()}
        found: dict[str, dict[str, Any]] = {}
        for entry in entries:
            address = _address(entry)
            module, declared = _parts(address)
            node = nodes.get(without_keys(module))
            if node is None or declared not in node.module.resources:
                continue
            reading = _Reading(node=node, declared=declared, tracer=self.tracer, owners=owners)
            key = _LAST_KEY.search(address)
            doubt = self.tracer.repetition(node, declared)
            found[address] = record(
                node,
                declared,
                self.system,
                address=address,
                index=json.loads(key.group(1)) if key else None,
                module=module,
                region=self.region,
                values=self._tagged(
                    reading.block(entry, written[node.module.path][declared], ()), node, declared
                ),
                existence=self.tracer.existence(node, declared) if doubt else KNOWN,
            )
        found |= self._missing(nodes, found)
        return [found[address] for address in sorted(found)]

    def _tagged(self, values: dict[str, Json], node: Node, declared: str) -> dict[str, Json]:
        # Without the provider's schema, only names tell what is secret.
        values = hide(values, {name: True for name in values if _SECRET.search(name)})
        default = self.default_tags.get(resolve(node, provider_of(node.module, declared)).name)
        own = values.get("tags", {})
        if declared.startswith("data.") or not isinstance(default, dict) or UNKNOWN in own:
            return values
        return {**values, "tags": dict(sorted((default | own).items()))}

    def _missing(
        self, nodes: Mapping[str, Node], found: Mapping[str, Any]
    ) -> dict[str, dict[str, Any]]:
        """Declared resources of which tfparse shows no instance: none, or it could not count."""
        seen = {without_keys(address) for address in found}
        missing: dict[str, dict[str, Any]] = {}
        for node in nodes.values():
            for declared in node.module.resources:
                address = f"{node.address}.{declared}" if node.address else declared
                names = self.tracer.repetition(node, declared)
                if address in seen or not names:
                    continue
                missing[address] = record(
                    node,
                    declared,
                    self.system,
                    address=address,
                    index=None,
                    module=node.address,
                    region=self.region,
                    values={},
                    existence=self.tracer.existence(node, declared),
                )
        return missing


@dataclass(slots=True, kw_only=True)
class _Reading:
    node: Node
    declared: str
    tracer: Tracer
    owners: Mapping[str, str]

    def block(
        self, entry: Mapping[str, Any], written: Written, path: tuple[str, ...]
    ) -> dict[str, Json]:
        found: dict[str, Json] = {}
        names = written.attributes if path else written.attributes - META
        for name in sorted(names):
            value = self.value(decoded(entry.get(name)), (*path, name))
            if value is not None:
                found[name] = value
        for name, inner in sorted(written.blocks.items()):
            if not path and name in META:
                continue
            value = entry.get(name)
            items = value if isinstance(value, list) else [value] if value else []
            blocks = [self.block(item, inner, (*path, name)) for item in items]
            if not blocks and name not in found:
                # tfparse leaves out dynamic blocks that it cannot repeat.
                found[name] = {UNKNOWN: "tfparse shows no such block"}
            elif blocks:
                found[name] = sorted(blocks, key=lambda b: json.dumps(b, sort_keys=True))
        return found

    def value(self, value: Json, path: tuple[str, ...]) -> Json:
        if value is None:
            return self.absent(path)
        if isinstance(value, str):
            return self.text(value, path)
        if isinstance(value, dict) and "__attribute__" in value:
            return self.absent(path)
        if isinstance(value, dict):
            return {key: self.value(item, path) for key, item in value.items() if key != "__tfmeta"}
        if isinstance(value, list):
            return [self.value(item, path) for item in value]
        return value

    def absent(self, path: tuple[str, ...]) -> Json:
        if all(text.strip() == "null" for text in self.texts(path)):
            return None
        names = self.tracer.value(self.node, self.declared, path)
        return {UNKNOWN: listed(names) if names else "tfparse cannot evaluate it"}

    def texts(self, path: tuple[str, ...]) -> Iterator[str]:
        for part in self.node.module.parts(self.declared):
            attribute = part.block.body.attributes.get(path[0])
            yield part.source.value(attribute) if attribute and len(path) == 1 else ""

    def text(self, value: str, path: tuple[str, ...]) -> Json:
        found = _IDENTIFIER.findall(value)
        if "${var." in value or any(identifier not in self.owners for identifier in found):
            return self.absent(path)
        names = self.tracer.value(self.node, self.declared, path) if found else frozenset()
        for identifier in found:
            attribute = _attribute(self.owners[identifier], names, path)
            value = value.replace(identifier, token(self.owners[identifier], attribute))
        return value


def _attribute(owner: str, names: frozenset[str], path: tuple[str, ...]) -> str:
    """Which attribute of its owner an identifier stands for; it is the same for all of them."""
    place = without_keys(owner) + "."
    candidates = {name.removeprefix(place) for name in names if name.startswith(place)}
    if len(candidates) == 1:
        return candidates.pop()
    return "arn" if path[-1].endswith(("arn", "arns")) else "id"


def _address(entry: Mapping[str, Any]) -> str:
    meta = entry["__tfmeta"]
    path: str = meta["path"]
    if meta["type"] == "data" and "data." not in path:
        module, declared = _parts(path)
        return f"{module}.data.{declared}" if module else f"data.{declared}"
    return path


def _parts(address: str) -> tuple[str, str]:
    """The module and the address in it, without the resource's own key."""
    own = _LAST_KEY.sub("", address)
    words = re.findall(r'(?:\[(?:"(?:[^"\\]|\\.)*"|\d+)\]|[^.\[])+', own)
    count = 3 if words[-3:-2] == ["data"] else 2
    return ".".join(words[:-count]), ".".join(words[-count:])
