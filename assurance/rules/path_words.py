"""A path in words: the stages it goes through, and what is not ordinary on it."""

from __future__ import annotations

from collections.abc import Sequence

from assurance.model.pipelines import Hidden, Pipeline, Stage
from assurance.rules.path_rows import Event

_MOST = 7
"""More stages than this are not all told."""


def told(trail: Sequence[Event], pipeline: Pipeline) -> str:
    """Return a path in words.

    Args:
        trail: Its events in their order.
        pipeline: The pipeline that it is a path of, whose name is left out.
    """
    words: list[tuple[bool, str]] = []
    for event, following in zip(trail, (*trail[1:], None), strict=True):
        node, name = event.node, short(event.node, pipeline)
        if not event.words:
            if isinstance(node, Stage) and _is_within(following, node):
                continue
            words.append((isinstance(node, Stage), name))
        else:
            words.append((False, f"[{f'{name} ' if name else ''}{event.words}]"))
    return " → ".join(_shortened(words))


def short(node: object, pipeline: Pipeline) -> str:
    """Return the path of a node without the name of its pipeline; empty for none."""
    path = str(getattr(node, "path", ""))
    return path.removeprefix(f"{pipeline.path}/")


def _is_within(event: Event | None, stage: Stage) -> bool:
    """Whether the next thing that is told is the target in the same stage."""
    if event is None or event.words:
        return False
    node = event.node
    return not isinstance(node, Stage | Hidden) and str(node.path).startswith(f"{stage.path}/")


def _shortened(words: list[tuple[bool, str]]) -> list[str]:
    stages = [index for index, (is_stage, _) in enumerate(words) if is_stage]
    dropped = set(stages[1 : len(stages) - _MOST + 2]) if len(stages) > _MOST else set()
    told_: list[str] = []
    for index, (_, text) in enumerate(words):
        if index not in dropped:
            told_.append(text)
        elif told_[-1] != "…":
            told_.append("…")
    return told_
