"""What must hold for releases that are tried before they take all traffic."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from assurance.model.actions import Part
from assurance.model.checks import SuiteVerification, TestRun, Verification
from assurance.model.findings import Finding, each
from assurance.model.flow import Reaction
from assurance.model.pipeline_walks import Placed
from assurance.model.pipelines import Step
from assurance.model.release_stages import DeploymentStep, ReleaseStage
from assurance.model.releases import DeploymentPart, Listeners, Rollback, Strategy
from assurance.rules.path_questions import Choice, Question
from assurance.rules.paths import escape_of, precedes_on_every_path
from assurance.rules.responses import last_response

_BACK = (Reaction.ROLL_BACK_STAGE, Reaction.ROLL_BACK_PIPELINE)
_ALL = 100


def keeps_listeners_apart(release: ReleaseStage) -> Finding:
    """The new version is shown by a listener and a target group of its own before it serves."""
    return each(
        (listeners for found in release.deployments for listeners in found.part.listeners),
        _are_apart,
        expected="a listener and a rule for the new version beside those of production",
        none="no step creates the new version beside the old one",
    )


def _are_apart(listeners: Listeners) -> Finding:
    told = listeners.stage and listeners.stage_rule and listeners.production
    apart = (listeners.stage, listeners.stage_rule) != (
        listeners.production,
        listeners.production_rule,
    )
    same_rule = listeners.stage_rule == listeners.production_rule
    stage = f"{listeners.stage or 'no listener'} with rule {listeners.stage_rule or 'none'}"
    return Finding(
        holds=bool(told) and apart and not same_rule,
        expected="",
        actual=f"the new version is shown by {stage}, production is served by "
        f"{listeners.production or 'no listener'} with rule {listeners.production_rule or 'none'}",
    )


def verifies_before_switch(release: ReleaseStage) -> Finding:
    """Between its creation and the switch something judges the new version, on every path."""
    return each(
        _of(release, DeploymentPart.SWAP),
        lambda swap: _checked(release, _of(release, DeploymentPart.CREATE), swap),
        expected="a verification between the creation of the new version and the switch",
        none="nothing is switched",
    )


def _of(release: ReleaseStage, part: DeploymentPart) -> tuple[DeploymentStep, ...]:
    return tuple(found for found in release.deployments if found.part.part == part)


def _checked(
    release: ReleaseStage, starts: Iterable[DeploymentStep], end: DeploymentStep
) -> Finding:
    """Return whether a check that comes after some steps comes before another one."""
    begun = frozenset(id(found.placed.step) for found in starts)
    late = frozenset(
        id(placed.step)
        for placed in release.steps
        if any(map(_is_check, placed.step.action.parts)) and _comes_after(release, placed, begun)
    )
    return precedes_on_every_path(
        (release.pipeline,),
        target=lambda _, placed: id(placed.step) == id(end.placed.step),
        gate=lambda part, placed: id(placed.step) in late and _is_check(part),
        gate_name=f"a verification before {end.placed.step.identifier}",
    )


def _comes_after(release: ReleaseStage, check: Placed, begun: frozenset[int]) -> bool:
    """Whether a check cannot run before one of the steps has succeeded."""
    if not begun:
        return False
    question = Question(
        target=lambda _, placed: id(placed.step) == id(check.step),
        gate=_among(begun),
        gate_name="",
    )
    return escape_of(release.pipeline, question) is None


def _among(steps: frozenset[int]) -> Choice:
    return lambda _, placed: id(placed.step) in steps


def _is_check(part: Part) -> bool:
    if isinstance(part, Verification):
        return True
    if isinstance(part, SuiteVerification):
        # A status that is only kept lets the next step run, whatever it is.
        return not part.defeated_by and not part.status_variable
    return isinstance(part, TestRun) and not part.defeated_by


def keeps_old_version(release: ReleaseStage, *, minutes: float) -> Finding:
    """The old version runs on after the switch, for as long as was agreed."""
    return each(
        _of(release, DeploymentPart.SWAP),
        lambda swap: _keeps(swap, minutes),
        expected=f"the old version runs on for {minutes} minutes",
        none="nothing is switched",
    )


def _keeps(swap: DeploymentStep, minutes: float) -> Finding:
    seconds = swap.part.keeps_old_for or 0
    return Finding(
        holds=seconds >= minutes * 60,
        expected="",
        actual=f"{swap.placed.step.identifier} stops the old version after {seconds} s",
    )


def _shares(release: ReleaseStage) -> tuple[DeploymentStep, ...]:
    """Return the steps that give the new version more of the traffic."""
    return tuple(
        found
        for found in release.deployments
        if found.part.part == DeploymentPart.SHIFT
        or (
            found.part.part == DeploymentPart.DEPLOY
            and found.part.strategy in (Strategy.CANARY, Strategy.ROLLING)
        )
    )


def _share(step: DeploymentStep) -> str:
    if step.part.part == DeploymentPart.SHIFT:
        return f"{step.part.weight}%"
    return "one task" if step.part.strategy == Strategy.CANARY else "all"


def grows_in_steps(release: ReleaseStage) -> Finding:
    """The share of the new version grows in steps, the first of which is not all."""
    steps = _shares(release)
    shares = [_weight(step) for step in steps]
    grows = all(before < after for before, after in pairwise(shares))
    return Finding(
        holds=len(shares) > 1 and grows and shares[0] < _ALL,
        expected="at least two steps, each with a larger share of the traffic",
        actual=f"shares in order: {', '.join(map(_share, steps))}",
    )


def _weight(step: DeploymentStep) -> float:
    if step.part.part == DeploymentPart.SHIFT:
        return step.part.weight or 0
    return 1 if step.part.strategy == Strategy.CANARY else _ALL


def analyses_each_step(release: ReleaseStage) -> Finding:
    """Between every two steps the new version is judged, on every path."""
    return each(
        pairwise(_shares(release)),
        lambda pair: _checked(release, pair[:1], pair[1]),
        expected="an analysis between every two steps",
        none="there are no two steps",
    )


def reverses_after_bad_analysis(release: ReleaseStage) -> Finding:
    """The failure of an analysis rolls the stage back, and the rollback gives the traffic back."""
    back = any(placed.step.action.of(Rollback) for placed in release.rollback)
    return each(
        (placed.step for placed in release.steps if any(map(_is_check, placed.step.action.parts))),
        lambda step: _reverses(step, has_way_back=back),
        expected="every analysis rolls the stage back when it fails",
        none="there is no analysis",
    )


def _reverses(step: Step, *, has_way_back: bool) -> Finding:
    reaction = last_response(step, "Verification")
    holds = has_way_back and reaction in _BACK
    said = f"leads to {reaction}" if reaction else "leads to nothing"
    without = "" if has_way_back else ", and the stage has no rollback steps"
    return Finding(holds=holds, expected="", actual=f"failure of {step.identifier} {said}{without}")
