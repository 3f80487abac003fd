"""The parts of pipelines in the order in which they are written, whatever they are nested in.

The stages of a pipeline that is chained belong to it alone: a walk over the pipeline that calls it
does not enter them, so nothing is met twice.
"""

from __future__ import annotations

from collections.abc import Iterator

from assurance.model.pipelines import (
    Hidden,
    Node,
    Parallel,
    Pipeline,
    Sequence,
    Stage,
    Step,
    StepGroup,
)
from assurance.model.records import record


@record(kw_only=True, eq=False)
class Placed:
    """A step with what it stands in.

    Attributes:
        groups: Its groups, the outermost first.
    """

    pipeline: Pipeline
    stage: Stage
    groups: tuple[StepGroup, ...]
    step: Step


def stages_of(pipeline: Pipeline) -> tuple[Stage, ...]:
    """Return its stages, whatever they are nested in."""
    return pipeline.once(_stages)


def _stages(pipeline: Pipeline) -> tuple[Stage, ...]:
    return stages_in(pipeline.stages)


def stages_in(node: Node) -> tuple[Stage, ...]:
    """Return the stages that a node is or holds; not those of a pipeline that one of them calls."""
    return tuple(found for found in _flat(node) if isinstance(found, Stage))


def unseen_in(node: Node) -> tuple[Hidden, ...]:
    """Return what stands in a node in the place of stages and cannot be seen."""
    return tuple(found for found in _flat(node) if isinstance(found, Hidden))


def reached_stages(pipeline: Pipeline) -> tuple[Stage, ...]:
    """Return its stages and those of the pipelines that it calls."""
    found = []
    waiting: list[Node] = [pipeline.stages]
    while waiting:
        for node in _flat(waiting.pop()):
            if isinstance(node, Stage):
                found.append(node)
                waiting += [node.body] if node.chained else []
    return tuple(found)


def parts_of(stage: Stage) -> Iterator[Step | Hidden]:
    """Yield what a stage runs itself, rollback steps included, seen or not."""
    for node, _ in stage.once(_contents):
        if isinstance(node, Step | Hidden):
            yield node


def hidden_in(pipeline: Pipeline) -> tuple[Hidden, ...]:
    """Return everything of it that cannot be seen."""
    return pipeline.once(_hidden)


def _hidden(pipeline: Pipeline) -> tuple[Hidden, ...]:
    nodes = tuple(_flat(pipeline.stages))
    stages = (node for node in nodes if isinstance(node, Stage))
    inside = (part for stage in stages for part, _ in stage.once(_contents))
    return tuple(node for node in (*nodes, *inside) if isinstance(node, Hidden))


def steps_of(pipeline: Pipeline) -> tuple[Placed, ...]:
    """Return its steps, rollback steps included, each with what it stands in."""
    return pipeline.once(_steps)


def _steps(pipeline: Pipeline) -> tuple[Placed, ...]:
    return tuple(
        Placed(pipeline=pipeline, stage=stage, groups=groups, step=node)
        for stage in stages_of(pipeline)
        for node, groups in stage.once(_contents)
        if isinstance(node, Step)
    )


def groups_of(stage: Stage) -> tuple[StepGroup, ...]:
    """Return its step groups, whatever they are nested in."""
    return tuple(node for node, _ in stage.once(_contents) if isinstance(node, StepGroup))


def _contents(stage: Stage) -> tuple[tuple[Node, tuple[StepGroup, ...]], ...]:
    return tuple(_inside(stage, ()))


def _flat(node: Node) -> Iterator[Node]:
    if isinstance(node, Sequence | Parallel):
        for part in node.nodes:
            yield from _flat(part)
    else:
        yield node


def _inside(
    node: Stage | StepGroup, groups: tuple[StepGroup, ...]
) -> Iterator[tuple[Node, tuple[StepGroup, ...]]]:
    if isinstance(node, Stage) and node.chained:
        return
    for part in (*_flat(node.body), *_flat(node.rollback)):
        yield part, groups
        if isinstance(part, StepGroup):
            yield from _inside(part, (*groups, part))
