"""Names by which configurations read values out of maps and JSON texts that only AWS knows."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from assurance.collectors.terraform.hcl import SourceFile
from assurance.collectors.terraform.modules import Module
from assurance.collectors.terraform.references import Reference, all_attributes, references
from assurance.collectors.terraform.schema import Schemas

_ARGUMENT = re.compile(r"jsondecode\(\s*((?:data\.)?[a-z]\w*\.[\w-]+)(?:\[[^\]]*\])?\.(\w+)\s*\)")
_DECODED = re.compile(r"jsondecode\([^()]*\)(?:\.([\w-]+)|\[\"([^\"]+)\"\])")


def decoded_attributes(module: Module) -> dict[str, frozenset[str]]:
    """The attributes that a module's files decode as JSON, by address of the resource."""
    found: dict[str, frozenset[str]] = {}
    for source in module.files:
        for address, name in _ARGUMENT.findall(source.text):
            found[address] = found.get(address, frozenset()) | {name}
    return found


def every_reference(module: Module) -> Iterator[Reference]:
    """Every reference in a module's files."""
    for source in module.files:
        for attribute in all_attributes(source.body):
            yield from references(source, attribute)


def json_keys(modules: Collection[Module]) -> frozenset[str]:
    """Names that configurations read out of decoded JSON texts."""
    found: set[str] = set()
    for module in modules:
        decoded = {
            f"local.{name}"
            for name, (attribute, source) in module.locals.items()
            if "jsondecode(" in source.value(attribute)
        }
        for source in module.files:
            found |= {a or b for a, b in _DECODED.findall(source.text)}
            found |= _read_from(source, decoded)
    return frozenset(found)


def map_keys(modules: Collection[Module], schemas: Schemas) -> dict[str, frozenset[str]]:
    """Keys that configurations read out of maps which only AWS knows, by kind of resource."""
    found: dict[str, frozenset[str]] = {}
    for module in modules:
        for reference in every_reference(module):
            if reference.address not in module.resources:
                continue
            kind = reference.address.rpartition(".")[0]
            pairs = zip(reference.steps, reference.steps[1:], strict=False)
            for name, key in pairs:
                attribute = schemas.of(kind).attributes.get(str(name))
                if attribute is not None and attribute.type == ["map", "string"]:
                    found[kind] = found.get(kind, frozenset()) | {str(key)}
    return found


def _read_from(source: SourceFile, addresses: Collection[str]) -> set[str]:
    if not addresses:
        return set()
    return {
        str(reference.steps[0])
        for attribute in all_attributes(source.body)
        for reference in references(source, attribute)
        if reference.address in addresses
        and reference.steps
        and isinstance(reference.steps[0], str)
        and reference.steps[0] != "*"
    }
