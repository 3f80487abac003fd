"""What must hold so that a deployment that fails is taken back by itself.

It takes both: rollback steps of the strategy, and a failure strategy that starts them on every
error. What a set-up step notes for the rollback is noted anew at each attempt, so a retry makes the
rollback return to the failed attempt.
https://developer.harness.io/docs/continuous-delivery/deploy-srv-diff-platforms/aws/ecs/ecs-deployment-tutorial
"""

from __future__ import annotations

from collections.abc import Iterator

from assurance.model.findings import Finding, NotApplicable, Verdict, each
from assurance.model.flow import FailureStrategy, Reaction, Response
from assurance.model.pipelines import Hidden, Node, Parallel, Sequence, Stage, Step, StepGroup
from assurance.model.releases import Deployment, DeploymentPart, Rollback, Strategy
from assurance.model.subjects import Location
from assurance.model.unknown import UnknownValue, is_unknown, why_unknown
from assurance.rules.application_steps import unread
from assurance.rules.path_choices import brings_version
from assurance.rules.path_conditions import is_ordinary
from assurance.rules.path_failures import ERRORS

_ROLLBACKS = (Reaction.ROLL_BACK_STAGE, Reaction.ROLL_BACK_PIPELINE)
_RETRIES = (Reaction.RETRY, Reaction.RETRY_GROUP)
_ALL = "AllErrors"
_NO_DEPLOYMENT = "no step of it deploys"


def has_matching_rollback(stage: Stage) -> Finding:
    """Its rollback steps undo what its strategy does, and are not skipped."""
    return each(
        _strategies(stage),
        lambda strategy: _is_undone(stage, strategy),
        expected="rollback steps of the strategy that it deploys by",
        none=_NO_DEPLOYMENT,
    )


def _strategies(stage: Stage) -> tuple[Strategy, ...]:
    steps = tuple(_steps(stage.body))
    found = [part.strategy for step in steps for part in step.action.of(Deployment)]
    if not found:
        _unless_unseen(stage.body)
    return tuple(dict.fromkeys(found))


def _unless_unseen(node: Node) -> None:
    """Raise where something that is not seen may be what is missed."""
    for found in _flat(node):
        if isinstance(found, Hidden):
            raise UnknownValue(f"{found.path} cannot be seen: {found.reason}")
        if isinstance(found, Step):
            for part in found.action.parts:
                if unread(part):
                    raise UnknownValue(f"what {found.path} does is not seen: {unread(part)}")


def _flat(node: Node) -> Iterator[Node]:
    """Yield what is in a node, without the rollback steps of its groups."""
    if isinstance(node, Sequence | Parallel):
        for inner in node.nodes:
            yield from _flat(inner)
        return
    yield node
    if isinstance(node, StepGroup):
        yield from _flat(node.body)


def _steps(node: Node) -> Iterator[Step]:
    return (found for found in _flat(node) if isinstance(found, Step))


def _backs(stage: Stage) -> Iterator[Node]:
    """Yield the rollback steps of a stage and of the groups in it."""
    yield from _flat(stage.rollback)
    for found in _flat(stage.body):
        if isinstance(found, StepGroup):
            yield from _flat(found.rollback)


def _is_undone(stage: Stage, strategy: Strategy) -> Finding:
    steps = [
        found for found in _backs(stage) if isinstance(found, Step) and _undoes(found, strategy)
    ]
    kept = [step for step in steps if _is_always_run(step, stage)]
    if not kept:
        _unless_unseen(Sequence(nodes=tuple(_backs(stage))))
    said = f"{kept[0].path} takes it back" if kept else _missing(stage, strategy, steps)
    return Finding(holds=bool(kept), expected="", actual=said)


def _missing(stage: Stage, strategy: Strategy, steps: list[Step]) -> str:
    if steps:
        return f"{steps[0].path} may be skipped"
    if not any(True for _ in _backs(stage)):
        return f"it deploys ({strategy}) and has no rollback steps"
    return f"it deploys ({strategy}), and none of its rollback steps takes that back"


