"""What stands before production and what follows it, on small deliveries."""

from __future__ import annotations

from typing import Any

import pytest

from assurance.model.checks import Approval
from assurance.model.findings import Finding, NotApplicable
from assurance.model.pipeline_parts import placed_parts
from assurance.model.unknown import UnknownValue
from assurance.readers.release_stages import is_blue_green, is_canary, read_release_stages
from assurance.readers.view import View
from assurance.rules import (
    approvals,
    deployed_images,
    production_paths,
    release_strategies,
    staging_checks,
)
from assurance.rules import suite_verifications as suite
from tests.harness_states import definition, harness_view

BACK = [{"onFailure": {"errors": ["AllErrors"], "action": {"type": "StageRollback"}}}]
ABORT = [{"onFailure": {"errors": ["AllErrors"], "action": {"type": "Abort"}}}]
ASK = [{"onFailure": {"errors": ["AllErrors"], "action": {"type": "ManualIntervention"}}}]
URL = "https://staging.example.com"
OUTPUT = "<+execution.steps.judge.output.outputVariables.V>"


def step(identifier: str, type_: str, strategies: Any = None, **spec: Any) -> dict[str, Any]:
    own = {"identifier": identifier, "type": type_, "spec": spec}
    return {"step": {**own, "failureStrategies": strategies} if strategies else own}


def run(identifier: str, command: str, strategies: Any = None, **spec: Any) -> dict[str, Any]:
    return step(identifier, "Run", strategies, shell="Sh", command=command, **spec)


def deploys(environment: str, *steps: Any, rollback: Any = ()) -> dict[str, Any]:
    spec = {
        "deploymentType": "ECS",
        "service": {"serviceRef": "app"},
        "environment": {"environmentRef": environment},
        "execution": {"steps": list(steps), "rollbackSteps": list(rollback)},
    }
    identifier = f"to_{environment}"
    own = {"identifier": identifier, "type": "Deployment", "spec": spec, "failureStrategies": BACK}
    return {"stage": own}


def tries(*steps: Any) -> dict[str, Any]:
    spec = {"execution": {"steps": list(steps)}}
    return {"stage": {"identifier": "tries", "type": "CI", "spec": spec}}


def delivery(*stages: Any, tag: str = "<+pipeline.variables.tag>") -> View:
    source = {"type": "Ecr", "spec": {"imagePath": "team/app", "tag": tag}}
    artifacts = {"primary": {"sources": [source]}}
    return harness_view(
        definition("harness_pipeline", {"identifier": "cd", "stages": list(stages)}),
        definition("harness_environment", {"identifier": "staging", "type": "PreProduction"}),
        definition("harness_environment", {"identifier": "production", "type": "Production"}),
        definition(
            "harness_service",
            {"identifier": "app", "serviceDefinition": {"spec": {"artifacts": artifacts}}},
        ),
    )


def put(rule: Any, *stages: Any) -> Finding:
    (pipeline,) = delivery(*stages).pipelines
    return rule(pipeline)  # type: ignore[no-any-return]


DEPLOY = step("deploy", "EcsRollingDeploy")
BEFORE = (
    (staging_checks.passes_integration_tests, f"pytest tests/integration --base-url {URL}"),
    (staging_checks.passes_browser_tests, f"npx playwright test --base-url {URL}"),
    (staging_checks.passes_dynamic_scan, f"zap-baseline.py -t {URL}"),
)


@pytest.mark.parametrize(("rule", "command"), BEFORE)
def test_staging_is_tried_before_production(rule: Any, command: str) -> None:
    staging, production = deploys("staging", DEPLOY), deploys("production", DEPLOY)

    assert put(rule, staging, tries(run("try", command)), production).holds
    assert not put(rule, staging, production, tries(run("try", command))).holds
    assert not put(rule, staging, tries(run("try", f"{command} || true")), production).holds
    assert not put(rule, staging, {"parallel": [tries(run("try", command)), production]}).holds
    elsewhere = command.replace("staging", "production")
    assert not put(rule, staging, tries(run("try", elsewhere)), production).holds


