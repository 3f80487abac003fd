"""Values of a resource whose expressions could not be evaluated: literals, and why not the rest."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from assurance.collectors.terraform.configuration import scalar
from assurance.collectors.terraform.generated import META
from assurance.collectors.terraform.hcl import Attribute, Body, SourceFile
from assurance.collectors.terraform.modules import Node
from assurance.collectors.terraform.reasons import Tracer, listed
from assurance.collectors.terraform.tokens import UNKNOWN
from assurance.collectors.terraform.written_references import Place, as_written, is_complete


def static_values(node: Node, declared: str, tracer: Tracer, module: str) -> dict[str, Any]:
    """What can be read without evaluation; `module` is the instance's address."""
    found: dict[str, Any] = {}
    place = Place(node=node, module=module, schemas=tracer.schemas)
    for part in node.module.parts(declared):
        source = part.source

        def otherwise(attribute: Attribute, source: SourceFile = source) -> Any:
            text = as_written(place, source, attribute)
            if is_complete(text):
                return text
            names = tracer.expression(node, source, attribute)
            if "each." in source.value(attribute):
                names |= tracer.repetition(node, declared)
            return {UNKNOWN: listed(names) if names else "Terraform cannot evaluate it"}

        found |= _body(source, part.block.body, otherwise, META)
    return dict(sorted(found.items()))


def _body(
    source: SourceFile,
    body: Body,
    otherwise: Callable[[Attribute], Any],
    skipped: frozenset[str],
) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, attribute in body.attributes.items():
        if name in skipped:
            continue
        value = scalar(source.value(attribute))
        if isinstance(value, dict) and UNKNOWN in value:
            value = otherwise(attribute)
        if value is not None:
            found[name] = value
    for block in body.blocks:
        if block.kind == "dynamic" and block.labels:
            over = block.body.attributes.get("for_each")
            found[block.labels[0]] = _dynamic(otherwise(over) if over else None)
        elif block.kind not in skipped:
            items = found.setdefault(block.kind, [])
            if isinstance(items, list):
                items.append(_body(source, block.body, otherwise, frozenset()))
    return found


def _dynamic(over: Any) -> dict[str, str]:
    known = isinstance(over, dict) and UNKNOWN in over
    return over if known else {UNKNOWN: "a dynamic block"}
