"""What a failure leads to."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from definition_block import Block
from definition_policy import Judge, NotSubject
from definition_walk import steps_within

HEEDLESS = frozenset(("Ignore", "MarkAsSuccess"))


def strategies(block: Block) -> Iterator[tuple[list[object], Block]]:
    """Yield, for every failure strategy of a block, the errors and the action."""
    for strategy in block.blocks("failureStrategies"):
        found = strategy.block("onFailure")
        yield found.items("errors"), found.block("action")


def actions(action: Block) -> Iterator[str]:
    """Yield what an action does, and what follows when that does not help."""
    while action.has("type"):
        yield action.text("type")
        spec = action.block("spec")
        follow = "onRetryFailure" if spec.has("onRetryFailure") else "onTimeout"
        action = spec.block(follow, "action")


def heeds(concerns: Callable[[Block], bool]) -> Judge:
    """Judge whether the failure of such steps is ignored by them or by what is around them."""

    def judge(block: Block) -> str | None:
        inside = block.noun != "step" and any(map(concerns, steps_within(block)))
        if not inside and not (block.noun == "step" and concerns(block)):
            raise NotSubject("nothing of that kind")
        taken = {taken for _, action in strategies(block) for taken in actions(action)}
        ignoring = sorted(HEEDLESS & taken)
        return f"takes a failure for a success: {', '.join(ignoring)}" if ignoring else None

    return judge
