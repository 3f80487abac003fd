"""Small evaluated states, written by hand, for tests of readers and rules."""

from __future__ import annotations

import re
from typing import Any

from assurance.readers.state import State

ADDRESS = re.compile(r"^((?:module\.[^.]+\.)*)(data\.)?(\w+)\.([\w-]+)(?:\[(.+)\])?$")


def unknown_because(reason: str) -> dict[str, str]:
    """Return the marker by which evidence says that a value cannot be known."""
    return {"$unknown": reason}


def managed(
    address: str,
    *,
    existence: str = "known",
    region: str = "eu-west-1",
    lifecycle: dict[str, Any] | None = None,
    line: int = 1,
    **values: Any,
) -> dict[str, Any]:
    """Return a resource of the evidence, or a data source where the address says `data.`."""
    found = ADDRESS.match(address)
    assert found is not None, address
    module, data, type_, name, index = found.groups()
    return {
        "address": address,
        "mode": "data" if data else "managed",
        "type": type_,
        "name": name,
        "index": index.strip('"') if index else None,
        "module": module.rstrip("."),
        "provider": "aws",
        "provider_alias": None,
        "region": region,
        "values": values,
        "existence": existence,
        "lifecycle": lifecycle or {},
        "file": "main.tf",
        "line": line,
        "end_line": line,
        "calls": [],
    }


def body(*resources: dict[str, Any], root: str = "infrastructure") -> dict[str, Any]:
    """Return the body of a terraform document with these resources."""
    return {
        "format": "terraform-state/1",
        "engine": "terraform-test",
        "engine_version": "1.11.4",
        "root": root,
        "diagnostics": [],
        "resources": sorted(resources, key=lambda resource: str(resource["address"])),
        "configuration": {"modules": {}, "lock": None, "unformatted": [], "valid": True},
    }


def state(*resources: dict[str, Any], root: str = "infrastructure") -> State:
    """Return the state of one root with these resources."""
    return State([(body(*resources, root=root), "sha256:x")])


def state_of(*bodies: dict[str, Any]) -> State:
    """Return the state of several roots."""
    return State([(each, f"sha256:{number}") for number, each in enumerate(bodies)])
