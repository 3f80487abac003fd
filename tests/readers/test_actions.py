"""What steps do, in the ways in which pipelines are really written."""

from __future__ import annotations

import math
from dataclasses import fields
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assurance.model.actions import (
    Action,
    Command,
    HiddenInTemplate,
    ImageBuild,
    Publication,
    SharedCache,
    Unrecognised,
)
from assurance.model.checks import (
    Approval,
    Decision,
    DynamicScan,
    QualityAnalysis,
    Scan,
    SuiteVerification,
    TestRun,
    Verification,
)
from assurance.model.releases import Deployment, InfrastructureChange, Rollback
from assurance.model.unknown import is_unknown, unknown
from assurance.readers.actions import read_action
from assurance.readers.projects import Project, Projects


def run(command: str, **spec: Any) -> Action:
    return read_action({"type": "Run", "spec": {"shell": "Sh", "command": command, **spec}})


def step(type_: str, **spec: Any) -> Action:
    return read_action({"type": type_, "spec": spec})


def seen(part: object, *names: str) -> tuple[Any, ...]:
    return tuple("?" if is_unknown(getattr(part, n)) else getattr(part, n) for n in names)


ALL = ("critical", "high", "medium", "low")
SEVERE = ("critical", "high")
SCANS = [
    ("trivy image reg/app:1", "image", "reg/app:1", ()),
    (
        "trivy image --exit-code 1 --severity HIGH,CRITICAL app",
        "image",
        "app",
        ("high", "critical"),
    ),
    ("trivy image --exit-code=1 app", "image", "app", ALL),
    ("TRIVY_EXIT_CODE=1 trivy image -s CRITICAL app", "image", "app", ("critical",)),
    ("trivy image --exit-code $CODE app", "image", "app", "?"),
    ("docker run --rm -v $PWD:/w aquasec/trivy:0.5 image --exit-code 1 app", "image", "app", ALL),
    ("trivy fs --exit-code 1 --severity HIGH,CRITICAL .", "dependencies", "", ("high", "critical")),
    ("trivy config --exit-code 1 infra", "configuration", "", ALL),
    ("trivy fs --scanners secret --exit-code 1 .", "configuration", "", ALL),
    ("grype app:1 --fail-on high", "image", "app:1", SEVERE),
    ("grype dir:. --fail-on medium", "dependencies", "", ("critical", "high", "medium")),
    ("snyk test --severity-threshold=high", "dependencies", "", SEVERE),
    ("snyk container test app:1 --severity-threshold=critical", "image", "app:1", ("critical",)),
    ("snyk code test", "code", "", ALL),
    ("snyk monitor", "dependencies", "", ()),
    ("npx --yes snyk test", "dependencies", "", ALL),
    ("npm audit --audit-level=high", "dependencies", "", SEVERE),
    ("pip-audit -r requirements.txt", "dependencies", "", ALL),
    ("python3 -m pip_audit", "dependencies", "", ALL),
    ("dependency-check.sh --scan . --failOnCVSS 7", "dependencies", "", SEVERE),
    ("semgrep scan --config auto", "code", "", ()),
    ("semgrep ci", "code", "", ALL),
    ("bandit -r src -lll", "code", "", SEVERE),
    ("bandit -r src --exit-zero", "code", "", ()),
    ("docker scout cves --exit-code --only-severity critical,high app", "image", "app", SEVERE),
]


@pytest.mark.parametrize(("command", "subject", "image", "stops_at"), SCANS)
def test_scanners_stop_where_their_options_say(
    command: str, subject: str, image: str, stops_at: Any
) -> None:
    (scan,) = run(command).of(Scan)

    assert seen(scan, "subject", "image", "stops_at") == (subject, image, stops_at)


def test_scanners_of_harness_stop_only_at_a_stated_severity() -> None:
    target = {"type": "container", "workspace": "/harness/app.tar"}
    image = {"type": "local_archive"}

    (gate,) = step(
        "AquaTrivy", target=target, image=image, advanced={"fail_on_severity": "high"}
    ).of(Scan)
    (report,) = step("AquaTrivy", target=target, image=image, advanced={"log": {}}).of(Scan)
    (late,) = step(
        "Snyk", target=target, image=image, advanced={"fail_on_severity": "<+input>"}
    ).of(Scan)

    assert seen(gate, "subject", "archive", "stops_at") == ("image", "app.tar", SEVERE)
    assert report.stops_at == ()
    assert is_unknown(late.stops_at)


