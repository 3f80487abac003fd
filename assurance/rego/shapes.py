"""The shapes in which a denied definition is shown to a policy."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from assurance.reshaping.definitions import Definitions, Place, Reshape, copied
from assurance.reshaping.groups import WRAP_IN_GROUP
from assurance.reshaping.names import RENAME_ENTITY
from assurance.reshaping.parallels import WRAP_IN_PARALLEL
from assurance.reshaping.reshapes import RESHAPES, Applied

_DEEPER = (WRAP_IN_GROUP, WRAP_IN_PARALLEL)
_PLACES, _FEW = 40, 2
"""At how many places a kind of reshape is tried, where it applies at more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """A shape of what a policy denies.

    Attributes:
        source: The denied definition, and then what it uses.
        applied: What was done to it.
        definitions: What that led to.
    """

    source: Definitions
    applied: tuple[Applied, ...]
    definitions: Definitions


def repeated(source: Definitions, applied: tuple[Applied, ...]) -> Shape | None:
    """Return the shape that the same makes of another source; None where it does not apply."""
    definitions, again = source, []
    for reshape, before in applied:
        places = (each for each in _places(definitions, reshape) if each.words == before.words)
        place = next(places, None)
        if place is None:
            return None
        again.append((reshape, place))
        definitions = reshape.apply(definitions, place)
    return Shape(source=source, applied=tuple(again), definitions=definitions)


def series(
    least: Definitions, whole: Definitions
) -> Iterator[tuple[tuple[str, ...], Iterator[Shape]]]:
    """Yield the shapes of each kind of reshape, and then of one nesting in another.

    What does not apply to the least of the definitions is tried at a few places of the whole.
    """
    for reshape in RESHAPES:
        if reshape is not RENAME_ENTITY:
            yield (reshape.name,), _singles(least, whole, reshape)
    for first in _DEEPER:
        for second in _DEEPER:
            yield (first.name, second.name), _pairs(least, first, second)


def _singles(least: Definitions, whole: Definitions, reshape: Reshape) -> Iterator[Shape]:
    places = _chosen(least, reshape)
    for place in places:
        yield _shape(least, (reshape, place))
    if not places:
        elsewhere = ((_around(whole, each, least), each) for each in _chosen(whole, reshape))
        for around, place in sorted(elsewhere, key=lambda pair: _size(pair[0]))[:_FEW]:
            yield repeated(around, ((reshape, place),)) or _shape(whole, (reshape, place))


def _shape(source: Definitions, applied: Applied) -> Shape:
    reshape, place = applied
    return Shape(source=source, applied=(applied,), definitions=reshape.apply(source, place))


def _size(definitions: Definitions) -> int:
    return len(json.dumps(definitions[0].values))


def _around(whole: Definitions, place: Place, least: Definitions) -> Definitions:
    """Return the least with that stage of the whole in it, as it was, in which the place is."""
    stages, few = whole[0].values.get("stages"), least[0].values.get("stages")
    if not isinstance(stages, list) or not isinstance(few, list):
        return whole
    here = (*place.path, *place.detail, None)[1]
    (changed,) = copied(least[:1])
    changed.values["stages"] = [
        kept
        for index, each in enumerate(stages)
        for kept in ([each] if index == here else _same(few, each))
    ]
    return (changed, *whole[1:])


def _same(stages: list[Any], wanted: Any) -> list[Any]:
    names = _stage_names(wanted)
    return [each for each in stages if names & _stage_names(each)]


def _stage_names(item: dict[str, Any]) -> set[str]:
    """Return the identifiers of a stage, or of those in a parallel block."""
    stage = item.get("stage", {}).get("identifier")
    return set().union({stage} if stage else (), *map(_stage_names, item.get("parallel", ())))


def _chosen(definitions: Definitions, reshape: Reshape) -> list[Place]:
    """Return places in the definition that is judged, evenly spread where they are many."""
    places = _places(definitions, reshape)
    return places[:: len(places) // _PLACES + 1]


def _places(definitions: Definitions, reshape: Reshape) -> list[Place]:
    return [place for place in reshape.places(definitions) if place.definition == 0]


def _pairs(definitions: Definitions, first: Reshape, second: Reshape) -> Iterator[Shape]:
    """Yield one nesting in another, inside or around it."""
    before = {each.words for each in second.places(definitions)}
    found = 0
    for place in _chosen(definitions, first):
        shape = first.apply(definitions, place)
        for inner in second.places(shape):
            if inner.words not in before and found < _PLACES:
                found += 1
                yield Shape(
                    source=definitions,
                    applied=((first, place), (second, inner)),
                    definitions=second.apply(shape, inner),
                )
