"""Small pipelines at random, as they are written, for comparison with the second opinion."""

from __future__ import annotations

from itertools import count
from typing import Any

from hypothesis import strategies as st

SIMPLE = (
    "Ignore",
    "MarkAsSuccess",
    "MarkAsFailure",
    "Abort",
    "StageRollback",
    "StepGroupRollback",
    "PipelineRollback",
)


def action() -> st.SearchStrategy[dict[str, Any]]:
    """An answer to a failure, some with a second one behind them."""
    simple = st.sampled_from(SIMPLE).map(lambda name: {"type": name})
    retry = simple.map(
        lambda after: {
            "type": "Retry",
            "spec": {"retryCount": 1, "onRetryFailure": {"action": after}},
        }
    )
    ask = simple.map(
        lambda after: {
            "type": "ManualIntervention",
            "spec": {"timeout": "1h", "onTimeout": {"action": after}},
        }
    )
    return st.one_of(simple, simple, simple, retry, ask)


def failing() -> st.SearchStrategy[list[dict[str, Any]]]:
    """Failure strategies; mostly none."""
    errors = st.sampled_from((["AllErrors"], ["Timeout"], ["ApprovalRejection"], ["Connectivity"]))
    one = st.builds(
        lambda names, answer: {"onFailure": {"errors": names, "action": answer}}, errors, action()
    )
    return st.one_of(st.just([]), st.just([]), st.lists(one, min_size=1, max_size=2))


def when(key: str) -> st.SearchStrategy[dict[str, Any]]:
    """A condition; mostly none."""
    status = st.sampled_from(("Success", "All", "Failure")).map(lambda name: {key: name})
    conditional = st.just({key: "Success", "condition": "<+maybe> == 1"})
    return st.one_of(st.none(), st.none(), status, conditional)


def common(key: str) -> st.SearchStrategy[dict[str, Any]]:
    """What stages, groups and steps have in common."""

    def made(strategies: list[Any], condition: Any, loop: Any) -> dict[str, Any]:
        found: dict[str, Any] = {}
        if strategies:
            found["failureStrategies"] = strategies
        if condition:
            found["when"] = condition
        if loop is not None:
            found["strategy"] = {"repeat": {"items": loop}}
        return found

    loop = st.sampled_from((None, None, None, None, ["a", "b"], []))
    return st.builds(made, failing(), when(key), loop)


ANY = ("target", "gate", "undo", "other", "other")
FIRST, THEN = ("gate", "gate", "other"), ("target", "target", "other")


def step(words: tuple[str, ...]) -> st.SearchStrategy[dict[str, Any]]:
    """A step that is the target, the gate, its undoing, or nothing."""
    names = st.sampled_from(words)
    types = st.sampled_from(("HarnessApproval", "Wait"))

    def made(name: str, type_: str, extra: dict[str, Any]) -> dict[str, Any]:
        return {"step": {"identifier": name, "type": type_, "spec": {}, **extra}}

    return st.builds(made, names, types, common("stageStatus"))


def steps(words: tuple[str, ...]) -> st.SearchStrategy[list[dict[str, Any]]]:
    """Steps in turn, some of them in groups or side by side."""

    def nested(inner: st.SearchStrategy[dict[str, Any]]) -> st.SearchStrategy[dict[str, Any]]:
        several = st.lists(inner, min_size=1, max_size=2)
        group = st.builds(
            lambda body, back, extra: {
                "stepGroup": {"identifier": "group", "steps": body, "rollbackSteps": back, **extra}
            },
            several,
            st.lists(step(words), max_size=1),
            common("stageStatus"),
        )
        return st.one_of(group, several.map(lambda nodes: {"parallel": nodes}))

    return st.lists(st.recursive(step(words), nested, max_leaves=3), min_size=1, max_size=3)


def stage(words: tuple[str, ...] = ANY) -> st.SearchStrategy[dict[str, Any]]:
    """A stage with a few steps."""
    return st.builds(
        lambda body, back, extra: {
            "stage": {
                "identifier": "stage",
                "type": "Custom",
                "spec": {"execution": {"steps": body, "rollbackSteps": back}},
                **extra,
            }
        },
        steps(words),
        st.lists(step(words), max_size=1),
        common("pipelineStatus"),
    )


def pipelines() -> st.SearchStrategy[dict[str, Any]]:
    """A pipeline of a few stages, each node with a name of its own.

    Half of them have everything anywhere; the others have the target in the stage after the gate,
    or the other way round, so that it takes something unusual to get past the gate.
    """
    together = st.lists(stage(), min_size=2, max_size=2).map(lambda nodes: {"parallel": nodes})
    mixed = st.lists(st.one_of(stage(), stage(), together), min_size=1, max_size=3)
    ordered = st.tuples(stage(FIRST), stage(THEN)).map(list)
    reverse = st.tuples(stage(THEN), stage(FIRST)).map(list)
    return st.builds(_pipeline, st.one_of(mixed, mixed, ordered, reverse), st.integers(0, 3))


def _pipeline(stages: list[dict[str, Any]], chance: int) -> dict[str, Any]:
    selects = {} if chance else {"allowStageExecutions": True}
    return named({"identifier": "p", "stages": stages, **selects})


def named(pipeline: dict[str, Any]) -> dict[str, Any]:
    """Give each node a name of its own that still says what it is, and each condition its own."""
    numbers = count()

    def name(node: Any) -> Any:
        if isinstance(node, dict):
            made = {key: name(value) for key, value in node.items()}
            if "identifier" in made and made["identifier"] != "p":
                made["identifier"] = f"{made['identifier']}_{next(numbers)}"
            if "condition" in made:
                # Equal conditions would go together, which the second opinion does not know.
                made["condition"] = f"<+maybe.{next(numbers)}>"
            return made
        return [name(item) for item in node] if isinstance(node, list) else node

    found: dict[str, Any] = name(pipeline)
    return found


def size(node: Any) -> int:
    """Return how many steps there are."""
    if isinstance(node, dict):
        return ("step" in node) + sum(map(size, node.values()))
    return sum(map(size, node)) if isinstance(node, list) else 0