@pytest.mark.parametrize(("rule", "command"), BEFORE)
def test_staging_is_tried_in_a_pipeline_that_is_called_too(rule: Any, command: str) -> None:
    stages = [deploys("staging", DEPLOY), tries(run("try", command)), deploys("production", DEPLOY)]
    call = {"stage": {"identifier": "call", "type": "Pipeline", "spec": {"pipeline": "child"}}}
    view = harness_view(
        definition("harness_pipeline", {"identifier": "child", "stages": stages}),
        definition("harness_pipeline", {"identifier": "parent", "stages": [call]}),
        definition("harness_environment", {"identifier": "staging", "type": "PreProduction"}),
        definition("harness_environment", {"identifier": "production", "type": "Production"}),
    )

    for pipeline in view.pipelines:
        assert rule(pipeline).holds


def judged(**change: Any) -> list[Any]:
    """Return the steps of a production stage that acts on the verdict of the suite."""
    command = "V=0\ntox run -e verify -- --environment production || V=$?\nexport V"
    steps = {
        "judge": run("judge", command, outputVariables=[{"name": "V"}]),
        "failed": run("failed", 'case "$V" in 0|4|6) ;; *) exit 1 ;; esac', BACK, **given()),
        "wrong": run("wrong", 'if [ "$V" = 4 ]; then exit 1; fi', ABORT, **given()),
        "open": run("open", 'if [ "$V" = 6 ]; then exit 1; fi', ASK, **given()),
    }
    return [each for each in {**steps, **change}.values() if each]


def given() -> dict[str, Any]:
    return {"envVariables": {"V": OUTPUT}}


REACTIONS = (suite.rolls_back_failures, suite.asks_about_the_undecided, suite.aborts_wrong_calls)


def test_the_verdict_of_the_suite_decides() -> None:
    whole = deploys("production", DEPLOY, *judged())

    for rule in (suite.verifies_production, *REACTIONS):
        assert put(rule, whole).holds


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        ({"judge": None}, (0, 1, 2)),
        ({"failed": None}, (0,)),
        ({"open": None}, (1,)),
        ({"wrong": None}, (2,)),
        ({"failed": run("failed", '[ "$V" = 0 ]', BACK, **given())}, (1, 2)),
        ({"open": run("open", 'if [ "$V" = 6 ]; then exit 1; fi', BACK, **given())}, (1,)),
        ({"judge": run("judge", "tox run -e verify -- --environment production")}, (1, 2)),
        ({"judge": run("judge", "tox run -e verify -- --environment lab")}, (0, 1, 2)),
        ({"judge": run("judge", "tox -e verify -- --environment production|cat")}, (0, 1, 2)),
    ],
)
def test_a_verdict_that_nobody_acts_on_is_missed(
    change: dict[str, Any], wrong: tuple[int, ...]
) -> None:
    stage = deploys("production", DEPLOY, *judged(**change))

    found = [number for number, rule in enumerate(REACTIONS) if not put(rule, stage).holds]

    assert tuple(found) == wrong


def test_an_approval_that_follows_the_verdict_asks() -> None:
    asks = step("ask", "HarnessApproval", approvers={"minimumCount": 1, "userGroups": ["a"]})
    asks["step"]["when"] = {"stageStatus": "Success", "condition": f'{OUTPUT} == "6"'}

    assert put(
        suite.asks_about_the_undecided, deploys("production", DEPLOY, *judged(open=asks))
    ).holds
    other = {**asks["step"], "when": {"stageStatus": "Success", "condition": f'{OUTPUT} == "5"'}}
    stage = deploys("production", DEPLOY, *judged(open={"step": other}))
    assert not put(suite.asks_about_the_undecided, stage).holds


def test_a_test_that_counts_for_nothing_is_named_with_the_reason() -> None:
    """Its place is right; the fault is elsewhere."""
    command = f"pytest tests/integration --base-url {URL} || true"
    dead = run("try", f"pytest tests/integration --base-url {URL}")
    dead["step"]["strategy"] = {"repeat": {"times": 0}}
    live = deploys("production", DEPLOY)

    ignored = put(staging_checks.passes_integration_tests, tries(run("try", command)), live)
    never = put(staging_checks.passes_integration_tests, tries(dead), live)

    assert not ignored.holds
    assert "; cd/tries/try does not count: " in ignored.actual
    assert "|| true" in ignored.actual
    assert never.actual.endswith("; cd/tries/try does not count: it is repeated 0 times")


