"""Templates of the retired template provider, and files that lie with whoever applies."""

from __future__ import annotations

import pytest

from tests.terraform_samples import Collect, values

# One process evaluates them all, so that each sample is evaluated once.
pytestmark = pytest.mark.xdist_group("samples")


def test_a_template_of_the_retired_provider_is_rendered(collect: Collect) -> None:
    task = values(collect("rendered"), "aws_ecs_task_definition.app")

    assert task["container_definitions"] == [
        {"name": "app", "image": "${aws_ecr_repository.app.repository_url}:v1", "cpu": 256}
    ]


def test_a_template_that_cannot_be_rendered_stays_a_reference(collect: Collect) -> None:
    parameter = values(collect("rendered"), "aws_ssm_parameter.plain")

    assert parameter["value"] == "${data.template_file.plain.rendered}"


def test_a_file_of_whoever_applies_says_nothing_against_the_configuration(
    collect: Collect,
) -> None:
    body = collect("rendered")

    assert body["configuration"]["valid"]
    assert {entry["severity"] for entry in body["diagnostics"]} == {"warning"}
    assert "public_key" in values(body, "aws_key_pair.admin")


def test_a_part_of_a_text_that_only_aws_knows_is_named(collect: Collect) -> None:
    host = values(collect("rendered"), "aws_instance.host")

    assert host["ami"] == "${data.aws_ssm_parameter.machine.value.image_id}"
    assert host["key_name"] == "${data.aws_ssm_parameter.plain.value}"


def test_the_shape_of_a_made_up_value_says_nothing_against_the_configuration(
    collect: Collect,
) -> None:
    body = collect("rendered")

    assert "value" in values(body, "aws_ssm_parameter.part")
    assert body["configuration"]["valid"]
