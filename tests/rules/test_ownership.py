"""What is said of fields that Terraform and a pipeline write by turns."""

from __future__ import annotations

from typing import Any

import pytest

from assurance.model.findings import Finding
from assurance.model.unknown import UnknownValue
from assurance.rules.ownership import has_one_writer_a_field
from tests.harness_states import definition, harness_view
from tests.states import managed, unknown_because

GIVEN_AWAY = {"ignore_changes": ["desired_count", "task_definition"]}
KEEPING: dict[str, Any] = {"sameAsAlreadyRunningInstances": True, "skipApplicationScaling": True}


def service(lifecycle: dict[str, Any] | None = None, **values: Any) -> dict[str, Any]:
    own = {"name": "backend", "desired_count": 2, "task_definition": "x", **values}
    return managed("aws_ecs_service.it", lifecycle=lifecycle or {}, **own)


def target(name: str = "backend", lifecycle: dict[str, Any] | None = None) -> dict[str, Any]:
    return managed(
        "aws_appautoscaling_target.it",
        resource_id=f"service/shop/{name}",
        scalable_dimension="ecs:service:DesiredCount",
        min_capacity=1,
        max_capacity=4,
        lifecycle=lifecycle or {},
    )


def manifest(type_: str = "EcsServiceDefinition", **values: Any) -> dict[str, Any]:
    name = {"serviceName": "backend"} if type_ == "EcsServiceDefinition" else {}
    found = definition("harness_manifest", {"identifier": type_, **name, **values})
    return {**found, "manifest_type": type_, "service_identifier": "api"}


def pipeline(type_: str = "EcsRollingDeploy", **spec: Any) -> dict[str, Any]:
    step = {"step": {"identifier": "go", "type": type_, "spec": spec}}
    stage = {
        "identifier": "s",
        "type": "Deployment",
        "spec": {"service": {"serviceRef": "api"}, "execution": {"steps": [step]}},
    }
    return definition("harness_pipeline", {"identifier": "cd", "stages": [{"stage": stage}]})


def judged(
    *definitions: dict[str, Any], terraform: tuple[dict[str, Any], ...]
) -> dict[str, Finding]:
    api = definition("harness_service", {"identifier": "api"})
    view = harness_view(api, *definitions, terraform=terraform)
    return {each.subject.id: has_one_writer_a_field(each) for each in view.delivery.ownership}


def test_what_terraform_gives_away_has_one_writer() -> None:
    found = judged(pipeline(**KEEPING), manifest(), terraform=(service(GIVEN_AWAY), target()))

    assert {name: finding.holds for name, finding in found.items()} == {"aws_ecs_service.it": True}
    assert found["aws_ecs_service.it"].actual == (
        "desired_count is written by autoscaling; task_definition is written by deployments of api"
    )


@pytest.mark.parametrize(
    ("ignored", "said"),
    [
        ([], "task_definition is written by Terraform and deployments of api"),
        (["task_definition"], "desired_count is written by Terraform and autoscaling"),
        (["desired_count"], "task_definition is written by Terraform and deployments of api"),
    ],
)
def test_what_terraform_keeps_has_two_writers(ignored: list[str], said: str) -> None:
    lifecycle = {"ignore_changes": ignored}

    found = judged(pipeline(**KEEPING), manifest(), terraform=(service(lifecycle), target()))

    assert not found["aws_ecs_service.it"].holds
    assert said in found["aws_ecs_service.it"].actual


def test_a_resource_of_which_terraform_ignores_everything_is_given_away() -> None:
    found = judged(
        pipeline(**KEEPING), manifest(), terraform=(service({"ignore_changes": "all"}), target())
    )

    assert found["aws_ecs_service.it"].holds


@pytest.mark.parametrize(
    ("sets", "terraform", "holds"),
    [
        ({"networkConfiguration": {}}, {"network_configuration": [{"subnets": ["a"]}]}, False),
        ({"networkConfiguration": {}}, {}, True),
        ({"deploymentConfiguration": {}}, {"deployment_maximum_percent": 200}, False),
        ({"platformVersion": "LATEST"}, {"platform_version": "LATEST"}, False),
        ({}, {"network_configuration": [{"subnets": ["a"]}]}, True),
    ],
)
def test_a_manifest_writes_what_it_sets(
    sets: dict[str, Any], terraform: dict[str, Any], holds: bool
) -> None:
    found = judged(
        pipeline(**KEEPING), manifest(**sets), terraform=(service(GIVEN_AWAY, **terraform),)
    )

    assert found["aws_ecs_service.it"].holds is holds