def test_snyk_and_others_say_by_their_configuration_what_they_scan() -> None:
    repository = {"type": "repository"}

    def subject(type_: str, **spec: Any) -> Any:
        return step(type_, target=repository, **spec).of(Scan)[0].subject

    assert subject("Snyk", config="code") == "code"
    assert subject("Snyk", config="oss") == "dependencies"
    assert subject("Semgrep") == "code"
    assert subject("AquaTrivy", config="fs") == "dependencies"
    assert step("Zap", target={"type": "instance"}, instance={"domain": "a.b"}).of(DynamicScan)


TESTS = [
    ("pytest --junitxml=out/j.xml", ("out/j.xml",), None),
    ("python -m pytest --junit-xml /harness/x/j.xml", ("x/j.xml",), None),
    ("cd back && poetry run pytest --junitxml=../j.xml", ("j.xml",), None),
    ("pytest --junitxml=/tmp/j.xml", ("/tmp/j.xml",), None),
    ("pytest --junitxml=$OUT/j.xml", ("?",), None),
    ("pytest --cov=app --cov-fail-under=85", (), 85.0),
    ("pytest --cov-fail-under=85", (), None),
    ("pytest --cov app\ncoverage report --fail-under=90", (), 90.0),
    ("JEST_JUNIT_OUTPUT_FILE=r/j.xml npx jest --ci --reporters=jest-junit", ("r/j.xml",), "?"),
    ("JEST_JUNIT_OUTPUT_DIR=/harness/r npx jest --reporters=jest-junit", ("r/junit.xml",), "?"),
    ("npx jest --ci --reporters=default", (), "?"),
    ("vitest run --reporter=junit --outputFile=v.xml", ("v.xml",), None),
    ("mvn -B verify", ("target/surefire-reports/TEST-*.xml",), None),
]


@pytest.mark.parametrize(("command", "reports", "coverage"), TESTS)
def test_reports_are_where_the_command_writes_them(
    command: str, reports: tuple[str, ...], coverage: Any
) -> None:
    (found,) = run(command).of(TestRun)

    assert tuple("?" if is_unknown(each) else each for each in found.reports) == reports
    assert seen(found, "coverage") == (coverage,)


@pytest.mark.parametrize(
    ("command", "kind", "address"),
    [
        ("pytest tests/unit", "unit", ""),
        ("pytest tests/integration", "integration", ""),
        ("pytest tests --base-url https://staging.x", "integration", "https://staging.x"),
        ("BASE_URL=https://staging.x npx playwright test", "end-to-end", "https://staging.x"),
        ("tox run -e e2e -- --base-url https://staging.x", "end-to-end", "https://staging.x"),
        ("locust --headless --host https://staging.x", "load", "https://staging.x"),
    ],
)
def test_a_command_says_what_it_tests(command: str, kind: str, address: str) -> None:
    (found,) = run(command).of(TestRun)

    assert (found.kind, found.address) == (kind, address)


@pytest.mark.parametrize(
    "command", ["pytest --collect-only", "jest --listTests", "tox -e lint", "playwright install"]
)
def test_what_runs_no_test_is_no_test(command: str) -> None:
    assert not run(command).of(TestRun)


def test_scripts_of_a_package_are_read_where_they_are_seen() -> None:
    package = {
        "scripts": {"test": "jest --ci", "bad": "jest || true"},
        "jest": {
            "collectCoverage": True,
            "coverageThreshold": {"global": {"lines": 85}},
            "reporters": [["jest-junit", {"outputDirectory": "r"}]],
        },
    }
    projects = Projects(by_directory={"web": Project(directory="web", package=package)})

    def first(command: str) -> TestRun:
        spec = {"shell": "Sh", "command": command}
        return read_action({"type": "Run", "spec": spec}, projects).of(TestRun)[0]

    whole = first("cd web\nnpm ci\nnpm test")
    elsewhere = first("npm test")

    assert seen(whole, "tool", "reports", "coverage") == ("jest", ("web/r/junit.xml",), 85.0)
    assert first("npm --prefix web run bad").defeated_by == "`|| true`"
    assert first("cd web; npm test -- --coverage=false").coverage is None
    assert seen(elsewhere, "reports", "coverage") == ("?", "?")


IMAGES = [
    ("docker build -t r.io/app:1 .", ("app",), ()),
    ("docker build -t app . && docker push r.io/app:1", ("app",), ("app:1",)),
    ("docker buildx build --push -t r.io/app:1 -t r.io/app:2 dir", ("app",), ("app:1", "app:2")),
    ("docker buildx build --output type=docker,dest=a.tar -t app .", ("app",), ()),
    ("crane push app.tar r.io/app:1", (), ("app:1",)),
    ("skopeo copy docker-archive:app.tar docker://r.io/team/app:1", (), ("team/app:1",)),
    ("/kaniko/executor --context . --destination r.io/app:1", ("app",), ("app:1",)),
    ("/kaniko/executor --context . --destination r.io/app:1 --no-push", ("app",), ()),
    ("docker push r.io/app", (), ("app:latest",)),
    ("for a in x y; do docker push r.io/$a:1; done", (), ("x:1", "y:1")),
]


