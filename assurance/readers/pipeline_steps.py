"""Reads steps, step groups and what runs side by side, to any depth, templates filled in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from assurance.model.pipelines import Hidden, Node, Parallel, Sequence, Step, StepGroup
from assurance.model.unknown import is_unknown
from assurance.readers.actions import read_action
from assurance.readers.pipeline_flow import (
    read_condition,
    read_strategies,
    read_timeout,
    shortest,
)
from assurance.readers.pipeline_loops import read_loops
from assurance.readers.pipeline_reading import DEEPEST, Around, Reading, read_selectors
from assurance.readers.pipeline_templates import Filled, fill
from assurance.readers.pipeline_text import Written

NodeReader = Callable[[Written, Around, Reading], Node]


def read_sequence(
    listed: Written, around: Around, reading: Reading, read_node: NodeReader
) -> Sequence:
    """Return a list of nodes; what is no list of them cannot be seen.

    Args:
        listed: What stands under `steps`, `rollbackSteps` or `stages`.
        around: What the list stands in.
        reading: The reading of the pipeline.
        read_node: Reads one item.
    """
    if listed.value is None or isinstance(listed.value, list):
        return Sequence(nodes=tuple(read_node(item, around, reading) for item in listed.items()))
    why = f"{listed.pointer.rpartition('/')[2]} is decided by the run, or is no list"
    return Sequence(nodes=(reading.hidden(around, listed, "steps", why),))


def read_steps(listed: Written, around: Around, reading: Reading) -> Sequence:
    """Return a list of steps."""
    return read_sequence(listed, around, reading, _node)


def read_parallel(
    item: Written, around: Around, reading: Reading, read_node: NodeReader
) -> Node | None:
    """Return what runs side by side, or what is inserted; None where the item is neither."""
    if "parallel" in item.mapping:
        inner = replace(around, depth=around.depth + 1)
        listed = read_sequence(item.at("parallel"), inner, reading, read_node)
        return Parallel(nodes=listed.nodes)
    if "insert" not in item.mapping:
        return None
    insert = item.at("insert")
    inserted = insert.at("steps" if "steps" in insert.mapping else "stages")
    if isinstance(inserted.value, list):
        return read_sequence(inserted, around, reading, read_node)
    return reading.hidden(around, insert, "steps", "what is inserted here is not in the file")


def _node(item: Written, around: Around, reading: Reading) -> Node:
    reading.left -= 1
    if reading.left < 0 or around.depth > DEEPEST:
        why = "the pipeline has too many steps: templates multiply each other"
        if around.depth > DEEPEST:
            why = f"it is nested more than {DEEPEST} levels deep"
        return reading.hidden(around, item, "steps", why)
    found = read_parallel(item, around, reading, _node)
    if found is not None:
        return found
    if "step" in item.mapping:
        return _step(item.at("step"), around, reading)
    if "stepGroup" in item.mapping:
        return _group(item.at("stepGroup"), around, reading)
    return reading.hidden(around, item, "steps", "it is neither a step nor a group of steps")


def _step(node: Written, around: Around, reading: Reading) -> Step | Hidden:
    filled = fill(node, "Step", reading.entities, around.open_)
    if filled.missing or is_unknown(filled.written.value):
        return reading.hidden(around, node, "step", filled.missing or "it is not known")
    written = filled.written
    path = f"{around.path}/{node.label('identifier') or node.label('name') or 'step'}"
    subject = reading.subject(path, node)
    timeout = read_timeout(written)
    return Step(
        subject=subject,
        path=subject.id,
        identifier=node.label("identifier"),
        name=node.label("name"),
        type=written.label("type"),
        action=read_action(written.mapping, reading.projects),
        condition=read_condition(written, subject.location),
        failure_strategies=read_strategies(written, "step"),
        inherited=around.strategies,
        loops=read_loops(written),
        timeout=timeout,
        bound=shortest(timeout, around.bound),
        selectors=read_selectors(written, around),
        is_rollback=around.is_rollback,
        template=filled.template,
        values=written.mapping,
    )


def _group(node: Written, around: Around, reading: Reading) -> StepGroup | Hidden:
    filled = fill(node, "StepGroup", reading.entities, around.open_)
    if filled.missing or is_unknown(filled.written.value):
        return reading.hidden(around, node, "group", filled.missing or "it is not known")
    path = f"{around.path}/{node.label('identifier') or node.label('name') or 'group'}"
    return _filled_group(node, filled, replace(around, path=path), reading)


def _filled_group(node: Written, filled: Filled, around: Around, reading: Reading) -> StepGroup:
    """Return a group; `around` is what it stands in, with the path of the group itself."""
    written, subject = filled.written, reading.subject(around.path, node)
    strategies = read_strategies(written, "group")
    timeout = read_timeout(written)
    selectors = read_selectors(written, around)
    inner = around.inside(filled.address).within(subject.id, strategies, timeout, selectors)
    return StepGroup(
        subject=subject,
        path=subject.id,
        identifier=node.label("identifier"),
        name=node.label("name"),
        body=read_steps(written.at("steps"), inner, reading),
        rollback=read_steps(written.at("rollbackSteps"), replace(inner, is_rollback=True), reading),
        condition=read_condition(written, subject.location),
        failure_strategies=strategies,
        loops=read_loops(written),
        timeout=timeout,
        selectors=selectors,
        is_rollback=around.is_rollback,
        template=filled.template,
        values=written.mapping,
    )