def _undoes(step: Step, strategy: Strategy) -> bool:
    """Whether a step takes a deployment back; a canary is taken back by its deletion."""
    if strategy is Strategy.CANARY:
        found = step.action.of(Deployment)
        return any(
            part.strategy == strategy and part.part == DeploymentPart.DELETE for part in found
        )
    return any(part.strategy == strategy for part in step.action.of(Rollback))


def _is_always_run(step: Step, stage: Stage) -> bool:
    """Whether a rollback step runs in every rollback: nothing on the way to it has a condition."""
    around: list[Step | StepGroup] = [
        found
        for found in _backs(stage)
        if isinstance(found, StepGroup) and step.path.startswith(f"{found.path}/")
    ]
    return all(is_ordinary(node.condition, node.loops) for node in (*around, step))


def rolls_back_on_every_error(stage: Stage) -> Finding:
    """Each of its deployments that fails, with whatever error, is rolled back by itself."""
    deploying = [step for step in _steps(stage.body) if _brings(step)]
    if not deploying:
        _unless_unseen(stage.body)
    return each(
        deploying,
        _rolls_back,
        expected="every error of a deployment rolls the stage back",
        none=_NO_DEPLOYMENT,
    )


def _brings(step: Step) -> bool:
    return any(brings_version(part) for part in step.action.of(Deployment))


def _rolls_back(step: Step) -> Finding:
    for error in ERRORS:
        said, place = _answer(step, error)
        if said:
            return Finding(holds=False, expected="", actual=said, location=place)
    return Finding(holds=True, expected="", actual=f"{step.path} is rolled back on every error")


def _answer(step: Step, error: str) -> tuple[str, Location | None]:
    strategy = _responsible(step.strategies, error)
    if strategy is None:
        return f"{step.path} is not rolled back on {error}: no failure strategy names it", None
    last = _in_the_end(strategy.response)
    if last is None or last not in _ROLLBACKS:
        ends = f"the strategy of its {strategy.level} ends in {last or 'nothing'}"
        return f"{step.path} is not rolled back on {error}: {ends}", strategy.location
    return "", None


def _responsible(strategies: tuple[FailureStrategy, ...], error: str) -> FailureStrategy | None:
    """Return the first strategy that names an error."""
    for strategy in strategies:
        if is_unknown(strategy.errors):
            raise UnknownValue(why_unknown(strategy.errors))
        if error in strategy.errors or _ALL in strategy.errors:
            return strategy
    return None


def _in_the_end(response: Response) -> Reaction | None:
    """Return what is done when retries did not help, or nobody answered in time."""
    found: Response | None = response
    while found is not None:
        if is_unknown(found.reaction):
            raise UnknownValue(why_unknown(found.reaction))
        if found.reaction not in (*_RETRIES, Reaction.ASK):
            return found.reaction
        found = found.otherwise
    return None


def retries_no_set_up(stage: Stage) -> Verdict:
    """No step that notes what a rollback returns to is tried again."""
    setting_up = [step for step in _steps(stage.body) if _sets_up(step)]
    if not setting_up:
        _unless_unseen(stage.body)
        return NotApplicable("no_set_up")
    return each(
        setting_up,
        _is_tried_once,
        expected="steps that note what the rollback returns to are tried once",
        none=_NO_DEPLOYMENT,
    )


def _sets_up(step: Step) -> bool:
    return any(part.part == DeploymentPart.CREATE for part in step.action.of(Deployment))


def _is_tried_once(step: Step) -> Finding:
    retried = [found for found in step.strategies if _retries(found.response)]
    said = f"{step.path} is retried by the strategy of its {retried[0].level}" if retried else ""
    return Finding(
        holds=not retried,
        expected="",
        actual=said or f"{step.path} is tried once",
        location=retried[0].location if retried else None,
    )


def _retries(response: Response) -> bool:
    found: Response | None = response
    while found is not None:
        if is_unknown(found.reaction):
            raise UnknownValue(why_unknown(found.reaction))
        if found.reaction in _RETRIES:
            return True
        found = found.otherwise
    return False