def test_an_approval_that_is_never_asked_for_is_named() -> None:
    asks = step("ask", "HarnessApproval", approvers={"minimumCount": 1, "userGroups": ["a"]})
    asks["step"]["strategy"] = {"repeat": {"times": 0}}

    found = put(production_paths.comes_after_approval, tries(asks), deploys("production", DEPLOY))

    assert not found.holds
    assert found.actual.endswith("; cd/tries/ask does not count: it is repeated 0 times")


@pytest.mark.parametrize(
    ("branches", "holds"),
    [
        (["main"], True),
        ([None], True),
        (["experiment"], False),
        (["<+trigger.branch>"], False),
        (["main", "experiment"], False),
    ],
)
def test_triggers_run_the_definition_that_is_proven(branches: list[Any], holds: bool) -> None:
    started = [
        definition(
            "harness_trigger",
            {"identifier": f"t{number}", "pipelineIdentifier": "cd"}
            | ({"pipelineBranchName": branch} if branch else {}),
        )
        for number, branch in enumerate(branches)
    ]
    stages = [deploys("production", DEPLOY)]
    view = harness_view(
        definition("harness_pipeline", {"identifier": "cd", "stages": stages}), *started
    )

    found = production_paths.is_started_as_proven(
        view.pipelines[0], view.delivery.triggers, branch="main"
    )

    assert isinstance(found, Finding)
    assert found.holds is holds


def test_what_no_trigger_starts_is_not_concerned() -> None:
    (pipeline,) = delivery(deploys("production", DEPLOY)).pipelines

    found = production_paths.is_started_as_proven(pipeline, (), branch="main")

    assert found == NotApplicable("no_trigger")


def test_a_service_is_rolled_back_by_the_stage_that_brought_it() -> None:
    """A stage that fails takes back what it brought, and leaves the one before it."""
    first, last = deploys("production", DEPLOY), deploys("production", DEPLOY, *judged())
    last["stage"]["identifier"] = "second"
    last["stage"]["spec"]["service"] = {"serviceRef": "other"}
    whole = [{"onFailure": {"errors": ["AllErrors"], "action": {"type": "PipelineRollback"}}}]
    failing = run("failed", 'case "$V" in 0|4|6) ;; *) exit 1 ;; esac', whole, **given())

    found = put(suite.rolls_back_failures, first, last)

    assert not found.holds
    assert "without a rollback of app at exit status 1" in found.actual
    assert put(suite.verifies_production, first, last).holds
    last["stage"]["spec"]["execution"]["steps"] = [DEPLOY, *judged(failed=failing)]
    assert put(suite.rolls_back_failures, first, last).holds


def test_the_verdict_decides_in_a_pipeline_that_is_called_too() -> None:
    child = definition(
        "harness_pipeline",
        {"identifier": "child", "stages": [deploys("production", DEPLOY, *judged())]},
    )
    call = {"stage": {"identifier": "call", "type": "Pipeline", "spec": {"pipeline": "child"}}}
    parent = definition("harness_pipeline", {"identifier": "parent", "stages": [call]})
    live = definition("harness_environment", {"identifier": "production", "type": "Production"})

    for pipeline in harness_view(child, parent, live).pipelines:
        for rule in (suite.verifies_production, *REACTIONS):
            assert rule(pipeline).holds


def test_production_is_judged_after_the_last_change() -> None:
    assert not put(suite.verifies_production, deploys("production", *judged(), DEPLOY)).holds
    assert not put(suite.verifies_production, deploys("production", DEPLOY)).holds


GOOD_APPROVAL = {
    "approvers": {"userGroups": ["managers"], "minimumCount": 1, "disallowPipelineExecutor": True},
    "approvalMessage": "<+pipeline.variables.image_tag>",
    "includePipelineExecutionHistory": True,
}
QUESTIONS: tuple[tuple[Any, dict[str, Any], dict[str, Any]], ...] = (
    (approvals.asks_named_group, {}, {"approvers": {"userGroups": ["_project_all_users"]}}),
    (approvals.asks_enough, {"people": 1}, {"approvers": {"userGroups": ["a"], "minimumCount": 0}}),
    (approvals.excludes_executor, {}, {"approvers": {"disallowPipelineExecutor": False}}),
    (approvals.waits_for_people, {}, {"autoApproval": {"action": "APPROVE"}}),
    (approvals.shows_what_is_released, {}, {"approvalMessage": "please"}),
)


def approval(spec: dict[str, Any], **own: Any) -> Any:
    asked = {"step": {**step("ask", "HarnessApproval", **spec)["step"], **own}}
    (found,) = placed_parts(delivery(tries(asked)).pipelines, Approval)
    return found


