"""All reshapes, and sequences of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from assurance.reshaping.definitions import Definition, Definitions, Place, Reshape, mappings
from assurance.reshaping.durations import OTHER_UNIT
from assurance.reshaping.groups import FLATTEN, WRAP_IN_GROUP, WRAP_RUN
from assurance.reshaping.inheritance import (
    LEAVE_STRATEGIES,
    SAY_CONDITION,
    WRITE_SELECTORS,
    WRITE_STRATEGIES,
)
from assurance.reshaping.loops import LOOP_ONCE
from assurance.reshaping.names import NAME_OTHERWISE, RENAME_ENTITY, RENAME_STAGE, RENAME_STEP
from assurance.reshaping.orders import REORDER_KEYS, REORDER_LIST
from assurance.reshaping.parallels import SWAP_PARALLEL, UNWRAP_PARALLEL, WRAP_IN_PARALLEL
from assurance.reshaping.templates import EXTRACT, INLINE

RESHAPES: tuple[Reshape, ...] = (
    WRAP_IN_GROUP,
    WRAP_RUN,
    FLATTEN,
    WRAP_IN_PARALLEL,
    UNWRAP_PARALLEL,
    SWAP_PARALLEL,
    LOOP_ONCE,
    EXTRACT,
    INLINE,
    RENAME_STEP,
    RENAME_STAGE,
    RENAME_ENTITY,
    NAME_OTHERWISE,
    REORDER_KEYS,
    REORDER_LIST,
    WRITE_STRATEGIES,
    LEAVE_STRATEGIES,
    WRITE_SELECTORS,
    SAY_CONDITION,
    OTHER_UNIT,
)

Applied = tuple[Reshape, Place]


def every_place(definitions: Definitions) -> tuple[Applied, ...]:
    """Return every reshape with every place where it applies."""
    return tuple((reshape, place) for reshape in RESHAPES for place in reshape.places(definitions))


def written_out(definitions: Definitions, index: int) -> Definition:
    """Return a definition with every template that is here written out.

    What else repeats a part of it is not changed along with it, and so not asked.
    """
    templates = [each for at, each in enumerate(definitions) if at != index]
    known = (definitions[index], *_used(definitions[index], templates))
    while len(known) > 1:
        place = next((each for each in INLINE.places(known) if each.definition == 0), None)
        if place is None:
            break
        known = INLINE.apply(known, place)
    return known[0]


def _used(user: Definition, among: Iterable[Definition]) -> Iterator[Definition]:
    """Yield the templates that a definition takes its content from, and those that they do."""
    templates = [each for each in among if each.kind == "template"]
    names, left = set[str](), [user]
    while left:
        for _, mapping in mappings(left.pop().values):
            name = str(mapping.get("templateRef", "")).rpartition(".")[2]
            if name and name not in names:
                names.add(name)
                left.extend(each for each in templates if each.identifier == name)
    yield from (each for each in templates if each.identifier in names)
