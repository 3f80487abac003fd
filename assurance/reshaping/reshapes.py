"""All reshapes, and sequences of them."""

from __future__ import annotations

from assurance.reshaping.definitions import Definition, Definitions, Place, Reshape
from assurance.reshaping.durations import OTHER_UNIT
from assurance.reshaping.groups import FLATTEN, WRAP_IN_GROUP, WRAP_RUN
from assurance.reshaping.inheritance import (
    LEAVE_STRATEGIES,
    SAY_CONDITION,
    WRITE_SELECTORS,
    WRITE_STRATEGIES,
)
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
    templates = (each for at, each in enumerate(definitions) if at != index)
    known = (definitions[index], *(each for each in templates if each.kind == "template"))
    while True:
        place = next((each for each in INLINE.places(known) if each.definition == 0), None)
        if place is None:
            return known[0]
        known = INLINE.apply(known, place)
