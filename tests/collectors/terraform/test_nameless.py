"""A root whose names nobody has chosen yet: what refers to what is still known."""

from __future__ import annotations

import pytest

from tests.terraform_samples import Collect, resource, values

# One process evaluates them all, so that each sample is evaluated once.
pytestmark = pytest.mark.xdist_group("samples")

STAGE = {"$unknown": "var.stage, which has no value"}
PORT = {"$unknown": "var.port, which has no value"}


def test_a_reference_stays_known_though_the_name_behind_it_is_not(collect: Collect) -> None:
    body = collect("nameless")

    assert values(body, "aws_iam_role.runner")["name"] == STAGE
    assert (
        values(body, "aws_iam_role_policy_attachment.runner")["role"]
        == "${aws_iam_role.runner.name}"
    )


def test_a_text_of_references_names_them_in_their_order(collect: Collect) -> None:
    target = values(collect("nameless"), "aws_appautoscaling_target.app")

    assert (
        target["resource_id"] == "service/${aws_ecs_cluster.app.name}/${aws_ecs_service.app.name}"
    )


def test_a_value_that_another_resource_was_given_is_read_where_it_is_set(collect: Collect) -> None:
    policy = values(collect("nameless"), "aws_appautoscaling_policy.app")

    assert policy["scalable_dimension"] == "ecs:service:DesiredCount"
    assert (
        policy["resource_id"] == "service/${aws_ecs_cluster.app.name}/${aws_ecs_service.app.name}"
    )


def test_a_variable_without_a_type_does_not_hide_what_stands_beside_it(collect: Collect) -> None:
    body = collect("nameless")
    service = values(body, "aws_ecs_service.app")
    rule = values(body, "aws_security_group_rule.app")

    assert service["desired_count"] == 2
    assert service["cluster"] == "${aws_ecs_cluster.app.arn}"
    assert service["load_balancer"][0] == {
        "container_name": "app",
        "container_port": PORT,
        "target_group_arn": "${aws_lb_target_group.app.arn}",
    }
    assert rule["from_port"] == PORT
    assert rule["security_group_id"] == "${aws_security_group.app.id}"


def test_what_a_stand_in_was_given_is_no_ones_made_up_value(collect: Collect) -> None:
    group = values(collect("nameless"), "aws_lb_target_group.app")

    assert group["name"] == STAGE
    assert group["health_check"] == [{"path": STAGE, "port": PORT}]
    assert group["port"] == 80


def test_a_placeholder_that_is_refused_says_nothing_against_the_configuration(
    collect: Collect,
) -> None:
    body = collect("nameless")

    assert body["configuration"]["valid"]
    assert {entry["severity"] for entry in body["diagnostics"]} <= {"warning"}


def test_zones_have_the_letters_of_their_region(collect: Collect) -> None:
    body = collect("nameless")

    assert [
        resource(body, f'aws_subnet.app["ap-northeast-1{letter}"]')["values"]["cidr_block"]
        for letter in "acd"
    ] == ["10.0.1.0/24", "10.0.2.0/24", "10.0.3.0/24"]


def test_a_value_is_read_by_name_out_of_a_map_that_only_aws_knows(collect: Collect) -> None:
    value = values(collect("nameless"), "aws_ssm_parameter.login")["value"]

    assert value == "${data.aws_kms_secrets.kept.plaintext.login}"


def test_inside_an_object_each_value_is_known_or_not_by_itself(collect: Collect) -> None:
    alarm = values(collect("nameless"), "aws_cloudwatch_metric_alarm.cpu")

    assert alarm["dimensions"] == {
        "ClusterName": "${aws_ecs_cluster.app.name}",
        "ServiceName": "${aws_ecs_service.app.name}",
        "Stage": STAGE,
    }


def test_inside_an_encoded_text_references_stay_known(collect: Collect) -> None:
    (container,) = values(collect("nameless"), "aws_ecs_task_definition.app")[
        "container_definitions"
    ]

    assert container["image"] == STAGE
    assert container["environment"] == [
        {"name": "STAGE", "value": STAGE},
        {"name": "CLUSTER", "value": "${aws_ecs_cluster.app.name}"},
    ]
    assert container["logConfiguration"]["options"] == {
        "awslogs-group": "${aws_cloudwatch_log_group.app.name}"
    }