@pytest.mark.parametrize(("command", "built", "published"), IMAGES)
def test_images_are_built_and_published_by_commands(
    command: str, built: tuple[str, ...], published: tuple[str, ...]
) -> None:
    action = run(command)

    assert tuple(each.image for each in action.of(ImageBuild)) == built
    names = [f"{each.image}:{tag}" for each in action.of(Publication) for tag in each.tags]
    assert tuple(names) == published


def test_another_name_for_a_published_image_publishes_nothing_new() -> None:
    (first,) = run("docker tag app r.io/app:1; docker push r.io/app:1").of(Publication)
    (copied,) = run("crane copy r.io/app:1 r.io/app:2").of(Publication)

    assert (first.source, first.was_published) == ("app", False)
    assert copied.was_published


def test_harness_builds_with_and_without_publishing() -> None:
    common = {"imageName": "team/app", "tags": ["1"], "context": "app", "caching": True}

    whole = step("BuildAndPushECR", **common)
    kept = step(
        "BuildAndPushECR",
        **common,
        envVariables={"PLUGIN_NO_PUSH": "true", "PLUGIN_TAR_PATH": "a.tar"},
    )
    later = step(
        "BuildAndPushECR",
        **common,
        envVariables={"PLUGIN_PUSH_ONLY": "true", "PLUGIN_SOURCE_TAR_PATH": "/harness/a.tar"},
    )

    assert [type(part) for part in whole.parts] == [ImageBuild, Publication]
    assert whole.of(ImageBuild)[0].caches_layers
    assert [part.archive for part in kept.of(ImageBuild)] == ["a.tar"]
    assert not kept.of(Publication)
    assert [part.archive for part in later.of(Publication)] == ["a.tar"]
    assert not later.of(ImageBuild)


@pytest.mark.parametrize(
    ("command", "kind"),
    [
        ("aws ecs update-service --cluster c --service s --force-new-deployment", Deployment),
        ("kubectl rollout undo deployment/x", Rollback),
        ("helm upgrade --install a b", Deployment),
        ("terraform -chdir=infra apply -auto-approve", InfrastructureChange),
        ("sonar-scanner -Dsonar.qualitygate.wait=true", QualityAnalysis),
        ("zap-baseline.py -t https://staging.x", DynamicScan),
        ("./release.sh", Command),
    ],
)
def test_commands_are_known_by_what_they_do(command: str, kind: type[Any]) -> None:
    assert run(command).of(kind)


@pytest.mark.parametrize(
    "command", ["./release.sh", "make deploy", "$TOOL push", "python deploy.py", "npm run ship"]
)
def test_a_command_that_is_not_seen_says_so(command: str) -> None:
    (found,) = run(command).of(Command)

    assert found.hides


@pytest.mark.parametrize("command", ["pip install -r x", "npm ci", "git clone x", "aws sts get"])
def test_a_command_that_is_known_to_do_nothing_hides_nothing(command: str) -> None:
    assert [part.hides for part in run(command).of(Command)] == [""]


def test_this_suite_is_known_with_what_becomes_of_its_verdict() -> None:
    kept = run(
        "V=0\ntox run -e verify -- --environment production --reports out || V=$?\nexport V",
        outputVariables=[{"name": "VERDICT", "type": "String", "value": "V"}],
    )
    lost = run("tox -re verify -- --environment production || V=$?")
    straight = run("tox run -e verify -- --environment production")

    (verified,) = kept.of(SuiteVerification)
    assert verified.status_variable == "VERDICT"
    assert verified.environment == "production"
    assert verified.reports == ("out/junit.xml",)
    assert verified.defeated_by == ""
    assert lost.of(SuiteVerification)[0].defeated_by
    assert straight.of(SuiteVerification)[0].reports == ("reports/junit.xml",)


@pytest.mark.parametrize(
    ("command", "fails_on"),
    [
        ('if [ "$V" = 4 ]; then exit 1; fi', ("4",)),
        ('case "$V" in 0|6) exit 0 ;; *) exit 1 ;; esac', ("1", "2", "4", "127")),
        ('[ "$V" -eq 6 ] && exit 1\nexit 0', ("6",)),
        ('test "$V" != 0', ("0",)),
        ('[[ "$V" == 1 ]] && { echo bad; exit 3; }\ntrue', ("1",)),
    ],
)
def test_a_script_that_decides_is_tried(command: str, fails_on: tuple[str, ...]) -> None:
    given = {"V": "<+execution.steps.judge.output.outputVariables.V>"}

    (found,) = run(command, envVariables=given).of(Decision)

    assert found.about == "execution.steps.judge.output.outputVariables.V"
    assert found.fails_on == fails_on


