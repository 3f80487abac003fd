"""What is said of steps that reach into AWS from anywhere."""

from __future__ import annotations

from typing import Any

import pytest

from assurance.model.aws_steps import AwsStep
from assurance.model.unknown import UnknownValue
from assurance.rules.aws_steps import runs_on_selected_delegates, runs_where_its_connectors_do
from tests.harness_states import definition, harness_view


def aws(name: str = "aws", way: str = "InheritFromDelegate", **spec: Any) -> dict[str, Any]:
    values = {"identifier": name, "type": "Aws", "spec": {"credential": {"type": way}, **spec}}
    return definition("harness_connector", values)


def found(
    step: dict[str, Any], *others: dict[str, Any], type_: str = "Custom", **stage: Any
) -> tuple[AwsStep, ...]:
    spec = {"execution": {"steps": [step]}, **stage.pop("spec", {})}
    own = {"identifier": "s", "type": type_, "spec": spec, **stage}
    pipeline = definition("harness_pipeline", {"identifier": "p", "stages": [{"stage": own}]})
    return harness_view(pipeline, *others).delivery.aws_steps


def step(type_: str, selectors: list[str] | None = None, **spec: Any) -> dict[str, Any]:
    chosen = {} if selectors is None else {"delegateSelectors": selectors}
    return {"step": {"identifier": "it", "type": type_, "spec": {**spec, **chosen}}}


def script(text: str) -> dict[str, Any]:
    return step("ShellScript", source={"type": "Inline", "spec": {"script": text}})


@pytest.mark.parametrize(
    ("made", "reaches"),
    [
        (step("EcsRollingDeploy"), True),
        (step("EcsBlueGreenSwapTargetGroups"), True),
        (step("BuildAndPushECR"), True),
        (step("BuildAndPushDockerRegistry"), False),
        (step("S3Upload"), True),
        (step("SaveCacheS3"), True),
        (step("TerraformApply"), True),
        (step("CreateStack"), True),
        (step("Run", command="aws ecs describe-services"), True),
        (step("Run", command="set -e\ncd x && terraform apply"), True),
        (step("Run", command="curl https://sts.eu-west-1.amazonaws.com/"), True),
        (step("Run", command="tox run -e verify -- --environment staging"), True),
        (step("Run", command="# aws ecs describe-services"), False),
        (step("Run", command="echo paws off"), False),
        (step("Run", command="pytest"), False),
        (script("aws s3 ls"), True),
        (step("HarnessApproval"), False),
    ],
)
def test_a_step_reaches_into_aws_by_its_type_or_its_command(
    made: dict[str, Any], reaches: bool
) -> None:
    assert bool(found(made)) is reaches


def test_a_step_with_a_connector_of_aws_reaches_into_it() -> None:
    (made,) = found(step("Plugin", connectorRef="aws"), aws())

    assert made.touches == "the connector aws"


@pytest.mark.parametrize(
    ("made", "stage", "others", "holds"),
    [
        (step("EcsRunTask"), {}, (), False),
        (step("EcsRunTask", ["shop"]), {}, (), True),
        (step("EcsRunTask", [""]), {}, (), False),
        (step("EcsRunTask"), {"delegateSelectors": ["shop"]}, (), True),
        (
            {"stepGroup": {"delegateSelectors": ["shop"], "steps": [step("EcsRunTask")]}},
            {},
            (),
            True,
        ),
        ({"stepGroup": {"steps": [{"parallel": [step("EcsRunTask")]}]}}, {}, (), False),
        (step("S3Upload", connectorRef="aws"), {}, (aws(delegateSelectors=["shop"]),), True),
        (step("S3Upload", connectorRef="aws"), {}, (aws(),), False),
    ],
)
def test_a_delegate_is_selected_by_step_group_stage_or_connector(
    made: dict[str, Any], stage: dict[str, Any], others: tuple[dict[str, Any], ...], holds: bool
) -> None:
    (judged,) = found(made, *others, **stage)

    assert runs_on_selected_delegates(judged).holds is holds


@pytest.mark.parametrize(("selectors", "holds"), [(["shop"], True), ([], False)])
def test_the_connector_of_the_infrastructure_selects_one_too(
    selectors: list[str], holds: bool
) -> None:
    where = {
        "environment": {
            "environmentRef": "live",
            "infrastructureDefinitions": [{"identifier": "cluster"}],
        }
    }
    cluster = definition(
        "harness_infrastructure",
        {"identifier": "cluster", "environmentRef": "live", "spec": {"connectorRef": "aws"}},
    )

    (judged,) = found(
        step("EcsRollingDeploy"),
        cluster,
        aws(delegateSelectors=selectors),
        type_="Deployment",
        spec=where,
    )

    finding = runs_on_selected_delegates(judged)
    assert finding.holds is holds
    assert finding.actual.startswith("a step of type EcsRollingDeploy, on")


@pytest.mark.parametrize(
    ("group", "connector", "holds"),
    [
        (["live"], ["live"], True),
        (["live", "fast"], ["live"], True),
        (["staging"], ["live"], False),
        (["staging"], [], True),
        ([], ["live"], True),
    ],
)
def test_what_a_group_selects_goes_before_what_its_connector_is_for(
    group: list[str], connector: list[str], holds: bool
) -> None:
    inner = {
        "stepGroup": {"delegateSelectors": group, "steps": [step("S3Upload", connectorRef="aws")]}
    }

    (judged,) = found(inner, aws(delegateSelectors=connector))

    finding = runs_where_its_connectors_do(judged)
    assert finding.holds is holds
    if not holds:
        assert finding.actual == (
            "it runs on delegates tagged staging, its connector aws is for live"
        )


def test_the_connector_of_a_registry_gives_no_rights_in_aws() -> None:
    hub = {"identifier": "hub", "type": "DockerRegistry", "spec": {"delegateSelectors": ["other"]}}
    made = step("Run", ["live"], command="aws ecs list-clusters", connectorRef="hub")

    (judged,) = found(made, definition("harness_connector", hub))

    assert runs_where_its_connectors_do(judged).holds


def test_machines_of_harness_sign_in_by_a_token_for_one_run() -> None:
    cloud = {"runtime": {"type": "Cloud", "spec": {}}}
    push = step("BuildAndPushECR", connectorRef="aws")

    for way, holds in (("OidcAuthentication", True), ("ManualConfig", False)):
        (judged,) = found(push, aws(way=way), type_="CI", spec=cloud)
        assert runs_on_selected_delegates(judged).holds is holds
    (lonely,) = found(step("BuildAndPushECR"), type_="CI", spec=cloud)
    assert not runs_on_selected_delegates(lonely).holds


def test_a_connector_that_is_not_at_hand_is_unknown() -> None:
    (judged,) = found(step("S3Upload", connectorRef="account.aws"))

    with pytest.raises(UnknownValue, match="is not in the repository"):
        runs_on_selected_delegates(judged)


def test_a_template_that_is_not_at_hand_may_reach_anywhere() -> None:
    hidden = {"step": {"identifier": "x", "template": {"templateRef": "gone"}}}

    (judged,) = found(hidden)

    with pytest.raises(UnknownValue, match="whether it reaches into AWS"):
        runs_on_selected_delegates(judged)
