"""What the manifests say of an environment is what Terraform makes of it, by one writer a field."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import pytest

from tests.harness.definitions import PROJECT, entity, files, manifest, read, steps

EXPRESSION = re.compile(r"<\+env\.variables\.(\w+)>")
APPLICATIONS = ["backend", "frontend"]


@dataclass(frozen=True)
class Place:
    """An environment, as Harness knows it and as Terraform makes it."""

    name: str
    variables: dict[str, str]
    resources: dict[str, Any]

    def made(self, address: str) -> Any:
        return self.resources[address]["values"]

    def filled(self, value: Any) -> Any:
        """A manifest with the environment's names and variables in the place of expressions."""
        if isinstance(value, dict):
            return {key: self.filled(item) for key, item in value.items()}
        if isinstance(value, list):
            return [self.filled(item) for item in value]
        if not isinstance(value, str):
            return value
        text = value.replace("<+env.identifier>", self.name).replace("<+infra.region>", "eu-west-1")
        whole = EXPRESSION.fullmatch(text)
        filled = EXPRESSION.sub(lambda found: self.variables[found[1]], text)
        return int(filled) if whole and filled.isdigit() else filled


ENVIRONMENTS = [
    pytest.param(name, marks=[pytest.mark.xdist_group("reference"), pytest.mark.takes(20)])
    for name in ("staging", "production")
]


@pytest.fixture(scope="module", params=ENVIRONMENTS)
def place(request: pytest.FixtureRequest, environments: dict[str, list[dict[str, Any]]]) -> Place:
    variables = entity("environment", request.param)["variables"]
    return Place(
        name=request.param,
        variables={each["name"]: each["value"] for each in variables},
        resources={each["address"]: each for each in environments[request.param]},
    )


@pytest.mark.parametrize("application", APPLICATIONS)
def test_the_task_definition_is_the_one_of_terraform(place: Place, application: str) -> None:
    made = place.made(f"module.{application}.aws_ecs_task_definition.this")
    given = place.filled(manifest(f"{application}/task-definition.yaml"))

    assert given["family"] == made["family"]
    assert (str(given["cpu"]), str(given["memory"])) == (made["cpu"], made["memory"])
    assert given["networkMode"] == made["network_mode"]
    assert given["requiresCompatibilities"] == made["requires_compatibilities"]
    tags = {tag["key"]: tag["value"] for tag in given["tags"]}
    assert tags.items() <= made["tags"].items()


# What Terraform's first revision leaves to the release.
OF_THE_RELEASE = {"image", "environment", "secrets"}


@pytest.mark.parametrize("application", APPLICATIONS)
def test_the_container_is_the_one_of_terraform(place: Place, application: str) -> None:
    [made] = place.made(f"module.{application}.aws_ecs_task_definition.this")[
        "container_definitions"
    ]
    [given] = place.filled(manifest(f"{application}/task-definition.yaml"))["containerDefinitions"]

    assert {key: given[key] for key in given.keys() - OF_THE_RELEASE} == {
        key: made[key] for key in made.keys() - OF_THE_RELEASE
    }
    assert given["image"] == "<+artifacts.primary.image>"


@pytest.mark.parametrize("application", APPLICATIONS)
def test_the_container_is_told_what_terraform_tells_it(place: Place, application: str) -> None:
    [made] = place.made(f"module.{application}.aws_ecs_task_definition.this")[
        "container_definitions"
    ]
    [given] = place.filled(manifest(f"{application}/task-definition.yaml"))["containerDefinitions"]
    told = {each["name"]: each["value"] for each in given["environment"]}

    for each in made["environment"]:
        assert each["name"] in told
        if "${" not in each["value"]:
            assert told[each["name"]] == each["value"]


@pytest.mark.parametrize("application", APPLICATIONS)
def test_roles_are_those_of_the_service(place: Place, application: str) -> None:
    given = place.filled(manifest(f"{application}/task-definition.yaml"))

    for field, role in (("executionRoleArn", "execution"), ("taskRoleArn", "task")):
        made = place.made(f"module.{application}.aws_iam_role.{role}")["name"]
        assert given[field] == f"arn:aws:iam::{place.variables['account_id']}:role/{made}"


@pytest.mark.parametrize("application", APPLICATIONS)
def test_scaling_of_colours_keeps_the_bounds_of_terraform(place: Place, application: str) -> None:
    made = place.made(f"module.{application}.aws_appautoscaling_target.this")
    variables = place.variables

    assert int(variables[f"{application}_tasks_at_least"]) == made["min_capacity"]
    assert int(variables[f"{application}_tasks_at_most"]) == made["max_capacity"]


