"""Breaks evidence on purpose: applies a counterexample to the evaluated state of a system; pure.

A path is JSONPath (jsonpath-ng's extended syntax) into an object whose keys are resource types,
each holding the list of that type's values. Beside the types there are `resources` (the raw
resources with lifecycle and place), `modules` (the configuration of every module), `roots` (that of
every root module) and `configurations` (format, validity and lock of every root).
"""

from __future__ import annotations

import copy
import functools
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from jsonpath_ng import DatumInContext, JSONPath
from jsonpath_ng.exceptions import JsonPathLexerError, JsonPathParserError
from jsonpath_ng.ext.parser import parse

from assurance.errors import CatalogueError
from assurance.model.requirements import Change, Counterexample
from assurance.readers.state import State

Body = dict[str, Any]

NAME = "counterexample"
"""The name, and the file, of a resource that a counterexample adds."""

_REFERENCE = re.compile(r"\$\{(\w+)\[(\d+)\]\.(\w+)\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Broken:
    """A state with one thing wrong.

    Attributes:
        state: The whole state, sharing all that was not touched.
        mutated: The ids of the resources that were changed, added or removed; empty when the path
            matches nothing in this system.
    """

    state: State
    mutated: frozenset[str]


def break_state(state: State, counterexample: Counterexample) -> Broken:
    """Apply a counterexample to a copy of a state.

    Raises:
        CatalogueError: The path does not parse.
    """
    bodies = [_copied(body) for body, _ in state.bodies]
    mutated = _CHANGES[counterexample.change](bodies, counterexample)
    broken = State((body, "") for body in bodies)
    ids = {
        (resource.root, resource.address): resource.id
        for known in (state, broken)
        for resource in known.resources
    }
    return Broken(state=broken, mutated=frozenset(ids.get(key, key[0]) for key in mutated))


def _copied(body: Mapping[str, Any]) -> Body:
    """Copy what an action may replace; values are copied when they are touched."""
    return {**body, "resources": list(body["resources"])}


Touched = set[tuple[str, str]]


def _set(bodies: list[Body], what: Counterexample) -> Touched:
    def write(path: JSONPath, tree: Any) -> None:
        path.update_or_create(tree, _resolved(bodies, what.value))

    return _edit(bodies, what.target, write)


def _append(bodies: list[Body], what: Counterexample) -> Touched:
    def write(path: JSONPath, tree: Any) -> None:
        path.update_or_create(tree, lambda old, *_: [*(old or []), _resolved(bodies, what.value)])

    return _edit(bodies, what.target, write)


def _remove(bodies: list[Body], what: Counterexample) -> Touched:
    if _is_whole(what.target):
        return _remove_resources(bodies, what.target)

    def write(path: JSONPath, tree: Any) -> None:
        path.filter(lambda _: True, tree)

    return _edit(bodies, what.target, write)


def _edit(bodies: list[Body], text: str, write: Callable[[JSONPath, Any], None]) -> Touched:
    """Let `write` change copies of the values under a path; return what really changed."""
    path, root = parsed(text), re.split(r"[.\[]", text, maxsplit=1)[0]
    touched: Touched = set()
    slots = [slot for body in bodies for slot in _slots(body, root)]
    tree = {root: [copy.deepcopy(slot.value) for slot in slots]}
    write(path, tree)
    for slot, new in zip(slots, tree[root], strict=False):
        if new != slot.value:
            slot.replace(new)
            touched.add(slot.key)
    return touched


@dataclass(frozen=True, slots=True, kw_only=True)
class _Slot:
    """A value that a path can reach, and how to put another in its place."""

    key: tuple[str, str]
    value: Any
    replace: Callable[[Any], None]


def _slots(body: Body, root: str) -> list[_Slot]:
    if root in ("modules", "roots", "configurations"):
        return _configuration_slots(body, root)
    return [
        _resource_slot(body, index, whole=root == "resources")
        for index, resource in enumerate(body["resources"])
        if resource["mode"] == "managed" and root in ("resources", resource["type"])
    ]


def _resource_slot(body: Body, index: int, *, whole: bool) -> _Slot:
    resource = body["resources"][index]

    def replace(new: Any) -> None:
        body["resources"][index] = new if whole else {**resource, "values": new}

    value = resource if whole else resource["values"]
    return _Slot(key=(body["root"], resource["address"]), value=value, replace=replace)


def _configuration_slots(body: Body, root: str) -> list[_Slot]:
    configuration = body["configuration"]
    if root == "configurations":

        def replace_all(new: Any) -> None:
            body["configuration"] = new

        return [_Slot(key=(body["root"], body["root"]), value=configuration, replace=replace_all)]
    names = [name for name in configuration["modules"] if root == "modules" or name == ""]
    return [_module_slot(body, name) for name in names]


def _module_slot(body: Body, name: str) -> _Slot:
    def replace(new: Any) -> None:
        configuration = body["configuration"]
        modules = {**configuration["modules"], name: new}
        body["configuration"] = {**configuration, "modules": modules}

    value = body["configuration"]["modules"][name]
    return _Slot(key=(body["root"], name or body["root"]), value=value, replace=replace)


def _is_whole(text: str) -> bool:
    return "." not in re.sub(r"\[.*\]", "", text) and text.endswith("]")


def _matched(bodies: list[Body], text: str) -> list[tuple[Body, dict[str, Any]]]:
    """Return the resources that a path to whole resources selects."""
    type_ = text.split("[", 1)[0]
    found = [
        (body, resource)
        for body in bodies
        for resource in body["resources"]
        if resource["mode"] == "managed" and resource["type"] == type_
    ]
    tree = {type_: [resource["values"] for _, resource in found]}
    return [found[_index(match)] for match in parsed(text).find(tree)]


def _index(match: DatumInContext) -> int:
    return int(str(match.path).strip("[]"))


def _remove_resources(bodies: list[Body], text: str) -> Touched:
    touched = set()
    for body, resource in _matched(bodies, text):
        body["resources"] = [kept for kept in body["resources"] if kept is not resource]
        touched.add((body["root"], resource["address"]))
    return touched


def _copy(bodies: list[Body], what: Counterexample) -> Touched:
    touched = set()
    for number, (body, resource) in enumerate(_matched(bodies, what.target)):
        values = copy.deepcopy(resource["values"])
        for name, value in _mapping(what.value).items():
            _put(values, name, _resolved(bodies, value))
        address = _address(resource["type"], resource["module"], number)
        body["resources"].append({**resource, "address": address, "name": NAME, "values": values})
        touched.add((body["root"], address))
    return touched


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _put(values: dict[str, Any], path: str, value: Any) -> None:
    if value is None:
        parsed(path).filter(lambda _: True, values)
    else:
        parsed(path).update_or_create(values, value)


def _add(bodies: list[Body], what: Counterexample) -> Touched:
    values = _resolved(bodies, dict(_mapping(what.value)))
    if values is None:
        return set()
    body = next((body for body in bodies if _owns(body, what.value)), bodies[0])
    address = _address(what.target, "", 0)
    body["resources"].append(
        {
            "address": address,
            "mode": "managed",
            "type": what.target,
            "name": NAME,
            "module": "",
            "provider": "aws",
            "existence": "known",
            "values": values,
            "file": NAME,
            "line": None,
        }
    )
    return {(body["root"], address)}


def _owns(body: Body, values: Any) -> bool:
    """Whether the resources that the values refer to are of this root."""
    return any(
        resource["type"] == type_
        for type_, _, _ in _REFERENCE.findall(repr(values))
        for resource in body["resources"]
        if resource["mode"] == "managed"
    )


def _address(type_: str, module: str, number: int) -> str:
    return ".".join(filter(None, (module, type_, f"{NAME}_{number}" if number else NAME)))


def _resolved(bodies: list[Body], value: Any) -> Any:
    """Put real addresses in the place of `${TYPE[n].attribute}`; None where there is none."""
    if isinstance(value, dict):
        made = {key: _resolved(bodies, item) for key, item in value.items()}
        return None if any(made[key] is None and value[key] is not None for key in made) else made
    if isinstance(value, list):
        items = [_resolved(bodies, item) for item in value]
        return None if any(item is None for item in items) else items
    if isinstance(value, str) and _REFERENCE.search(value):
        return _with_addresses(bodies, value)
    return value


def _with_addresses(bodies: list[Body], text: str) -> str | None:
    for type_, index, attribute in _REFERENCE.findall(text):
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


_CHANGES: Mapping[Change, Callable[[list[Body], Counterexample], Touched]] = {
    Change.SET: _set,
    Change.REMOVE: _remove,
    Change.APPEND: _append,
    Change.COPY: _copy,
    Change.ADD: _add,
}
