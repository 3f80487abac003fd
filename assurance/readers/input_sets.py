"""Reads what input sets and triggers give to pipelines, laid over the pipelines themselves.

An input goes where the pipeline says `<+input>`. Items of a list are found by what names them,
as Harness finds them; a value that only leads to an input, such as an identifier or a type, is the
same on both sides.
https://developer.harness.io/docs/platform/pipelines/input-sets
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from assurance.model.definitions import Input, InputSet
from assurance.model.unknown import is_unknown, unknown
from assurance.readers.embedded_yaml import decoded_yaml
from assurance.readers.entities import Entities
from assurance.readers.input_marks import refused
from assurance.readers.state import Resource, State

_LEADING: Final = frozenset({"identifier", "name", "type", "templateRef", "versionLabel"})
_WRAPPERS: Final = ("stage", "step", "stepGroup", "manifest", "configFile", "sidecar", "insert")


def read_input_sets(state: State, entities: Entities) -> tuple[InputSet, ...]:
    """Return every input set, and every trigger that gives inputs itself."""
    given = (
        *((found, found.values.get("pipeline"), "/pipeline") for found in _sets(state)),
        *((found, *_of_trigger(found)) for found in _triggers(state)),
    )
    return tuple(_input_set(found, inputs, place, entities) for found, inputs, place in given)


def _sets(state: State) -> tuple[Resource, ...]:
    return state.of("harness_input_set")


def _triggers(state: State) -> tuple[Resource, ...]:
    found = state.of("harness_trigger")
    return tuple(trigger for trigger in found if trigger.is_set("inputYaml"))


def _of_trigger(trigger: Resource) -> tuple[Any, str]:
    inputs = decoded_yaml(trigger.values["inputYaml"])
    return inputs.get("pipeline") if isinstance(inputs, Mapping) else inputs, "/inputYaml"


def _input_set(found: Resource, inputs: Any, place: str, entities: Entities) -> InputSet:
    own = found.get("pipelineIdentifier") if place == "/inputYaml" else ""
    named = inputs.get("identifier") if isinstance(inputs, Mapping) else ""
    pipeline = own or named or ""
    return InputSet(
        subject=found.subject(),
        pipeline=pipeline if is_unknown(pipeline) else str(pipeline),
        inputs=_inputs(found, inputs, place, entities.one("pipeline", pipeline, found)),
    )


def _inputs(found: Resource, inputs: Any, place: str, pipeline: Resource | None) -> Any:
    if is_unknown(inputs):
        return inputs
    if pipeline is None:
        return unknown("its pipeline is not among the definitions, or there are several of it")
    over = _Overlay(found, is_embedded=place == "/inputYaml")
    return tuple(over.compare(inputs, pipeline.values, place, ""))


class _Overlay:
    """One set of inputs that is laid over a pipeline."""

    def __init__(self, resource: Resource, *, is_embedded: bool) -> None:
        self._resource = resource
        self._is_embedded = is_embedded

    def compare(self, given: Any, taken: Any, pointer: str, path: str) -> Iterator[Input]:
        """Yield every input, with what is against it."""
        if is_unknown(taken) or is_unknown(given):
            yield self._input(given, pointer, path, unknown(f"{path} is not known"))
        elif isinstance(given, Mapping) and isinstance(taken, Mapping):
            for key, value in given.items():
                inner = f"{path}.{key}" if path else str(key)
                yield from self._field(key, value, taken, f"{pointer}/{_escaped(key)}", inner)
        elif isinstance(given, list) and isinstance(taken, list):
            for number, item in enumerate(given):
                yield from self._item(item, number, taken, f"{pointer}/{number}", path)
        else:
            yield self._input(given, pointer, path, refused(given, taken))

    def _field(
        self, key: str, value: Any, taken: Mapping[str, Any], pointer: str, path: str
    ) -> Iterator[Input]:
        if key not in taken:
            yield self._input(value, pointer, path, "the pipeline has no such field")
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
            yield self._input(item, pointer, inner, "the pipeline has no such item")
        else:
            yield from self.compare(item, same[0], pointer, inner)

    def _input(self, given: Any, pointer: str, path: str, fault: str) -> Input:
        place = "/inputYaml" if self._is_embedded else pointer
        return Input(
            path=path or "pipeline",
            given="" if is_unknown(given) else str(given),
            fault=fault,
            location=self._resource.location_of(place),
        )


def _name(item: Any) -> str:
    """Return what names an item of a list; of a parallel block, the names of all that is in it."""
    if isinstance(item, list):
        return "|".join(_name(each) for each in item)
    if not isinstance(item, Mapping):
        return ""
    for wrapper in _WRAPPERS:
        if isinstance(item.get(wrapper), Mapping):
            return f"{wrapper} {_name(item[wrapper])}"
    if "parallel" in item:
        return f"parallel {_name(item['parallel'])}"
    for key in ("identifier", "name", "key"):
        if isinstance(item.get(key), str):
            return str(item[key])
    return ""


def _escaped(key: object) -> str:
    return str(key).replace("~", "~0").replace("/", "~1")