@pytest.mark.parametrize(("rule", "limits", "change"), QUESTIONS)
def test_an_approval_is_a_decision_of_somebody_else(rule: Any, limits: Any, change: Any) -> None:
    assert rule(approval(GOOD_APPROVAL), **limits).holds
    assert not rule(approval({**GOOD_APPROVAL, **change}), **limits).holds


def test_an_approval_states_for_how_long_it_waits() -> None:
    assert approvals.expires(approval(GOOD_APPROVAL, timeout="1d")).holds
    assert not approvals.expires(approval(GOOD_APPROVAL)).holds


def test_a_group_that_the_run_decides_is_unknown() -> None:
    with pytest.raises(UnknownValue):
        approvals.asks_named_group(approval({"approvers": {"userGroups": ["<+input>"]}}))


def test_production_gets_what_staging_got() -> None:
    stages = (deploys("staging", DEPLOY), deploys("production", DEPLOY))

    def holds(found: View) -> list[bool]:
        images = found.delivery.deployed_images
        together = deployed_images.by_pipeline(images)
        return [deployed_images.is_the_one_in_staging(each, together).holds for each in images]

    assert holds(delivery(*stages)) == [True, True]
    assert holds(delivery(stages[1])) == [False]
    with pytest.raises(UnknownValue):
        holds(delivery(*stages, tag="<+stage.variables.tag>"))


def shift(identifier: str, weight: Any) -> dict[str, Any]:
    wrapper = {"type": "Inherit", "spec": {"weightPercentage": weight}}
    return step(identifier, "EcsBlueGreenTrafficShift", ecsTrafficShiftWrapper=wrapper)


VERIFY = step("verify", "Verify", type="Canary", spec={"duration": "10m"})
UNDO = (step("undo", "EcsBlueGreenRollback"),)


def release(*steps: Any, rollback: Any = UNDO) -> Any:
    found = delivery(deploys("production", *steps, rollback=rollback))
    (stage,) = read_release_stages(found.pipelines)
    return stage


def test_a_canary_grows_in_analysed_steps() -> None:
    good = release(shift("a", 10), VERIFY, shift("b", 100))
    blind = release(shift("a", 10), shift("b", 100), VERIFY)
    early = release(VERIFY, shift("a", 10), shift("b", 100))
    beside = release({"parallel": [shift("a", 10), VERIFY]}, shift("b", 100))
    once = release(shift("b", 100), VERIFY)

    assert is_canary(good)
    assert release_strategies.analyses_each_step(good).holds
    assert release_strategies.grows_in_steps(good).holds
    assert release_strategies.reverses_after_bad_analysis(good).holds
    for bad in (blind, early, beside):
        assert not release_strategies.analyses_each_step(bad).holds
    assert not release_strategies.grows_in_steps(once).holds
    assert not release_strategies.reverses_after_bad_analysis(
        release(shift("a", 10), VERIFY, shift("b", 100), rollback=())
    ).holds
    with pytest.raises(UnknownValue):
        release_strategies.grows_in_steps(release(shift("a", "<+input>"), shift("b", 100)))


def test_green_is_shown_apart_judged_and_blue_stays() -> None:
    listeners = {
        "prodListener": "p",
        "prodListenerRuleArn": "pr",
        "stageListener": "s",
        "stageListenerRuleArn": "sr",
    }
    create = step("create", "EcsBlueGreenCreateService", **listeners)
    swap = step("swap", "EcsBlueGreenSwapTargetGroups", downsizeOldServiceDelayInSecs=600)
    good = release(create, VERIFY, swap)

    assert is_blue_green(good)
    assert release_strategies.keeps_listeners_apart(good).holds
    assert release_strategies.verifies_before_switch(good).holds
    assert release_strategies.keeps_old_version(good, minutes=10).holds
    assert not release_strategies.keeps_old_version(good, minutes=11).holds
    assert not release_strategies.verifies_before_switch(release(create, swap, VERIFY)).holds
    assert not release_strategies.verifies_before_switch(release(VERIFY, create, swap)).holds
    same = step(
        "create", "EcsBlueGreenCreateService", **{**listeners, "stageListenerRuleArn": "pr"}
    )
    assert not release_strategies.keeps_listeners_apart(release(same, VERIFY, swap)).holds
