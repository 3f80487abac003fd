"""Types of variables that state none, learned from the places that refuse a placeholder."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from assurance.collectors.terraform.engine import Problem
from assurance.collectors.terraform.failures import Failure, attribute_at
from assurance.collectors.terraform.modules import Node
from assurance.collectors.terraform.reasons import Tracer
from assurance.collectors.terraform.variables import type_of

_TYPES = ("number", "bool")


def guess(
    tree: Node, tracer: Tracer, failures: Iterable[tuple[Problem, Failure | None]]
) -> dict[str, str]:
    """The type that each untyped variable must have where a placeholder failed."""
    found: dict[str, str] = {}
    for problem, failure in failures:
        kind = next((each for each in _TYPES if f"a {each} is required" in problem.detail), "")
        if kind and failure is not None:
            for name in _untyped(tree, tracer, failure):
                found.setdefault(name, kind)
    return found


def _untyped(tree: Node, tracer: Tracer, failure: Failure) -> Iterator[str]:
    """Variables without value and type that the failing line leads back to."""
    attribute = attribute_at(failure.block.body, failure.line)
    if attribute is None:
        return
    for node in tree.walk():
        if node.module.path != failure.path:
            continue
        for made_up in sorted(tracer.expression(node, failure.source, attribute)):
            name = made_up.removeprefix("var.")
            if name != made_up and type_of(tree.module, name) == "any":
                yield name