@pytest.mark.parametrize("application", APPLICATIONS)
@pytest.mark.parametrize("signal", ["cpu", "memory"])
def test_colours_scale_at_the_targets_of_terraform(
    place: Place, application: str, signal: str
) -> None:
    address = f'module.{application}.aws_appautoscaling_policy.tracking["{signal}"]'
    [made] = place.made(address)["target_tracking_scaling_policy_configuration"]
    policy = manifest(f"{application}_colours/scaling-policy-{signal}.yaml")
    given = policy["targetTrackingScalingPolicyConfiguration"]

    assert given["targetValue"] == made["target_value"]
    assert given["scaleOutCooldown"] == made["scale_out_cooldown"]
    assert given["scaleInCooldown"] == made["scale_in_cooldown"]


@pytest.mark.parametrize("application", APPLICATIONS)
def test_a_colour_is_deployed_like_the_service_of_terraform(place: Place, application: str) -> None:
    made = place.made(f"module.{application}.aws_ecs_service.this")
    given = manifest(f"{application}_colours/service.yaml")
    providers = {each["capacity_provider"]: each for each in made["capacity_provider_strategy"]}

    assert given["deploymentConfiguration"] == {
        "minimumHealthyPercent": made["deployment_minimum_healthy_percent"],
        "maximumPercent": made["deployment_maximum_percent"],
    }
    assert {
        each["capacityProvider"]: each["weight"] for each in given["capacityProviderStrategy"]
    } == {name: each["weight"] for name, each in providers.items()}
    assert int(place.variables[f"{application}_on_demand_base"]) == providers["FARGATE"]["base"]
    assert [each["containerPort"] for each in given["loadBalancers"]] == [
        each["container_port"] for each in made["load_balancer"]
    ]


def test_infrastructures_and_delegates_are_those_of_terraform(place: Place) -> None:
    infrastructure = entity("infrastructureDefinition", f"ecs_{place.name}")["spec"]
    connector = entity("connector", infrastructure["connectorRef"])["spec"]
    [delegate] = place.made("module.delegate.aws_ecs_task_definition.this")["container_definitions"]
    told = {each["name"]: each["value"] for each in delegate["environment"]}

    assert infrastructure["cluster"] == place.made("module.cluster.aws_ecs_cluster.this")["name"]
    assert connector["delegateSelectors"] == [told["DELEGATE_TAGS"]]


def test_secrets_are_read_by_the_role_that_terraform_made_for_it(place: Place) -> None:
    credential = entity("connector", f"aws_secrets_{place.name}")["spec"]["credential"]["spec"]
    role = place.made("module.delegate.aws_iam_role.secret_reader[0]")["name"]
    [delegate] = place.made("module.delegate.aws_ecs_task_definition.this")["container_definitions"]
    told = {each["name"]: each["value"] for each in delegate["environment"]}

    assert credential["roleArn"].endswith(f":role/{role}")
    assert credential["externalId"] == told["ACCOUNT_ID"]


def test_the_names_of_the_environment_are_those_of_terraform(place: Place) -> None:
    balancer = place.made("module.load_balancer.aws_lb.this")["name"]
    zones = place.made("module.network.aws_vpc.this")
    record = place.made("module.load_balancer.aws_route53_record.this")["name"]

    assert zones
    assert place.variables["load_balancer"] == balancer
    assert place.variables["domain_name"] == record
    for name, value in place.variables.items():
        if value.startswith("arn:aws:elasticloadbalancing") and "targetgroup" not in value:
            assert f"/app/{balancer}/" in value, name


# --- who writes what


def test_a_service_of_terraform_is_only_named() -> None:
    for application in APPLICATIONS:
        assert manifest(f"{application}/service.yaml") == {"serviceName": application}


def test_no_manifest_sets_a_number_of_tasks() -> None:
    for file in (PROJECT / "manifests").rglob("service.yaml"):
        assert "desiredCount" not in read(file), file
        assert "taskDefinition" not in read(file), file


def test_only_colours_bring_scaling_of_their_own() -> None:
    for file in files("service"):
        service = read(file)["service"]
        kinds = {
            each["manifest"]["type"] for each in service["serviceDefinition"]["spec"]["manifests"]
        }
        assert ("EcsScalableTargetDefinition" in kinds) == service["identifier"].endswith("colours")


def test_rolling_leaves_the_number_of_tasks_and_the_scaling_alone() -> None:
    found = steps("EcsRollingDeploy")

    assert found
    for step in found:
        assert step.spec == {"sameAsAlreadyRunningInstances": True, "skipApplicationScaling": True}


def test_no_service_of_terraform_is_a_colour() -> None:
    names = {
        manifest(f"{application}_colours/service.yaml")["serviceName"]
        for application in APPLICATIONS
    }

    assert names.isdisjoint(APPLICATIONS)
