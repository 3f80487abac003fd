"""What must come before production, before a publication, and what takes a deployment back."""

from __future__ import annotations

import pytest

from assurance.model.actions import Publication
from assurance.model.findings import Finding, NotApplicable
from assurance.model.pipeline_parts import placed_parts
from assurance.model.pipeline_walks import stages_of
from assurance.model.pipelines import Pipeline, Stage
from assurance.model.unknown import UnknownValue
from assurance.readers.production_pipelines import reaching_production
from assurance.rules import ignored_failures, production_paths, publication_paths, rollbacks
from tests.pipelines import pipelines

BACK = "failureStrategies: [{onFailure: {errors: [AllErrors], action: {type: StageRollback}}}]"


def step(name: str, type_: str, spec: str = "{}", extra: str = "") -> str:
    return f"{{step: {{identifier: {name}, type: {type_}, spec: {spec}{extra}}}}}"


DEPLOY = step("deploy", "EcsRollingDeploy")
UNDO = step("undo", "EcsRollingRollback")


def release(name: str, *steps: str, service: str = "orders", where: str = "") -> str:
    place = f"service: {{serviceRef: {service}}}, environment: {{environmentRef: {where or name}}}"
    runs = f"execution: {{steps: [{', '.join(steps)}], rollbackSteps: [{UNDO}]}}"
    return f"{{stage: {{identifier: {name}, type: Deployment, spec: {{{place}, {runs}}}, {BACK}}}}}"


def other(name: str, type_: str, *steps: str) -> str:
    runs = f"execution: {{steps: [{', '.join(steps)}]}}"
    return f"{{stage: {{identifier: {name}, type: {type_}, spec: {{{runs}}}}}}}"


def command(text: str) -> str:
    return f"{{shell: Sh, command: '{text}'}}"


def pipeline(*stages: str) -> Pipeline:
    return pipelines(f"pipeline: {{identifier: cd, stages: [{', '.join(stages)}]}}")[0]


STAGING, PRODUCTION = release("staging", DEPLOY), release("production", DEPLOY)
TEST = step("test", "Run", command("pytest tests --base-url https://staging.example.com"))
TESTS = other("tests", "CI", TEST)
ASK = other("ask", "Approval", step("ask", "HarnessApproval", "{approvers: {minimumCount: 1}}"))


def test_a_delivery_in_order_holds() -> None:
    """Staging, tests of it, an approval, production."""
    found = pipeline(STAGING, TESTS, ASK, PRODUCTION)

    assert production_paths.comes_after_staging(found).holds
    assert production_paths.comes_after_tests(found).holds
    assert production_paths.comes_after_approval(found).holds


def test_another_service_in_staging_is_not_this_one() -> None:
    """What runs in staging says nothing of what does not."""
    found = pipeline(release("staging", DEPLOY, service="bills"), TESTS, ASK, PRODUCTION)

    verdict = production_paths.comes_after_staging(found)
    assert not verdict.holds
    assert "without deployment of orders to staging" in verdict.actual


def test_tests_that_ran_before_the_release_was_there_do_not_count() -> None:
    """They tested the release before it."""
    assert not production_paths.comes_after_tests(pipeline(TESTS, STAGING, ASK, PRODUCTION)).holds


def test_one_task_of_a_canary_is_not_yet_a_release_to_staging() -> None:
    """It is the release once it is deployed for all."""
    canary = release("staging", step("try", "EcsCanaryDeploy"))

    assert not production_paths.comes_after_staging(pipeline(canary, TESTS, ASK, PRODUCTION)).holds


def test_production_and_staging_at_once_is_production_without_staging() -> None:
    """A matrix over both environments deploys to both at the same time."""
    both = "{parallel: [" + ", ".join((STAGING, PRODUCTION)) + "]}"

    assert not production_paths.comes_after_staging(pipeline(both)).holds


@pytest.mark.parametrize("where", ["elsewhere", "<+input>"])
def test_an_environment_that_is_not_known_may_be_production(where: str) -> None:
    """Neither passed nor failed: it is not known where it goes."""
    found = pipeline(release("live", DEPLOY, where=where))

    assert reaching_production((found,)) == (found,)
    with pytest.raises(UnknownValue):
        production_paths.comes_after_approval(found)


