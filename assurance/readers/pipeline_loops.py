"""Reads how often a stage, group or step runs: matrix, repeat and parallelism.

https://developer.harness.io/docs/platform/pipelines/looping-strategies/looping-strategies-matrix-repeat-and-parallelism
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product
from math import prod
from typing import Any

from assurance.model.expressions import has_expression
from assurance.model.flow import Loop
from assurance.model.unknown import is_unknown, unknown
from assurance.readers.pipeline_flow import number, why_text
from assurance.readers.pipeline_text import Written

_NO_AXES = ("exclude", "maxConcurrency", "nodeName")
_MOST = 1000


def read_loops(node: Written) -> tuple[Loop, ...]:
    """Return the repetition of a stage, group or step; none where it runs once."""
    if not node.mapping.get("strategy", False):
        return ()
    stated = node.at("strategy")
    found = stated.mapping
    at_once = number(found.get("maxConcurrency"), 0)
    if isinstance(found.get("matrix"), dict):
        return (_matrix(found["matrix"], at_once),)
    if isinstance(found.get("repeat"), dict):
        return (_repeat(found["repeat"], at_once),)
    if "parallelism" in found:
        count = number(found["parallelism"], 1)
        return (Loop(kind="parallelism", count=count, axes={}, at_once=at_once),)
    why = unknown(f"its repetition is {why_text(stated)}, which the run decides")
    return (Loop(kind="", count=why, axes={}, at_once=at_once),)


def _repeat(found: Mapping[str, Any], at_once: int) -> Loop:
    at_once = number(found.get("maxConcurrency"), at_once)
    items = found.get("items")
    if items is None:
        return Loop(kind="repeat", count=number(found.get("times"), 1), axes={}, at_once=at_once)
    axes = _axis("repeat.item", items)
    count = len(items) if isinstance(items, list) else _undecided_list(items)
    return Loop(kind="repeat", count=count, axes=axes, at_once=at_once)


def _undecided_list(items: object) -> int:
    shown = "<unknown>" if is_unknown(items) else items
    return unknown(f"it runs for each of {shown}, which may be none")


def _matrix(found: Mapping[str, Any], at_once: int) -> Loop:
    axes = {name: items for name, items in found.items() if name not in _NO_AXES}
    known: dict[str, tuple[str, ...]] = {}
    for name, items in axes.items():
        known |= _axis(f"matrix.{name}", items)
    undecided = [items for items in axes.values() if not isinstance(items, list)]
    return Loop(
        kind="matrix",
        count=_undecided_list(undecided[0]) if undecided else _combinations(axes, found),
        axes=known,
        at_once=number(found.get("maxConcurrency"), at_once),
    )


def _axis(name: str, items: object) -> dict[str, tuple[str, ...]]:
    """Return the values of an axis by the expressions that stand for them."""
    if not isinstance(items, list):
        return {}
    known: dict[str, tuple[str, ...]] = {}
    for item in items:
        parts = (
            {f"{name}.{key}": part for key, part in item.items()}
            if isinstance(item, dict)
            else {name: item}
        )
        for key, part in parts.items():
            if has_expression(part) or is_unknown(part):
                return {}
            known[key] = (*known.get(key, ()), str(part))
    return {spelling: values for key, values in known.items() for spelling in (key, f"stage.{key}")}


def _combinations(axes: Mapping[str, Any], found: Mapping[str, Any]) -> int:
    whole = prod(len(items) for items in axes.values()) if axes else 0
    excluded = found.get("exclude") or ()
    if not excluded or whole > _MOST:
        return whole
    if not isinstance(excluded, list):
        return unknown("what its matrix excludes is decided by the run")
    names = tuple(axes)
    rows = (dict(zip(names, row, strict=True)) for row in product(*axes.values()))
    return sum(1 for row in rows if not any(_covers(rule, row) for rule in excluded))


def _covers(rule: object, row: Mapping[str, Any]) -> bool:
    return isinstance(rule, dict) and all(
        str(row.get(name)) == str(value) for name, value in rule.items()
    )
