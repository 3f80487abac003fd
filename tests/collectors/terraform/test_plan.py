"""A plan as JSON: what it knows, filled up by evaluation where Terraform is at hand."""

from __future__ import annotations

import json
from pathlib import Path

from assurance.collectors.terraform import TerraformRequest, collect_terraform
from assurance.collectors.terraform.mirror import Terraform
from tests.terraform_samples import SAMPLES, Body, values


def planned() -> Body:
    """The body of the sample plan."""
    root = SAMPLES / "planned"
    return collect_terraform(TerraformRequest(system=SAMPLES, root=root, plan=root / "plan.json"))


def test_what_a_plan_leaves_open_is_filled_by_evaluation(terraform: Terraform) -> None:
    body = planned()

    assert body["engine"] == "plan"
    network = values(body, "aws_ecs_service.app")["network_configuration"]
    assert network == [{"subnets": ['${aws_subnet.each["a"].id}', '${aws_subnet.each["b"].id}']}]
    containers = values(body, "aws_ecs_task_definition.app")["container_definitions"]
    assert containers[0]["image"] == "${aws_ecr_repository.app.repository_url}:v1"


def test_without_terraform_it_is_a_reference_or_unknown(without_terraform: None) -> None:
    body = planned()

    service = values(body, "aws_ecs_service.app")
    assert service["task_definition"] == "${aws_ecs_task_definition.app.arn}"
    assert service["network_configuration"] == [{"subnets": {"$unknown": "aws_subnet.each"}}]
    assert values(body, 'aws_subnet.each["a"]')["vpc_id"] == "${aws_vpc.main.id}"


def test_policies_read_while_planning_are_decoded(without_terraform: None) -> None:
    role = values(planned(), "aws_iam_role.task")

    assert role["assume_role_policy"]["Statement"][0]["Action"] == "sts:AssumeRole"


def test_what_the_plan_does_to_each_resource_is_listed_with_its_place(
    without_terraform: None,
) -> None:
    changes = {change["address"]: change for change in planned()["changes"]}

    service = changes["aws_ecs_service.app"]
    assert (service["type"], service["actions"], service["replaces"]) == (
        "aws_ecs_service",
        ["create"],
        [],
    )
    assert service["file"] == "planned/main.tf"
    assert service["line"] > 0


def test_a_plan_of_fifty_megabytes_is_read(tmp_path: Path, without_terraform: None) -> None:
    root = SAMPLES / "planned"
    document = json.loads((root / "plan.json").read_bytes())
    subnet = next(c for c in document["resource_changes"] if c["address"].startswith("aws_subnet"))
    number = 50_000_000 // len(json.dumps(subnet)) + 1
    document["resource_changes"] = [
        subnet | {"address": f'aws_subnet.each["{n}"]', "index": str(n)} for n in range(number)
    ]
    plan = tmp_path / "plan.json"
    plan.write_text(json.dumps(document))

    body = collect_terraform(TerraformRequest(system=SAMPLES, root=root, plan=plan))

    assert plan.stat().st_size > 50_000_000
    assert sum(entry["type"] == "aws_subnet" for entry in body["resources"]) == number
