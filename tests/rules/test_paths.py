"""Proofs about paths: what offends is told in words, what cannot be known is not decided."""

from __future__ import annotations

import json
from collections.abc import Callable
from time import process_time
from typing import Any

import pytest

from assurance.model.actions import Part
from assurance.model.pipeline_walks import Placed
from assurance.model.pipelines import Pipeline
from assurance.model.unknown import UnknownValue
from assurance.readers.entities import Entities
from assurance.readers.pipelines import read_pipelines
from assurance.rules.paths import follows_on_every_path, precedes_on_every_path
from assurance.rules.production_paths import comes_after_approval
from tests.pipelines import harness, pipelines
from tests.rules.large_pipelines import delivery, nested, skippable

GOOD = "no path without approval"
SELECTED = "a run may select stages (allowStageExecutions)"


def step(name: str, extra: str = "") -> str:
    return f"{{step: {{identifier: {name}, type: Wait, spec: {{}}{extra}}}}}"


def stage(name: str, *steps: str, extra: str = "", back: str = "") -> str:
    spec = f"{{execution: {{steps: [{', '.join(steps)}], rollbackSteps: [{back}]}}}}"
    return f"{{stage: {{identifier: {name}, type: Custom, spec: {spec}{extra}}}}}"


def pipeline(*stages: str, extra: str = "") -> tuple[Pipeline, ...]:
    return pipelines(f"pipeline: {{identifier: cd, stages: [{', '.join(stages)}]{extra}}}")


def at(path: str) -> Callable[[Part, Placed], bool]:
    """Choose the steps with the last name of a path."""
    return lambda part, placed: placed.step.identifier == path


def on(errors: str, action: str) -> str:
    return f", failureStrategies: [{{onFailure: {{errors: [{errors}], action: {action}}}}}]"


STAGING = stage("staging", step("prepare"))
DEPLOY = stage("production", step("deploy"))
BOARD = stage("approval", step("board"))
TEMPLATE = "{identifier: t, template: {templateRef: t, versionLabel: '1'}}"
HIDDEN, HIDDEN_STEP = f"{{stage: {TEMPLATE}}}", f"{{step: {TEMPLATE}}}"
MAYBE = ", when: {stageStatus: Success, condition: <+x> == 1}"
SAME = ", when: {stageStatus: Success, condition: <+trigger.targetBranch> == 'main'}"
CHANGING = ", when: {stageStatus: Success, condition: <+stage.variables.x> == 1}"
IGNORE, ABORT, BACK = "{type: Ignore}", "{type: Abort}", "{type: StageRollback}"
ASK = "{type: ManualIntervention, spec: {timeout: 1d, onTimeout: {action: {type: Abort}}}}"
RETRY = "{type: Retry, spec: {retryCount: 1, onRetryFailure: {action: {type: MarkAsSuccess}}}}"
PASSED = "staging → approval → [approval/board fails and"


def said(found: tuple[Pipeline, ...]) -> str:
    """Return what a proof says of an approval before the deployment."""
    try:
        return precedes_on_every_path(
            found, target=at("deploy"), gate=at("board"), gate_name="approval"
        ).actual.removeprefix("production/deploy is reached without approval: ")
    except UnknownValue as unknown:
        return f"unknown: {unknown.reason.rpartition(', if: ')[2]}"


@pytest.mark.parametrize(
    ("stages", "expected"),
    [
        ([STAGING, BOARD, DEPLOY], GOOD),
        ([STAGING, DEPLOY], "staging → production/deploy"),
        ([STAGING, DEPLOY, BOARD], "staging → production/deploy"),
        ([STAGING, f"{{parallel: [{BOARD}, {DEPLOY}]}}"], "staging → production/deploy"),
        ([f"{{parallel: [{STAGING}, {BOARD}]}}", DEPLOY], GOOD),
    ],
    ids=["before", "missing", "after", "beside", "joined"],
)
def test_order_decides(stages: list[str], expected: str) -> None:
    """What is beside the target, or after it, is not before it; what has joined is."""
    assert said(pipeline(*stages)) == expected


@pytest.mark.parametrize(
    ("board", "expected"),
    [
        (
            MAYBE,
            "staging → approval → [approval/board skipped: its condition `<+x> == 1` is false] ",
        ),
        (on("Timeout", IGNORE), f"{PASSED} its failure is ignored (Ignore)] "),
        (on("AllErrors", RETRY), f"{PASSED} is marked as success (MarkAsSuccess)] "),
        (on("AllErrors", ASK), f"{PASSED} whoever is asked lets it pass (ManualIntervention)] "),
        (", strategy: {repeat: {items: []}}", "staging → approval "),
    ],
    ids=["condition", "ignored", "after a retry", "by a person", "repeated for none"],
)
def test_a_gate_that_can_be_passed_is_none(board: str, expected: str) -> None:
    """The path names the gate that was passed, and how."""
    approval = stage("approval", step("board", board))

    assert said(pipeline(STAGING, approval, DEPLOY)) == f"{expected}→ production/deploy"