@pytest.mark.parametrize(("keeps", "holds"), [(True, True), (False, False)])
def test_a_count_in_a_manifest_undoes_autoscaling(keeps: bool, holds: bool) -> None:
    release = pipeline(sameAsAlreadyRunningInstances=keeps, skipApplicationScaling=True)

    found = judged(release, manifest(desiredCount=2), terraform=(service(GIVEN_AWAY), target()))

    assert found["aws_ecs_service.it"].holds is holds


def test_a_step_that_scales_is_a_writer() -> None:
    scaling = pipeline("EcsScale", service="backend")

    found = judged(scaling, manifest(), terraform=(service(GIVEN_AWAY), target()))

    assert "a step that scales it and autoscaling" in found["aws_ecs_service.it"].actual


@pytest.mark.parametrize(
    ("others", "spec", "said"),
    [
        ((), {"sameAsAlreadyRunningInstances": True}, "which remove it"),
        ((manifest("EcsScalableTargetDefinition"),), KEEPING, "Terraform and deployments of api"),
    ],
)
def test_a_deployment_that_touches_scaling_is_a_writer(
    others: tuple[dict[str, Any], ...], spec: dict[str, Any], said: str
) -> None:
    found = judged(pipeline(**spec), manifest(), *others, terraform=(service(GIVEN_AWAY), target()))

    assert not found["aws_appautoscaling_target.it"].holds
    assert said in found["aws_appautoscaling_target.it"].actual


def test_scaling_that_terraform_gives_away_has_one_writer() -> None:
    ours = target(lifecycle={"ignore_changes": ["min_capacity", "max_capacity"]})
    scaling = manifest("EcsScalableTargetDefinition")

    found = judged(pipeline(**KEEPING), manifest(), scaling, terraform=(service(GIVEN_AWAY), ours))

    assert found["aws_appautoscaling_target.it"].holds


def test_a_deployment_of_another_service_writes_nothing_here() -> None:
    other = manifest(serviceName="other")

    assert judged(pipeline(**KEEPING), other, terraform=(service(),)) == {}


def test_colours_are_services_of_their_own() -> None:
    colours = pipeline("EcsBlueGreenCreateService")

    assert judged(colours, manifest(), terraform=(service(),)) == {}


def rule(*weights: int, ignored: tuple[str, ...] = ()) -> dict[str, Any]:
    groups = [{"arn": f"arn:{weight}", "weight": weight} for weight in weights]
    forward = {"type": "forward", "forward": [{"target_group": groups}]}
    return managed(
        "aws_lb_listener_rule.it", action=[forward], lifecycle={"ignore_changes": list(ignored)}
    )


@pytest.mark.parametrize("type_", ["EcsBlueGreenSwapTargetGroups", "EcsBlueGreenTrafficShift"])
def test_weights_belong_to_who_shifts_traffic(type_: str) -> None:
    kept = judged(pipeline(type_), terraform=(rule(100, 0),))
    given = judged(pipeline(type_), terraform=(rule(100, 0, ignored=("action",)),))

    assert kept["aws_lb_listener_rule.it"].actual == (
        "weights is written by Terraform and deployments that shift traffic"
    )
    assert given["aws_lb_listener_rule.it"].holds


def test_without_shifts_or_weights_a_rule_is_terraforms() -> None:
    assert judged(pipeline(**KEEPING), terraform=(rule(100, 0),)) == {}
    assert judged(pipeline("EcsBlueGreenTrafficShift"), terraform=(rule(100),)) == {}


@pytest.mark.parametrize(
    ("own", "named"),
    [("backend", "<+env.variables.service>"), (unknown_because("later"), "backend")],
)
def test_a_name_that_nobody_knows_may_be_any(own: Any, named: str) -> None:
    release = manifest(serviceName=named)

    with pytest.raises(UnknownValue, match="names that the run decides"):
        judged(pipeline(**KEEPING), release, terraform=(service(name=own),))
    given_away = judged(pipeline(**KEEPING), release, terraform=(service(GIVEN_AWAY, name=own),))
    assert given_away["aws_ecs_service.it"].holds
