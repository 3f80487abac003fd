"""What must come before production on every path: staging, tests against staging, an approval."""

from __future__ import annotations

from collections.abc import Iterable

from assurance.model.actions import Part
from assurance.model.checks import Approval, TestRun
from assurance.model.findings import Finding, NotApplicable, Verdict, each
from assurance.model.pipeline_walks import Placed
from assurance.model.pipelines import Hidden, Pipeline, Stage
from assurance.model.triggers import Trigger
from assurance.model.unknown import UnknownValue
from assurance.rules.ineffective_checks import naming_ineffective_checks
from assurance.rules.path_choices import (
    approves,
    changes_production,
    may_hide_production,
    releases_outside,
    tests_outside,
)
from assurance.rules.path_layout import layout_of
from assurance.rules.path_questions import Choice, Question
from assurance.rules.paths import escape_of, precedes_on_every_path
from assurance.rules.released_services import of_service, services_of

_NONE = "nothing in it reaches production"


def comes_after_approval(pipeline: Pipeline) -> Finding:
    """Production comes after an approval, on every path."""
    finding = precedes_on_every_path(
        (pipeline,),
        target=changes_production,
        gate=approves,
        gate_name="approval",
        may_hide=may_hide_production,
    )
    return naming_ineffective_checks(finding, (pipeline,), Approval)


def is_started_as_proven(
    pipeline: Pipeline, triggers: Iterable[Trigger], *, branch: str
) -> Verdict:
    """What its triggers run is the definition that was looked at, not one of another branch.

    Whoever may push a branch may take every gate out of the definition on it.
    https://developer.harness.io/docs/platform/triggers/triggers-reference
    """
    own = tuple(found for found in triggers if pipeline.subject.id in found.pipelines)
    if not own:
        return NotApplicable("no_trigger")
    return each(
        own,
        lambda trigger: _is_of(trigger, branch),
        expected=f"its triggers take its definition from {branch} (pipelineBranchName)",
        none="",
    )


def _is_of(trigger: Trigger, branch: str) -> Finding:
    return Finding(
        holds=trigger.branch in ("", branch),
        expected="",
        actual=f"{trigger.subject} takes it from {trigger.branch or 'the default branch'}",
    )


def comes_after_staging(pipeline: Pipeline) -> Finding:
    """Each service comes to production after it was released to staging, on every path."""
    return each(
        services_of(pipeline),
        lambda service: _after_staging(pipeline, service),
        expected="production comes after a deployment of the same service to staging",
        none=_NONE,
    )


def _staged(service: str) -> Choice:
    """Return what releases a service to staging; for what has no service, whatever does."""
    return of_service(releases_outside, service) if service else releases_outside


def _after_staging(pipeline: Pipeline, service: str) -> Finding:
    return precedes_on_every_path(
        (pipeline,),
        target=of_service(changes_production, service),
        gate=_staged(service),
        gate_name=f"deployment of {service} to staging" if service else "deployment to staging",
        may_hide=may_hide_production,
    )


def comes_after_tests(pipeline: Pipeline) -> Finding:
    """Each service comes to production after tests of staging that ran once it was there."""
    return each(
        services_of(pipeline),
        lambda service: _after_tests(pipeline, service),
        expected="production comes after integration tests against the release in staging",
        none=_NONE,
    )


def _after_tests(pipeline: Pipeline, service: str) -> Finding:
    tested = f"integration tests of {service} in staging" if service else "integration tests"
    return precedes_on_every_path(
        (pipeline,),
        target=of_service(changes_production, service),
        gate=_tests_of_release(pipeline, service),
        gate_name=tested,
        may_hide=may_hide_production,
    )


def _tests_of_release(pipeline: Pipeline, service: str) -> Choice:
    """Return the tests that run against staging, and not before the release is there."""
    early = _early_tests(pipeline, service)

    def chosen(part: Part, placed: Placed) -> bool:
        if not tests_outside(part, placed):
            return False
        found = early.get(id(placed.step), "")
        if found is None:
            return False
        if found:
            raise UnknownValue(found)
        return True

    return chosen


def _early_tests(pipeline: Pipeline, service: str) -> dict[int, str | None]:
    """Return the tests that may run before the release is in staging: None, or why it is unknown.

    All tests are tried at once; only where one is early, each for itself.
    """
    steps = [
        placed.step for placed, _ in layout_of(pipeline).steps if placed.step.action.of(TestRun)
    ]
    if _early(pipeline, service, frozenset(map(id, steps))) == "":
        return {}
    found = {id(step): _early(pipeline, service, frozenset({id(step)})) for step in steps}
    return {key: early for key, early in found.items() if early != ""}


def _early(pipeline: Pipeline, service: str, steps: frozenset[int]) -> str | None:
    """Return empty text where these tests come after staging, None where not, else a doubt."""

    def meant(part: Part, placed: Placed) -> bool:
        return id(placed.step) in steps and tests_outside(part, placed)

    question = Question(
        target=meant,
        gate=_staged(service),
        gate_name="staging",
        may_hide=_hides_no_test,
    )
    escape = escape_of(pipeline, question)
    if escape is None:
        return ""
    return "; ".join(escape.doubts) or None


def _hides_no_test(hidden: Hidden, stage: Stage | None) -> bool:
    """Only tests that can be seen are asked about."""
    del hidden, stage
    return False
