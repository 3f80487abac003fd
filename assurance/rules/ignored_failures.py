"""No failure may be ignored, and no check skipped, on the way to a publication."""

from __future__ import annotations

from collections.abc import Iterator

from assurance.model.actions import Publication
from assurance.model.checks import DynamicScan, PolicyCheck, QualityAnalysis, Scan, TestRun
from assurance.model.findings import Finding, each
from assurance.model.flow import Condition, Loop
from assurance.model.pipeline_walks import Placed, steps_of
from assurance.model.pipelines import Pipeline, Stage, Step, StepGroup
from assurance.model.unknown import UnknownValue
from assurance.rules.path_conditions import admissions
from assurance.rules.path_failures import ERRORS, Outcome, Turn, outcomes
from assurance.rules.path_routes import steps_on_the_way

_CHECKS = (TestRun, Scan, QualityAnalysis, DynamicScan, PolicyCheck)
_NONE = "no step of it publishes an image"


def ignores_no_failure(pipeline: Pipeline) -> Finding:
    """No failure of a step on the way to a publication is passed over."""
    return each(
        _on_the_way(pipeline),
        _is_heeded,
        expected="the failure of every step before a publication stops it",
        none=_NONE,
    )


def _on_the_way(pipeline: Pipeline) -> tuple[Step, ...]:
    return tuple(steps_on_the_way(pipeline, _publishes))


def _publishes(step: Step) -> bool:
    return any(not part.was_published for part in step.action.of(Publication))


def _is_heeded(step: Step) -> Finding:
    passed = [each for each in outcomes(step.strategies, frozenset(ERRORS)) if _passes(each)]
    certain = [outcome for outcome in passed if not outcome.doubt]
    if passed and not certain:
        raise UnknownValue(f"{step.path}: {passed[0].doubt}")
    said = f"{step.path} {certain[0].words}" if certain else "failures are heeded"
    location = step.strategies[0].location if certain else None
    return Finding(holds=not certain, expected="", actual=said, location=location)


def _passes(outcome: Outcome) -> bool:
    return outcome.turn == Turn.PASS_OVER


def skips_no_check(pipeline: Pipeline) -> Finding:
    """No test or scan on the way to a publication is skipped where the publication is not."""
    way = frozenset(map(id, _on_the_way(pipeline)))
    shared = _shared_conditions(pipeline)
    checks = [placed for placed in steps_of(pipeline) if id(placed.step) in way and _checks(placed)]
    return each(
        checks,
        lambda placed: _is_never_skipped(placed, shared),
        expected="no test or scan before a publication can be skipped",
        none="no test or scan comes before a publication" if way else _NONE,
    )


def _checks(placed: Placed) -> bool:
    return any(isinstance(part, _CHECKS) for part in placed.step.action.parts)


def _levels(placed: Placed) -> tuple[Stage | StepGroup | Step, ...]:
    return (placed.stage, *placed.groups, placed.step)


def _shared_conditions(pipeline: Pipeline) -> frozenset[str]:
    """Return the expressions under which everything is published that the pipeline publishes."""
    found = [
        frozenset(level.condition.expression for level in _levels(placed))
        for placed in steps_of(pipeline)
        if _publishes(placed.step)
    ]
    return frozenset.intersection(*found) if found else frozenset()


def _is_never_skipped(placed: Placed, shared: frozenset[str]) -> Finding:
    for level in _levels(placed):
        for words, doubt in _skips(level.condition, level.loops, shared):
            if doubt:
                raise UnknownValue(f"{level.path}: {doubt}")
            return Finding(
                holds=False,
                expected="",
                actual=f"{placed.step.path} can be left out: {level.path} is {words}",
                location=level.condition.location,
            )
    return Finding(holds=True, expected="", actual="no check can be skipped")


def _skips(
    condition: Condition, loops: tuple[Loop, ...], shared: frozenset[str]
) -> Iterator[tuple[str, str]]:
    found = admissions(condition, loops, failed=False, assumed=shared)
    return ((way.words or "never run", way.doubt) for way in found if not way.runs)


def bounds_every_step(pipeline: Pipeline) -> Finding:
    """Every step on the way to a publication ends after a stated time."""
    return each(
        _on_the_way(pipeline),
        _is_bounded,
        expected="every step before a publication has a timeout, or its stage or pipeline has one",
        none=_NONE,
    )


def _is_bounded(step: Step) -> Finding:
    bound = step.bound
    holds = bound is not None and bound > 0
    said = "every step is bounded" if holds else f"{step.path} has no timeout"
    return Finding(holds=holds, expected="", actual=said, location=step.subject.location)
