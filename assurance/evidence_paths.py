"""What a counterexample's path can reach in evidence, and how it refers to real resources.

A path is JSONPath (jsonpath-ng's extended syntax) into an object whose keys are resource types
(`aws_vpc`, `harness_pipeline`), each holding the list of that type's values. Beside the types there
are `resources` (the raw resources with lifecycle and place), `waivers`, and of Terraform `modules`
(the configuration of every module), `roots` (that of every root module) and `configurations`
(format, validity and lock of every root).
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from jsonpath_ng import JSONPath
from jsonpath_ng.exceptions import JsonPathLexerError, JsonPathParserError
from jsonpath_ng.ext.parser import parse

from assurance.errors import CatalogueError

Body = dict[str, Any]

REFERENCE = re.compile(r"\$\{(\w+)\[(\d+)\]\.(\w+)\}")
"""How a value names the n-th resource of a type: `${TYPE[n].attribute}`."""


@functools.cache
def parsed(text: str) -> JSONPath:
    """Parse a path.

    Raises:
        CatalogueError: It is not JSONPath.
    """
    try:
        return parse(text)
    except (JsonPathLexerError, JsonPathParserError) as error:
        raise CatalogueError(
            f"the counterexample's path {text!r} is not JSONPath: {error}.",
            remedy="write it as TYPE[*].attribute or TYPE[?(@.attribute == value)].attribute.",
        ) from error


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A value that a path can reach, and how to put another in its place."""

    key: tuple[str, str]
    value: Any
    replace: Callable[[Any], None]


def slots_under(body: Body, root: str) -> list[Slot]:
    """Return everything that paths beginning with `root` can reach in a body."""
    if root in ("modules", "roots", "configurations"):
        return _configuration_slots(body, root)
    if root == "waivers":
        return [_waiver_slot(body, index) for index in range(len(body.get("waivers", ())))]
    return [
        _resource_slot(body, index, whole=root == "resources")
        for index, resource in enumerate(body["resources"])
        if resource["mode"] == "managed" and root in ("resources", resource["type"])
    ]


def _resource_slot(body: Body, index: int, *, whole: bool) -> Slot:
    resource = body["resources"][index]

    def replace(new: Any) -> None:
        body["resources"][index] = new if whole else {**resource, "values": new}

    value = resource if whole else resource["values"]
    return Slot(key=(body["root"], resource["address"]), value=value, replace=replace)


def _configuration_slots(body: Body, root: str) -> list[Slot]:
    configuration = body.get("configuration")
    if configuration is None:
        return []
    if root == "configurations":

        def replace_all(new: Any) -> None:
            body["configuration"] = new

        return [Slot(key=(body["root"], body["root"]), value=configuration, replace=replace_all)]
    names = [name for name in configuration["modules"] if root == "modules" or name == ""]
    return [_module_slot(body, name) for name in names]


def _waiver_slot(body: Body, index: int) -> Slot:
    def replace(new: Any) -> None:
        body["waivers"] = [*body["waivers"][:index], new, *body["waivers"][index + 1 :]]

    value = body["waivers"][index]
    return Slot(key=(value["name"], value["name"]), value=value, replace=replace)


def _module_slot(body: Body, name: str) -> Slot:
    def replace(new: Any) -> None:
        configuration = body["configuration"]
        modules = {**configuration["modules"], name: new}
        body["configuration"] = {**configuration, "modules": modules}

    value = body["configuration"]["modules"][name]
    return Slot(key=(body["root"], name or body["root"]), value=value, replace=replace)


def with_addresses(bodies: list[Body], value: Any) -> Any:
    """Put real addresses in the place of `${TYPE[n].attribute}`; None where there is none."""
    if isinstance(value, dict):
        made = {key: with_addresses(bodies, item) for key, item in value.items()}
        return None if any(made[key] is None and value[key] is not None for key in made) else made
    if isinstance(value, list):
        items = [with_addresses(bodies, item) for item in value]
        return None if any(item is None for item in items) else items
    if isinstance(value, str) and REFERENCE.search(value):
        return _in_text(bodies, value)
    return value


def _in_text(bodies: list[Body], text: str) -> str | None:
    for type_, index, attribute in REFERENCE.findall(text):
        found = [
            resource["address"]
            for body in bodies
            for resource in body["resources"]
            if resource["mode"] == "managed" and resource["type"] == type_
        ]
        if int(index) >= len(found):
            return None
        token = f"${{{found[int(index)]}.{attribute}}}"
        text = text.replace(f"${{{type_}[{index}].{attribute}}}", token)
    return text
