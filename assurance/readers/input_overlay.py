"""Lays inputs over what takes them: a pipeline, or a template.

An input goes where `<+input>` is written. Items of a list are found by what names them, as Harness
finds them; a value that only leads to an input, such as an identifier or a type, is the same on
both sides.
https://developer.harness.io/docs/platform/pipelines/input-sets
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from assurance.model.definitions import Input
from assurance.model.unknown import is_unknown, unknown
from assurance.readers.input_marks import refused
from assurance.readers.state import Resource

_LEADING: Final = frozenset({"identifier", "name", "type", "templateRef", "versionLabel"})
_WRAPPERS: Final = ("stage", "step", "stepGroup", "manifest", "configFile", "sidecar", "insert")


class Overlay:
    """One set of inputs that is laid over what takes it.

    Attributes:
        resource: The definition in which the inputs are written.
        taker: What takes them, in words.
        place: Where all of them are written, when they are one text.
    """

    def __init__(self, resource: Resource, taker: str, place: str = "") -> None:
        self._resource = resource
        self._taker = taker
        self._place = place

    def compare(self, given: Any, taken: Any, pointer: str, path: str) -> Iterator[Input]:
        """Yield every input, with what is against it."""
        if is_unknown(taken) or is_unknown(given):
            yield self._input(given, pointer, path, unknown(f"{path} is not known"))
        elif isinstance(given, dict) and isinstance(taken, dict):
            for key, value in given.items():
                inner = f"{path}.{key}" if path else str(key)
                yield from self._field(key, value, taken, f"{pointer}/{_escaped(key)}", inner)
        elif isinstance(given, list) and isinstance(taken, list):
            for number, item in enumerate(given):
                yield from self._item(item, number, taken, f"{pointer}/{number}", path)
        else:
            yield self._input(given, pointer, path, refused(given, taken, self._taker))

    def _field(
        self, key: str, value: Any, taken: Mapping[str, Any], pointer: str, path: str
    ) -> Iterator[Input]:
        if key not in taken:
            yield self._input(value, pointer, path, f"{self._taker} has no such field")
        elif key in _LEADING and value == taken[key]:
            return
        else:
            yield from self.compare(value, taken[key], pointer, path)

    def _item(
        self, item: Any, number: int, taken: list[Any], pointer: str, path: str
    ) -> Iterator[Input]:
        name = _name(item)
        same = [other for other in taken if _name(other) == name] if name else taken[number:][:1]
        inner = f"{path}[{name or number}]"
        if not same:
            yield self._input(item, pointer, inner, f"{self._taker} has no such item")
        else:
            yield from self.compare(item, same[0], pointer, inner)

    def _input(self, given: Any, pointer: str, path: str, fault: str) -> Input:
        return Input(
            path=path or "all of it",
            given="" if is_unknown(given) else str(given),
            fault=fault,
            location=self._resource.location_of(self._place or pointer),
        )


def _name(item: Any) -> str:
    """Return what names an item of a list; of a parallel block, the names of all that is in it."""
    if isinstance(item, list):
        return "|".join(_name(each) for each in item)
    if not isinstance(item, dict):
        return ""
    for wrapper in _WRAPPERS:
        if isinstance(item.get(wrapper), dict):
            return f"{wrapper} {_name(item[wrapper])}"
    if "parallel" in item:
        return f"parallel {_name(item['parallel'])}"
    for key in ("identifier", "name", "key"):
        if isinstance(item.get(key), str):
            return str(item[key])
    return ""


def _escaped(key: object) -> str:
    return str(key).replace("~", "~0").replace("/", "~1")
