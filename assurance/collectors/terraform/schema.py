"""What a provider's schema says of its types, reduced to what evaluation needs and kept on disk.

Asking Terraform for a schema takes seconds and yields many megabytes; it never changes for a
version, so the reduced form is cached in the user's cache directory.
"""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from assurance.collectors.terraform.mirror import Package, Terraform, environment
from assurance.errors import NotCollected

# A type as Terraform writes it: "string", ["set", "string"], ["object", {name: type}].
Type: TypeAlias = Any

_FORM = 2
_HEAVY = 2000
_FLAGS = ("computed", "optional", "required", "sensitive")


@dataclass(frozen=True, slots=True, kw_only=True)
class AttributeSchema:
    """One attribute of a type."""

    type: Type
    computed: bool
    optional: bool
    sensitive: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockSchema:
    """Attributes and nested blocks; `nesting` is single, list, set, map or group."""

    attributes: Mapping[str, AttributeSchema]
    blocks: Mapping[str, BlockSchema]
    nesting: str = "single"


EMPTY = BlockSchema(attributes={}, blocks={})


class Schemas:
    """The types of all providers at hand."""

    def __init__(self, reduced: Mapping[str, Mapping[str, Any]]) -> None:
        self._raw = reduced
        self._parsed: dict[str, BlockSchema] = {}

    def of(self, address: str) -> BlockSchema:
        """The schema of `TYPE` or `data.TYPE`; an empty one where it is unknown."""
        if address not in self._parsed:
            mode, _, name = address.rpartition(".")
            raw = self._raw.get("data" if mode else "managed", {}).get(name)
            self._parsed[address] = _block(raw) if raw is not None else EMPTY
        return self._parsed[address]

    def is_heavy(self, address: str) -> bool:
        """Whether a type's schema is so deep that Terraform takes seconds for one resource."""
        mode, _, name = address.rpartition(".")
        raw = self._raw.get("data" if mode else "managed", {}).get(name)
        return raw is not None and _size(raw) > _HEAVY

    def has(self, address: str) -> bool:
        """Whether a provider at hand knows `TYPE` or `data.TYPE`."""
        mode, _, name = address.rpartition(".")
        return name in self._raw.get("data" if mode else "managed", {})


def load_schemas(terraform: Terraform, packages: Mapping[str, Package]) -> Schemas:
    """Schemas of the packages, from the cache or from Terraform."""
    merged: dict[str, dict[str, Any]] = {"managed": {}, "data": {}}
    for package in packages.values():
        reduced = _cached(package) or _asked(terraform, package)
        for mode, types in merged.items():
            types.update(reduced[mode])
    return Schemas(merged)


def provide(directory: Path, packages: Mapping[str, Package]) -> None:
    """Lay packages into a working directory as `terraform init` would, without copying or hashing.

    A lock file without hashes spares Terraform from reading hundreds of megabytes each time.
    """
    locks: list[str] = []
    for package in packages.values():
        address = f"registry.terraform.io/{package.source}"
        version = directory / ".terraform/providers" / address / package.version
        version.mkdir(parents=True, exist_ok=True)
        (version / package.path.name).symlink_to(package.path, target_is_directory=True)
        locks.append(f'provider "{address}" {{\n  version = "{package.version}"\n}}\n')
    (directory / ".terraform.lock.hcl").write_text("\n".join(locks), "utf-8")


def cache_directory() -> Path:
    """Where reduced schemas are kept."""
    kept = os.environ.get("XDG_CACHE_HOME")
    return (Path(kept) if kept else Path.home() / ".cache") / "assurance/terraform"


def _cache_file(package: Package) -> Path:
    name = package.source.replace("/", "-")
    return cache_directory() / f"schema-{_FORM}-{name}-{package.version}.json"


def _cached(package: Package) -> dict[str, Any] | None:
    try:
        reduced = json.loads(_cache_file(package).read_bytes())
    except (OSError, ValueError):
        return None
    return reduced if isinstance(reduced, dict) and {"managed", "data"} <= reduced.keys() else None


def _asked(terraform: Terraform, package: Package) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(prefix="assurance-schema-") as name:
        directory = Path(name)
        local = package.source.rpartition("/")[2]
        (directory / "main.tf").write_text(
            "terraform {\n  required_providers {\n"
            f'    {local} = {{ source = "{package.source}" }}\n  }}\n}}\n',
            "utf-8",
        )
        provide(directory, {package.source: package})
        run = subprocess.run(  # noqa: S603 - Terraform from the user's own path
            [terraform.path, "providers", "schema", "-json"],
            cwd=directory,
            capture_output=True,
            env=environment(),
            check=False,
        )
    try:
        schemas = json.loads(run.stdout)["provider_schemas"]
    except (ValueError, KeyError) as error:
        raise NotCollected(
            f"Terraform gives no schema for {package.source} {package.version}",
            remedy="run `terraform providers schema -json` to see why",
        ) from error
    reduced = _reduced(next(iter(schemas.values())))
    _keep(_cache_file(package), reduced)
    return reduced


def _keep(path: Path, reduced: dict[str, Any]) -> None:
    # A cache that cannot be written costs time, nothing else.
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile("w", dir=path.parent, delete=False) as file:
            json.dump(reduced, file, separators=(",", ":"))
        Path(file.name).replace(path)
    except OSError:
        return


def _reduced(schema: dict[str, Any]) -> dict[str, Any]:
    return {
        mode: {
            name: _reduced_block(content["block"]) for name, content in schema.get(key, {}).items()
        }
        for mode, key in (("managed", "resource_schemas"), ("data", "data_source_schemas"))
    }


def _reduced_block(block: dict[str, Any]) -> list[Any]:
    attributes = {
        name: [_type(attribute), "".join(flag[0] for flag in _FLAGS if attribute.get(flag))]
        for name, attribute in block.get("attributes", {}).items()
    }
    blocks = {
        name: [nested["nesting_mode"], _reduced_block(nested["block"])]
        for name, nested in block.get("block_types", {}).items()
    }
    return [attributes, blocks]


def _size(block: list[Any]) -> int:
    return len(block[0]) + sum(1 + _size(inner) for _, inner in block[1].values())


def _type(attribute: dict[str, Any]) -> Type:
    nested = attribute.get("nested_type")
    if nested is None:
        return attribute.get("type", "dynamic")
    fields = {name: _type(inner) for name, inner in nested.get("attributes", {}).items()}
    mode = nested.get("nesting_mode", "single")
    return ["object", fields] if mode == "single" else [mode, ["object", fields]]


def _block(raw: list[Any], nesting: str = "single") -> BlockSchema:
    attributes, blocks = raw
    return BlockSchema(
        attributes={
            name: AttributeSchema(
                type=kind, computed="c" in flags, optional="o" in flags, sensitive="s" in flags
            )
            for name, (kind, flags) in attributes.items()
        },
        blocks={name: _block(inner, mode) for name, (mode, inner) in blocks.items()},
        nesting=nesting,
    )
