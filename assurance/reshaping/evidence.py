"""Definitions out of the evidence of a system, and back into it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from assurance.reshaping.definitions import Definition, Definitions, copied_node

PREFIX = "harness_"
NOT_DEFINITIONS = ("harness_file", "harness_manifest")
_COLLECTED = ("values", "file", "line", "lines", "address", "type", "name")


def definitions_of(resources: Iterable[Mapping[str, Any]]) -> Definitions:
    """Return the definitions among the resources of an evidence document."""
    return tuple(
        Definition(
            kind=str(each["type"]).removeprefix(PREFIX),
            values=copied_node(each["values"]),
            file=str(each.get("file") or ""),
            origin={key: value for key, value in each.items() if key not in _COLLECTED},
        )
        for each in resources
        if is_definition(each)
    )


def is_definition(resource: Mapping[str, Any]) -> bool:
    """Tell whether a resource is a definition that can be reshaped."""
    type_ = str(resource["type"])
    return type_.startswith(PREFIX) and type_ not in NOT_DEFINITIONS


def resources_of(definitions: Definitions) -> list[dict[str, Any]]:
    """Return definitions as resources of an evidence document, without the lines of their values.

    Where an address is taken, the file makes it unique, as the collector does.
    """
    found: list[dict[str, Any]] = []
    for each in definitions:
        address = f"{PREFIX}{each.kind}.{each.identifier}"
        file = each.file or f"{each.kind}s/{each.identifier}.yaml"
        if any(other["address"] == address for other in found):
            address = f"{address}@{file}"
        found.append(
            {
                **each.origin,
                "address": address,
                "type": f"{PREFIX}{each.kind}",
                "name": each.identifier,
                "values": each.values,
                "file": file,
                "line": 1,
            }
        )
    return found