def test_a_script_that_cannot_be_read_may_deploy_where_production_is() -> None:
    """In a stage without an environment it deploys nowhere."""
    script = step("go", "Run", command("./release.sh"))

    with pytest.raises(UnknownValue, match=r"release\.sh"):
        production_paths.comes_after_approval(pipeline(release("production", script)))
    assert reaching_production((pipeline(other("build", "CI", script)),)) == ()


BUILD = "docker build -t registry.example.com/app:1 app"
SCAN = "trivy image --exit-code 1 --severity HIGH,CRITICAL registry.example.com/app:1"
PUSH = "docker push registry.example.com/app:1"
UNIT = "cd app && pytest tests"


def published(*texts: str) -> tuple[Finding, Finding]:
    """Return what is said of tests and of the scan of an image that these commands publish."""
    steps = (step(f"s{number}", "Run", command(text)) for number, text in enumerate(texts))
    found = pipeline(other("build", "CI", *steps))
    (image,) = placed_parts((found,), Publication)
    return publication_paths.is_tested_first(image), publication_paths.is_scanned_first(image)


@pytest.mark.parametrize(
    ("texts", "tested", "scanned"),
    [
        ((UNIT, BUILD, SCAN, PUSH), True, True),
        ((BUILD, SCAN, PUSH, UNIT), False, True),
        ((UNIT, BUILD, PUSH, SCAN), True, False),
        ((UNIT, SCAN, BUILD, PUSH), True, False),
        ((UNIT, BUILD, SCAN, BUILD, PUSH), True, False),
        ((UNIT, f"set -e\n\n{BUILD}\n\n{SCAN}\n\n{PUSH}"), True, True),
        (("cd other && pytest tests", BUILD, SCAN, PUSH), False, True),
    ],
    ids=["good", "tests late", "scan late", "scan early", "anew", "one step", "other tests"],
)
def test_an_image_needs_its_own_tests_and_a_scan_of_itself(
    texts: tuple[str, ...], tested: bool, scanned: bool
) -> None:
    """What is built again after its scan was not scanned."""
    tests, scan = published(*texts)

    assert (tests.holds, scan.holds) == (tested, scanned)


def test_an_image_of_which_no_build_is_seen_cannot_be_judged() -> None:
    """Which tests are its own depends on what it is made of."""
    with pytest.raises(UnknownValue, match="built from"):
        published(SCAN, PUSH)


@pytest.mark.parametrize(
    ("extra", "holds"),
    [
        ("", True),
        (", failureStrategies: [{onFailure: {errors: [Timeout], action: {type: Ignore}}}]", False),
        (", failureStrategies: [{onFailure: {errors: [Timeout], action: {type: Abort}}}]", True),
    ],
)
def test_failures_on_the_way_to_a_publication_are_heeded(extra: str, holds: bool) -> None:
    """Also those of steps that check nothing."""
    prepare = step("prepare", "Run", command("make ready"), extra)
    found = pipeline(other("build", "CI", prepare, step("push", "Run", command(PUSH))))

    assert ignored_failures.ignores_no_failure(found).holds is holds


def test_what_comes_after_the_last_publication_is_not_on_the_way() -> None:
    """A message that nobody could send does not undo what was published."""
    ignored = ", failureStrategies: [{onFailure: {errors: [AllErrors], action: {type: Ignore}}}]"
    tell = step("tell", "Run", command("make noise"), ignored)
    found = pipeline(other("build", "CI", step("push", "Run", command(PUSH)), tell))

    assert ignored_failures.ignores_no_failure(found).holds


def stage_with(steps: str, back: str, strategies: str = BACK) -> Stage:
    runs = f"execution: {{steps: [{steps}], rollbackSteps: [{back}]}}"
    text = f"{{stage: {{identifier: s, type: Deployment, spec: {{{runs}}}, {strategies}}}}}"
    return stages_of(pipeline(text))[0]


