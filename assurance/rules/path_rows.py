"""Where a path can stand after a node, and the cheapest way to each such state.

A row maps states to the cheapest way there from one state before the node. A state is a number: how
the path goes on (`Way`), whether a target still waits for its gate (`armed`), and whether something
on the way is in doubt. Ways through nodes side by side add up; ways through nodes in turn are taken
one after another; so rows of small nodes make those of large ones, and no path is ever enumerated.
"""

from __future__ import annotations

from enum import IntEnum
from typing import Any

from assurance.model.records import record


class Way(IntEnum):
    """How a path goes on after a node."""

    GOOD = 0
    FAILED = 1
    ROLL_BACK_STAGE = 2
    ROLL_BACK_GROUP = 3
    ROLL_BACK_PIPELINE = 4
    OFFENDS = 5


@record()
class Event:
    """Something worth telling on a path.

    Attributes:
        node: The stage or step that it is about.
        words: What happened; empty where it simply ran.
        doubt: Why it is not known whether it can happen; empty where it can.
        is_target: Whether it is the target of the question.
    """

    node: Any
    words: str = ""
    doubt: str = ""
    is_target: bool = False


Trail = Event | tuple["Trail", "Trail"] | None
Row = dict[int, tuple[int, Trail]]

STEP = 1
DEVIATION = 1 << 40
"""What is not ordinary weighs more than any number of steps."""
CONTINUES = 8
"""States below this one go on to the next node."""
FAILED = Way.FAILED << 2
"""In states from this one on, something has failed."""
OFFENDS = Way.OFFENDS << 2
"""In states from this one on, the path has offended."""


def state(way: int, armed: int, doubtful: int) -> int:
    """Return the number of a state."""
    return way << 2 | armed << 1 | doubtful


def way_of(key: int) -> int:
    """Return how the path goes on in a state."""
    return key >> 2


def armed_in(key: int) -> int:
    """Return whether a target waits for its gate in a state."""
    return key >> 1 & 1


def put(row: Row, key: int, cost: int, trail: Trail) -> None:
    """Keep a way to a state if it is the cheapest so far."""
    old = row.get(key)
    if old is None or cost < old[0]:
        row[key] = (cost, trail)


def join(first: Trail, second: Trail) -> Trail:
    """Return one trail after another."""
    if first is None:
        return second
    return first if second is None else (first, second)


def add(row: Row, further: Row, cost: int, trail: Trail, doubtful: int = 0) -> None:
    """Take over the ways of a row, each led by a way that was taken before."""
    for key, (more, rest) in further.items():
        put(row, key | doubtful, cost + more, join(trail, rest))


def events(trail: Trail) -> list[Event]:
    """Return the events of a trail in their order."""
    found: list[Event] = []
    waiting = [trail]
    while waiting:
        item = waiting.pop()
        if isinstance(item, Event):
            found.append(item)
        elif item is not None:
            waiting += [item[1], item[0]]
    return found