@pytest.mark.parametrize(
    "board",
    [on("AllErrors", ABORT), on("Verification", IGNORE), MAYBE.replace("<+x> == 1", "<+true>")],
)
def test_what_cannot_pass_a_gate_leaves_it_one(board: str) -> None:
    """An abort ends the run, an approval has no error of a verification, and true is true."""
    assert said(pipeline(STAGING, stage("approval", step("board", board)), DEPLOY)) == GOOD


def test_the_nearest_strategy_that_names_the_error_decides() -> None:
    """An `Ignore` of the stage is not reached where the step says what to do."""
    careful = stage(
        "approval", step("board", on("AllErrors", ABORT)), extra=on("AllErrors", IGNORE)
    )
    partly = stage("approval", step("board", on("Timeout", ABORT)), extra=on("AllErrors", IGNORE))

    assert said(pipeline(STAGING, careful, DEPLOY)) == GOOD
    assert said(pipeline(STAGING, partly, DEPLOY)).startswith(PASSED)


def test_what_always_runs_runs_after_a_failure_too() -> None:
    """The approval is skipped because something before it failed."""
    always = stage("production", step("deploy"), extra=", when: {pipelineStatus: All}")

    assert (
        said(pipeline(STAGING, BOARD, always))
        == "staging → [staging/prepare fails] → production/deploy"
    )


def test_a_failure_beside_a_gate_skips_it_before_what_always_runs() -> None:
    """The gate itself cannot fail without ending the run; its neighbour can."""
    guarded = (step("board", on("AllErrors", ABORT)), step("deploy", ", when: {stageStatus: All}"))
    group = f"{{stepGroup: {{identifier: g, steps: [{', '.join(guarded)}]}}}}"
    beside = f"{{parallel: [{step('other')}, {group}]}}"

    assert said(pipeline(stage("production", group))) == GOOD
    assert "[something that runs beside it fails]" in said(pipeline(stage("production", beside)))


def test_rollback_steps_start_where_the_failure_was() -> None:
    """What a rollback deploys has only behind it what came before the failure."""
    back = step("deploy")
    steps = (step("prepare"), step("board"), step("check"))
    production = stage("production", *steps, extra=on("AllErrors", BACK), back=back)

    expected = "production → [production/prepare fails and the stage is rolled back] → "
    assert said(pipeline(production)) == f"{expected}production/deploy"


@pytest.mark.parametrize(
    ("choice", "expected"),
    [
        (
            "true",
            f"staging → [approval left out: {SELECTED}] → production/deploy",
        ),
        ("false", GOOD),
        ("<+input>", "unknown: allowStageExecutions is <+input>, which the run decides"),
    ],
)
def test_a_run_of_selected_stages_leaves_gates_out(choice: str, expected: str) -> None:
    """Unless the gate is in the stage of the target."""
    extra = f", allowStageExecutions: {choice}"

    assert said(pipeline(STAGING, BOARD, DEPLOY, extra=extra)) == expected
    assert said(pipeline(stage("production", step("board"), step("deploy")), extra=extra)) == GOOD


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (SAME, GOOD),
        (
            CHANGING,
            "unknown: whether `<+stage.variables.x> == 1` changes during the run is unknown",
        ),
    ],
)
def test_equal_conditions_skip_both(condition: str, expected: str) -> None:
    """Where the target runs, the gate under the same condition has run, if it cannot change."""
    stages = (
        stage("approval", step("board", condition)),
        stage("production", step("deploy", condition)),
    )

    assert said(pipeline(STAGING, *stages)) == expected


@pytest.mark.parametrize(
    ("stages", "expected"),
    [
        (
            [BOARD, stage("production", HIDDEN_STEP, step("deploy"))],
            GOOD,
        ),
        (
            [HIDDEN, DEPLOY],
            "unknown: template t@1 is not among the definitions",
        ),
        (
            # The template may say that the stage runs after a failure too.
            [BOARD, HIDDEN, DEPLOY],
            "unknown: template t@1 is not among the definitions",
        ),
        (
            [stage("approval", step("board", ", failureStrategies: <+input>")), DEPLOY],
            "unknown: its failure strategy is <+input>, which the run decides",
        ),
        (
            [stage("approval", step("board", ", strategy: {repeat: {items: <+list>}}")), DEPLOY],
            "unknown: it runs for each of <+list>, which may be none",
        ),
    ],
    ids=["guarded", "template", "after refusal", "strategy", "list"],
)
def test_what_cannot_be_known_is_not_decided(stages: list[str], expected: str) -> None:
    """What is hidden, or decided by the run, may be the gate or the target."""
    assert said(pipeline(*stages)) == expected


