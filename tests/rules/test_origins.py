"""Where what services depend on comes from, on evidence as Terraform gives it."""

from __future__ import annotations

from typing import Any

import pytest

from assurance.model.findings import Finding
from assurance.model.unknown import UnknownValue
from assurance.readers.origins import read_origins
from assurance.rules import origins as rules
from tests.states import managed, state, unknown_because

IMAGE = "111122223333.dkr.ecr.eu-west-1.amazonaws.com/web:1"
KEY = {"name": "KEY", "valueFrom": "${aws_secretsmanager_secret.key.arn}:key::"}


def judge(*others: dict[str, Any], container: dict[str, Any], **service: Any) -> Finding:
    found = read_origins(
        state(
            managed("aws_ecs_cluster.main", name="main"),
            managed("aws_iam_role.web", name="web"),
            managed("data.aws_subnet.a", id="subnet-1"),
            managed(
                "aws_ecs_task_definition.web",
                family="web",
                task_role_arn="${aws_iam_role.web.arn}",
                container_definitions=[container],
            ),
            managed(
                "aws_ecs_service.web",
                **{
                    "cluster": "${aws_ecs_cluster.main.id}",
                    "task_definition": "${aws_ecs_task_definition.web.arn}",
                    "network_configuration": [{"subnets": ["${data.aws_subnet.a.id}"]}],
                    **service,
                },
            ),
            *others,
        )
    )
    return rules.depends_on_declared_things(found.dependents[0])


def test_what_is_made_or_looked_up_is_declared() -> None:
    finding = judge(
        managed("aws_ecr_repository.web", name="web"),
        managed("aws_secretsmanager_secret.key", name="key"),
        managed("aws_cloudwatch_log_group.web", name="/web"),
        container={
            "image": IMAGE,
            "secrets": [KEY],
            "logConfiguration": {"options": {"awslogs-group": "/web"}},
        },
    )

    assert finding.holds


@pytest.mark.parametrize(
    ("container", "service", "actual"),
    [
        ({"image": IMAGE}, {}, f"image repository {IMAGE} is a literal that nothing here declares"),
        (
            {"logConfiguration": {"options": {"awslogs-group": "/other"}}},
            {},
            "log group /other is a literal that nothing here declares",
        ),
        ({}, {"cluster": "default"}, "cluster default is a literal that nothing here declares"),
        (
            {},
            {"load_balancer": [{"target_group_arn": "arn:aws:elasticloadbalancing:x"}]},
            "target group arn:aws:elasticloadbalancing:x is a literal that nothing here declares",
        ),
    ],
)
def test_literal_fails(container: dict[str, Any], service: dict[str, Any], actual: str) -> None:
    finding = judge(container=container, **service)

    assert (finding.holds, finding.actual) == (False, actual)


def test_image_of_the_public_is_no_infrastructure() -> None:
    assert judge(container={"image": "nginx:1.27"}).holds


def test_unknown_subnets_are_unknown() -> None:
    hidden = [{"subnets": unknown_because("var.subnets has no value")}]

    with pytest.raises(UnknownValue, match=r"var\.subnets"):
        judge(container={}, network_configuration=hidden)


def script(*commands: str, type_: str = "null_resource") -> Finding:
    resource = managed(f"{type_}.it")
    resource["provisioners"] = [{"type": "local-exec", "command": text} for text in commands]
    return rules.makes_nothing_in_aws(read_origins(state(resource)).scripts[0])


@pytest.mark.parametrize(
    ("command", "actual"),
    [
        (
            '"aws ecs create-service --cluster x"',
            "local-exec runs aws ecs create-service --cluster x",
        ),
        (
            "<<EOT\naws --region eu-west-1 s3api put-bucket-policy\nEOT",
            "local-exec runs aws --region eu-west-1 s3api put-bucket-policy",
        ),
    ],
)
def test_script_that_makes_things_fails(command: str, actual: str) -> None:
    finding = script(command)

    assert (finding.holds, finding.actual) == (False, actual)


def test_stack_of_another_tool_fails() -> None:
    found = read_origins(state(managed("aws_cloudformation_stack.vpc", name="vpc"))).scripts[0]

    assert rules.makes_nothing_in_aws(found).actual == (
        "it hands the making of resources to CloudFormation"
    )


def test_harmless_command_and_no_command_pass() -> None:
    assert script('"sleep 30"').holds
    assert script().holds


def test_every_command_of_a_script_is_read() -> None:
    build = "\n".join(
        (
            "aws ecr get-login-password | docker login --password-stdin registry",
            "# builds",
            "sudo git clone repository \\",
            "  && cd web && docker push web",
        )
    )

    assert script(build).holds
    with pytest.raises(UnknownValue, match=r"what \./deploy\.sh does"):
        script("sleep 5\n./deploy.sh")
    with pytest.raises(UnknownValue, match="cannot be read"):
        script("echo $(./deploy.sh)")


@pytest.mark.parametrize(
    ("listener", "holds"),
    [
        ("arn:aws:elasticloadbalancing:eu-west-1:1:listener/app/a/b/c", False),
        ("${data.aws_lb_listener.main.arn}", True),
    ],
)
def test_listener_before_a_service_is_what_it_depends_on(listener: str, holds: bool) -> None:
    group = "${aws_lb_target_group.web.arn}"

    finding = judge(
        managed("aws_lb_target_group.web", name="web"),
        managed("data.aws_lb_listener.main", arn="arn:aws:elasticloadbalancing:x"),
        managed(
            "aws_lb_listener_rule.web",
            listener_arn=listener,
            action=[{"type": "forward", "target_group_arn": group}],
        ),
        container={"image": "nginx"},
        load_balancer=[{"target_group_arn": group}],
    )

    assert finding.holds is holds


def test_script_that_cannot_be_read_is_unknown() -> None:
    with pytest.raises(UnknownValue, match=r"deploy\.sh"):
        script('"./deploy.sh"')
    with pytest.raises(UnknownValue, match="does not tell"):
        rules.makes_nothing_in_aws(read_origins(state(managed("null_resource.it"))).scripts[0])
