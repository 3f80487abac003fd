"""Where a path can stand after nodes that ran side by side: all of them have ended.

Nothing is known of the order of what runs side by side, so a target is guarded by nothing that
runs beside it, and whatever was verified beside it may have been verified before.
"""

from __future__ import annotations

from collections.abc import Iterable

from assurance.rules.path_rows import CONTINUES, Row, Trail, join, put, state

_Ends = dict[tuple[int, int, int], tuple[int, Trail]]
"""The cheapest way to end, by whether something failed, what of the target, whether in doubt."""

_DONE, _WAITS, _NEW = 0, 1, 2
"""The gate is not waited for; as from the start, it is; something in here has it waited for."""


def together(rows: Iterable[tuple[Row, Row]], armed: int) -> Row:
    """Return the row of nodes side by side.

    Args:
        rows: Of each node, from the state before them, and from one in which no gate is waited for.
        armed: Whether the gate was waited for before them.
    """
    row: Row = {}
    ends: _Ends = {(0, _WAITS if armed else _DONE, 0): (0, None)}
    for own, idle in rows:
        for key, way in own.items():
            if key >= CONTINUES:
                # Whoever leaves the stage or offends does not wait for what runs beside it.
                put(row, key, *way)
        ends = _both(ends, _ends(own, idle, armed))
    for (failed, target, doubtful), way in ends.items():
        put(row, state(failed, int(target != _DONE), doubtful), *way)
    return row


def _ends(own: Row, idle: Row, armed: int) -> _Ends:
    ends: _Ends = {}
    for source, target in ((own, _WAITS), (idle, _NEW)) if armed else ((own, _NEW),):
        for key, way in source.items():
            waits = key >> 1 & 1
            if key < CONTINUES and (waits or source is own):
                _put(ends, (key >> 2, target if waits else _DONE, key & 1), way)
    return ends


def _both(one: _Ends, other: _Ends) -> _Ends:
    ends: _Ends = {}
    for (failed, target, doubtful), (cost, trail) in one.items():
        for (too, its, unsure), (more, rest) in other.items():
            meant = _NEW if _NEW in (target, its) else min(target, its)
            key = (failed | too, meant, doubtful | unsure)
            _put(ends, key, (cost + more, join(trail, rest)))
    return ends


def _put(ends: _Ends, key: tuple[int, int, int], way: tuple[int, Trail]) -> None:
    if key not in ends or way[0] < ends[key][0]:
        ends[key] = way
