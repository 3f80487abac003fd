"""Breaks evidence on purpose: applies a counterexample to the evaluated state of a system; pure."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from jsonpath_ng import DatumInContext, JSONPath

from assurance.evidence_paths import REFERENCE, Body, parsed, slots_under, with_addresses
from assurance.model.requirements import Change, Counterexample
from assurance.readers.state import State

NAME = "counterexample"
"""The name, and the file, of a resource that a counterexample adds."""


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
        CatalogueError: The path is not JSONPath.
    """
    bodies = [_copied(body) for body, _ in state.bodies]
    mutated = _CHANGES[counterexample.change](bodies, counterexample)
    broken = State(((body, "") for body in bodies), state.missing)
    ids = (broken.name_of(*key) or state.name_of(*key) or key[0] for key in mutated)
    return Broken(state=broken, mutated=frozenset(ids))


def _copied(body: Mapping[str, Any]) -> Body:
    """Copy what an action may replace; values are copied when they are touched."""
    return {**body, "resources": list(body["resources"])}


Touched = set[tuple[str, str]]
_SELECTION = r"\[(?:[^\[\]\"']|\"[^\"]*\"|'[^']*'|\[[^\[\]]*\])*\]"
"""One pair of brackets, with text in quotes and brackets of one more level in it."""


def _set(bodies: list[Body], what: Counterexample) -> Touched:
    def write(path: JSONPath, tree: Any) -> None:
        path.update_or_create(tree, with_addresses(bodies, what.value))

    return _edit(bodies, what.target, write)


def _append(bodies: list[Body], what: Counterexample) -> Touched:
    def write(path: JSONPath, tree: Any) -> None:
        path.update_or_create(
            tree, lambda old, *_: [*(old or []), with_addresses(bodies, what.value)]
        )

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
    slots = [slot for body in bodies for slot in slots_under(body, root)]
    tree = {root: [copy.deepcopy(slot.value) for slot in slots]}
    write(path, tree)
    for slot, new in zip(slots, tree[root], strict=False):
        if new != slot.value:
            slot.replace(new)
            touched.add(slot.key)
    return touched


def _is_whole(text: str) -> bool:
    """Whether a path names resources, and nothing within them: `type[…]`."""
    return re.fullmatch(r"\w+" + _SELECTION, text) is not None


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
            _put(values, name, with_addresses(bodies, value))
        address = _address(resource["type"], resource["module"], number)
        body["resources"].append({**resource, "address": address, "name": NAME, "values": values})
        touched.add((body["root"], address))
    return touched


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _put(values: dict[str, Any], path: str, value: Any) -> None:
    if value is None:
        parsed(path).filter(lambda _: True, values)
    else:
        parsed(path).update_or_create(values, value)


def _add(bodies: list[Body], what: Counterexample) -> Touched:
    values = with_addresses(bodies, dict(_mapping(what.value)))
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
        for type_, _, _ in REFERENCE.findall(repr(values))
        for resource in body["resources"]
        if resource["mode"] == "managed"
    )


def _address(type_: str, module: str, number: int) -> str:
    return ".".join(filter(None, (module, type_, f"{NAME}_{number}" if number else NAME)))


_CHANGES: Mapping[Change, Callable[[list[Body], Counterexample], Touched]] = {
    Change.SET: _set,
    Change.REMOVE: _remove,
    Change.APPEND: _append,
    Change.COPY: _copy,
    Change.ADD: _add,
}