LATE = "{timeout: 1h, onTimeout: {action: {type: StageRollback}}}"
ASK_FIRST = f"{{type: ManualIntervention, spec: {LATE}}}"
GREEN = step("create", "EcsBlueGreenCreateService")


@pytest.mark.parametrize(
    ("steps", "back", "holds"),
    [
        (DEPLOY, UNDO, True),
        (DEPLOY, "", False),
        (DEPLOY, step("undo", "EcsBlueGreenRollback"), False),
        (DEPLOY, f"{{stepGroup: {{identifier: g, steps: [{{parallel: [{UNDO}]}}]}}}}", True),
        (GREEN, step("undo", "EcsBlueGreenRollback"), True),
        (f"{step('try', 'EcsCanaryDeploy')}, {DEPLOY}", UNDO, False),
    ],
    ids=["rolling", "none", "other", "nested", "blue/green", "canary stays"],
)
def test_a_rollback_is_that_of_the_strategy(steps: str, back: str, holds: bool) -> None:
    """Each strategy of a stage needs its own."""
    assert rollbacks.has_matching_rollback(stage_with(steps, back)).holds is holds


@pytest.mark.parametrize(
    ("answer", "holds"),
    [
        ("{errors: [AllErrors], action: {type: StageRollback}}", True),
        ("{errors: [AllErrors], action: {type: PipelineRollback}}", True),
        ("{errors: [Timeout], action: {type: StageRollback}}", False),
        ("{errors: [AllErrors], action: {type: Abort}}", False),
        (f"{{errors: [AllErrors], action: {ASK_FIRST}}}", True),
    ],
)
def test_a_rollback_is_started_on_every_error(answer: str, holds: bool) -> None:
    """In the end, whoever is asked or however often it is tried."""
    stage = stage_with(DEPLOY, UNDO, f"failureStrategies: [{{onFailure: {answer}}}]")

    assert rollbacks.rolls_back_on_every_error(stage).holds is holds


def test_a_set_up_step_is_not_retried() -> None:
    """The rollback would return to the failed attempt."""
    retry = "{type: Retry, spec: {retryCount: 1, onRetryFailure: {action: {type: StageRollback}}}}"
    tried = f"failureStrategies: [{{onFailure: {{errors: [AllErrors], action: {retry}}}}}]"
    verdict = rollbacks.retries_no_set_up(stage_with(GREEN, UNDO, tried))

    assert isinstance(verdict, Finding)
    assert not verdict.holds
    assert rollbacks.retries_no_set_up(stage_with(DEPLOY, UNDO, tried)) == NotApplicable(
        "no_set_up"
    )


def test_a_called_pipeline_is_judged_where_it_is_called_and_by_itself() -> None:
    """Behind the approval of its caller it is guarded; run by itself it is not."""
    child = f"pipeline: {{identifier: child, stages: [{PRODUCTION}]}}"
    call = (
        "{stage: {identifier: call, type: Pipeline, spec: {org: o, project: q, pipeline: child}}}"
    )
    parent = f"pipeline: {{identifier: parent, stages: [{ASK}, {call}]}}"
    alone, behind = pipelines(child, parent)

    assert production_paths.comes_after_approval(behind).holds
    assert not production_paths.comes_after_approval(alone).holds


def test_a_gate_in_a_called_pipeline_counts_unless_its_failure_is_ignored() -> None:
    """The stage that calls answers for the failure of what it calls."""
    child = f"pipeline: {{identifier: child, stages: [{ASK}]}}"
    spec = "spec: {{org: o, project: q, pipeline: child}}"
    call = f"{{{{stage: {{{{identifier: call, type: Pipeline, {{}} {spec}}}}}}}}}"
    ignore = "failureStrategies: [{onFailure: {errors: [AllErrors], action: {type: Ignore}}}],"
    parent = "pipeline: {{identifier: parent, stages: [{}, {}]}}"

    strict = pipelines(child, parent.format(call.format(""), PRODUCTION))[1]
    loose = pipelines(child, parent.format(call.format(ignore), PRODUCTION))[1]

    assert production_paths.comes_after_approval(strict).holds
    assert not production_paths.comes_after_approval(loose).holds