def test_a_certain_path_decides_beside_one_in_doubt() -> None:
    """A missing approval is missing, whatever a template may hold."""
    assert said(pipeline(DEPLOY, HIDDEN)) == "production/deploy"


def follows(found: tuple[Pipeline, ...], *, people: bool = False) -> bool:
    return follows_on_every_path(
        found,
        target=at("deploy"),
        gate=at("verify"),
        gate_name="verification",
        people_may_pass=people,
    ).holds


@pytest.mark.parametrize(
    ("stages", "holds"),
    [
        ([DEPLOY, stage("check", step("verify"))], True),
        ([stage("production", step("deploy"), step("verify"))], True),
        ([DEPLOY], False),
        ([stage("check", step("verify")), DEPLOY], False),
        ([f"{{parallel: [{DEPLOY}, {stage('check', step('verify'))}]}}"], False),
        ([DEPLOY, stage("check", step("verify", MAYBE))], False),
        ([DEPLOY, stage("check", step("verify"), extra=on("AllErrors", IGNORE))], False),
        ([DEPLOY, stage("check", step("verify")), stage("again", step("deploy"))], False),
    ],
    ids=["stage", "step", "missing", "before", "beside", "skipped", "ignored", "once more"],
)
def test_what_follows_is_proven_on_every_successful_path(stages: list[str], holds: bool) -> None:
    """A path that fails needs no verification; one that succeeds needs it after the target."""
    assert follows(pipeline(*stages)) is holds


def test_a_person_may_let_a_verification_pass_where_the_question_allows_it() -> None:
    """Whether that is as good as success depends on what is asked."""
    found = pipeline(DEPLOY, stage("check", step("verify", on("AllErrors", ASK))))

    assert not follows(found)
    assert follows(found, people=True)


def test_something_that_is_made_anew_needs_its_gate_once_more() -> None:
    """What was scanned before it was built again was not scanned."""
    steps = (step("board"), step("build"), step("deploy"))
    found = precedes_on_every_path(
        pipeline(stage("production", *steps)),
        target=at("deploy"),
        gate=at("board"),
        undo=at("build"),
        gate_name="approval",
    )

    assert found.actual.endswith(
        "production → [production/build makes it anew] → production/deploy"
    )


def made(document: dict[str, Any]) -> tuple[Pipeline, ...]:
    return pipelines(json.dumps(document))


def test_a_pipeline_with_a_thousand_million_paths_is_answered_at_once() -> None:
    """Thirty steps that may each be skipped make 2^30 paths; none of them is walked."""
    start = process_time()
    proven, refuted = made(skippable(30, guarded=True)), made(skippable(30, guarded=False))

    assert precedes_on_every_path(
        proven, target=at("deploy"), gate=at("ask"), gate_name="approval"
    ).holds
    assert not precedes_on_every_path(
        refuted, target=at("deploy"), gate=at("ask"), gate_name="approval"
    ).holds
    assert process_time() - start < 1


@pytest.mark.parametrize(
    ("build", "size"),
    [
        (lambda size: skippable(size, guarded=True), 50),
        (lambda size: delivery("p", size), 20),
        (nested, 4),
    ],
    ids=["skippable", "stages", "nested"],
)
def test_the_time_grows_with_the_size_and_no_faster(
    build: Callable[[int], dict[str, Any]], size: int
) -> None:
    """Four times the size takes about four times the work, far from sixteen times."""

    def cost(found: tuple[Pipeline, ...]) -> float:
        start = process_time()
        for _ in range(10):
            precedes_on_every_path(found, target=at("deploy"), gate=at("ask"), gate_name="it")
        return process_time() - start

    small, large = made(build(size)), made(build(4 * size))

    assert cost(large) <= 10 * cost(small) + 0.05


def test_a_thousand_deliveries_are_judged_in_seconds() -> None:
    """A tenth of them takes a tenth of what is promised, with room for a slow machine."""
    documents = [json.dumps(delivery(f"p{number}", 10)) for number in range(100)]
    state = harness(*documents)
    start = process_time()

    found = read_pipelines(state, Entities(state))
    verdicts = [comes_after_approval(each).holds for each in found]

    assert (len(verdicts), all(verdicts)) == (100, True)
    assert process_time() - start < 1