@pytest.mark.parametrize("command", ['./judge "$V"', "exit 1", 'echo "$V"', 'eval "exit $V"'])
def test_a_script_that_does_not_decide_is_no_decision(command: str) -> None:
    given = {"V": "<+execution.steps.judge.output.outputVariables.V>"}

    assert not run(command, envVariables=given).of(Decision)


def test_deployments_know_their_strategy_and_part() -> None:
    (swap,) = step("EcsBlueGreenSwapTargetGroups", downsizeOldServiceDelayInSecs=600).of(Deployment)
    (kept,) = step("EcsBlueGreenSwapTargetGroups", doNotDownsizeOldService=True).of(Deployment)
    (shift,) = step(
        "EcsBlueGreenTrafficShift",
        ecsTrafficShiftWrapper={"type": "Inherit", "spec": {"weightPercentage": 25}},
    ).of(Deployment)

    assert (swap.strategy, swap.part, swap.keeps_old_for) == ("blue/green", "swap", 600)
    assert kept.keeps_old_for == math.inf
    assert (shift.part, shift.weight) == ("shift", 25)
    assert step("K8sCanaryDeploy").of(Deployment)[0].strategy == "canary"
    assert step("EcsRollingRollback").of(Rollback)


def test_approvals_outside_harness_are_not_seen() -> None:
    approvers = {"userGroups": ["a"], "minimumCount": 2, "disallowPipelineExecutor": True}
    written = {"type": "HarnessApproval", "timeout": "1d", "spec": {"approvers": approvers}}

    (own,) = read_action(written).of(Approval)
    (other,) = step("JiraApproval").of(Approval)

    assert (own.groups, own.minimum, own.excludes_executor, own.timeout) == (("a",), 2, True, "1d")
    assert is_unknown(other.minimum)
    assert is_unknown(other.groups)


def test_scripts_of_cd_go_on_after_a_failure() -> None:
    script = {"type": "Inline", "spec": {"script": "pytest\necho done"}}

    (found,) = step("ShellScript", shell="Bash", source={"spec": script["spec"]}).of(TestRun)

    assert found.defeated_by


def test_what_cannot_be_read_is_unrecognised() -> None:
    assert run("if then (").of(Unrecognised)
    assert step("Run", shell="Python", command="print()").of(Unrecognised)
    assert step("Plugin", image="somebody/thing").of(Unrecognised)
    assert step("NoSuchStep").of(Unrecognised)
    assert read_action({"type": unknown("why"), "spec": {}}).of(Unrecognised)
    assert read_action({"template": {"templateRef": "x"}}).of(HiddenInTemplate)


def test_caches_and_verifications_are_known() -> None:
    (cache,) = step("SaveCacheS3", key="k", sourcePaths=["a"]).of(SharedCache)
    (verified,) = step("Verify", type="Canary", spec={"duration": "10m"}).of(Verification)

    assert (cache.key, cache.paths, cache.saves) == ("k", ("a",), True)
    assert (verified.kind, verified.duration) == ("Canary", "10m")


TYPES = st.sampled_from(
    [
        "Run",
        "ShellScript",
        "Plugin",
        "Action",
        "RunTests",
        "Background",
        "AquaTrivy",
        "Zap",
        "Sonarqube",
        "Security",
        "Verify",
        "Policy",
        "HarnessApproval",
        "BuildAndPushECR",
        "SaveCacheS3",
        "GitClone",
        "EcsBlueGreenSwapTargetGroups",
        "Email",
        "Wait",
        "EcsBlueGreenTrafficShift",
        "FlagConfiguration",
        "TerraformApply",
        "K8sApply",
        "S3Upload",
        "Nothing",
    ]
)
VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-9, 9)
    | st.sampled_from(["", "high", "<+input>", "pytest || true", "true", "docker push a/b:c"])
    | st.builds(lambda: unknown("not known")),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    "type",
                    "spec",
                    "command",
                    "shell",
                    "image",
                    "settings",
                    "target",
                    "advanced",
                    "approvers",
                    "source",
                    "script",
                    "tags",
                    "envVariables",
                    "outputVariables",
                    "reports",
                    "paths",
                    "fail_on_severity",
                    "config",
                    "key",
                    "context",
                ]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@settings(max_examples=400, deadline=None)
@given(TYPES, VALUES)
def test_nothing_that_is_written_breaks_the_reading(type_: str, spec: Any) -> None:
    action = read_action({"type": type_, "spec": spec})

    assert action.parts or type_ in ("Run", "ShellScript", "Background", "RunTests")
    assert all(fields(part) for part in action.parts)
