"""The steps on the way to something: those after which, or beside which, it may still happen."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from assurance.model.pipelines import Hidden, Node, Parallel, Pipeline, Sequence, Step
from assurance.rules.path_layout import layout_of


def steps_on_the_way(pipeline: Pipeline, is_goal: Callable[[Step], bool]) -> Iterator[Step]:
    """Yield the steps of a pipeline that do not come after every goal; none where there is none."""
    goals = frozenset(
        id(placed.step) for placed, _ in layout_of(pipeline).steps if is_goal(placed.step)
    )
    holding = _Holding(goals)
    if goals:
        yield from holding.before(pipeline.stages, still=False)


class _Holding:
    """Which nodes hold a goal."""

    def __init__(self, goals: frozenset[int]) -> None:
        self._goals = goals
        self._known: dict[int, bool] = {}

    def has_goal(self, node: Node) -> bool:
        """Whether a node is a goal, or has one in it."""
        if id(node) not in self._known:
            inside = any(self.has_goal(each) for each in _inside(node))
            self._known[id(node)] = inside or id(node) in self._goals
        return self._known[id(node)]

    def before(self, node: Node, *, still: bool) -> Iterator[Step]:
        """Yield the steps of a node that are on the way.

        Args:
            node: The node.
            still: Whether a goal may come after or beside the node.
        """
        if isinstance(node, Step):
            if still or self.has_goal(node):
                yield node
            return
        inside = _inside(node)
        own = [self.has_goal(each) for each in inside]
        goals = sum(own)
        for each, has_goal in zip(inside, own, strict=True):
            # In turn, only what is still to come counts; side by side, whatever else there is.
            others = goals - has_goal
            goals -= has_goal and not isinstance(node, Parallel)
            yield from self.before(each, still=still or others > 0)


def _inside(node: Node) -> tuple[Node, ...]:
    if isinstance(node, Sequence | Parallel):
        return node.nodes
    if isinstance(node, Step | Hidden):
        return ()
    return (node.body,)
