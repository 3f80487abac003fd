"""What the delegate may do, on evidence as Terraform gives it."""

from __future__ import annotations

from typing import Any

import pytest

from assurance.model.environments import Environment
from assurance.model.judgements import Layer
from assurance.model.unknown import UnknownValue
from assurance.readers.view import View
from assurance.rules import delegate_roles as rules
from tests.states import managed, state

SERVICES = ("ecs", "elasticloadbalancing")
BUILDS = ("ec2",)


def allow(action: Any, resource: Any) -> dict[str, Any]:
    return {"Effect": "Allow", "Action": action, "Resource": resource}


def trust(*services: str) -> dict[str, Any]:
    names = [f"{service}.amazonaws.com" for service in services]
    statement = {"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": names}}
    return {"Statement": [statement]}


def view(*statements: dict[str, Any], variables: tuple[str, ...] = (), role: str = "own") -> View:
    container = {
        "name": "delegate",
        "image": "harness/delegate:25.01.1",
        "environment": [{"name": name, "value": "x"} for name in variables],
    }
    found = state(
        managed("aws_iam_role.own", name="own"),
        managed("aws_iam_role.web", name="web"),
        managed("aws_iam_role.admin", name="admin", assume_role_policy=trust("lambda")),
        managed("aws_iam_role.migration", name="migration", assume_role_policy=trust("ecs-tasks")),
        managed("aws_iam_role.machine", name="machine", assume_role_policy=trust("ec2")),
        managed("aws_iam_role.both", name="both", assume_role_policy=trust("ecs-tasks", "lambda")),
        managed(
            "aws_iam_role_policy.own",
            role="${aws_iam_role.own.id}",
            policy={"Statement": list(statements)},
        ),
        managed(
            "aws_ecs_task_definition.delegate",
            family="delegate",
            task_role_arn=f"${{aws_iam_role.{role}.arn}}" if role else None,
            container_definitions=[container],
        ),
        managed(
            "aws_ecs_task_definition.web",
            family="web",
            execution_role_arn="${aws_iam_role.web.arn}",
            task_role_arn="${aws_iam_role.web.arn}",
        ),
        managed(
            "aws_ecs_service.delegate",
            name="delegate",
            task_definition="${aws_ecs_task_definition.delegate.arn}",
        ),
        managed(
            "aws_ecs_service.web", name="web", task_definition="${aws_ecs_task_definition.web.arn}"
        ),
    )
    here = Environment(name="production", production=True)
    return View(environment=here, layer=Layer.DECLARED, state=found)


def delegate(found: View) -> Any:
    return found.delegates.services[0]


def test_role_of_its_own_passes() -> None:
    found = view()

    finding = rules.has_a_role_of_its_own(delegate(found), found.identities)

    assert (finding.holds, finding.actual) == (True, "works under aws_iam_role.own")


def test_shared_and_missing_roles_fail() -> None:
    shared, none = view(role="web"), view(role="")

    finding = rules.has_a_role_of_its_own(delegate(shared), shared.identities)

    assert not finding.holds
    assert "is also a role of aws_ecs_service.web" in finding.actual
    assert not rules.has_a_role_of_its_own(delegate(none), none.identities).holds


def test_static_keys_fail() -> None:
    finding = rules.has_no_static_keys(delegate(view(variables=("AWS_ACCESS_KEY_ID",))))

    assert finding.actual == "its environment holds AWS_ACCESS_KEY_ID"
    assert rules.has_no_static_keys(delegate(view(variables=("HOME",)))).holds


def test_reading_and_deploying_are_enough() -> None:
    found = view(allow(["ecs:UpdateService", "rds:DescribeDBInstances"], "*"))

    assert rules.may_only_deploy(
        delegate(found), found.identities, services=SERVICES, build_services=BUILDS
    ).holds


@pytest.mark.parametrize(
    ("action", "actual"),
    [
        ("rds:DeleteDBInstance", "statement 1 changes rds:DeleteDBInstance"),
        ("*", "statement 1 allows everything"),
    ],
)
def test_other_changes_fail(action: str, actual: str) -> None:
    found = view(allow(action, "*"))

    finding = rules.may_only_deploy(
        delegate(found), found.identities, services=SERVICES, build_services=BUILDS
    )

    assert (finding.holds, finding.actual) == (False, actual)


@pytest.mark.parametrize(
    ("resource", "holds"),
    [
        ("${aws_iam_role.web.arn}", True),
        (["${aws_iam_role.web.arn}", "${aws_iam_role.migration.arn}"], True),
        ("${aws_iam_role.both.arn}", False),
        (["${aws_iam_role.web.arn}", "${aws_iam_role.admin.arn}"], False),
        ("*", False),
        ("arn:aws:iam::111122223333:role/shop-*", False),
    ],
)
def test_only_named_roles_of_tasks_are_passed(resource: Any, holds: bool) -> None:
    found = view(allow("iam:PassRole", resource))

    finding = rules.passes_only_task_roles(delegate(found), found.identities)

    assert finding.holds is holds


def test_role_from_elsewhere_is_unknown() -> None:
    found = view(allow("iam:PassRole", "arn:aws:iam::111122223333:role/tasks"))

    with pytest.raises(UnknownValue, match="is a role of tasks"):
        rules.passes_only_task_roles(delegate(found), found.identities)


@pytest.mark.parametrize(("variables", "holds"), [(("RUNNER_URL",), True), ((), False)])
def test_only_a_delegate_with_a_runner_may_start_machines(
    variables: tuple[str, ...], holds: bool
) -> None:
    found = view(
        allow("ec2:RunInstances", "*"),
        allow("iam:PassRole", "${aws_iam_role.machine.arn}"),
        variables=variables,
    )
    changes = rules.may_only_deploy(
        delegate(found), found.identities, services=SERVICES, build_services=BUILDS
    )
    passes = rules.passes_only_task_roles(delegate(found), found.identities)

    assert (changes.holds, passes.holds) == (holds, holds)


def test_a_runner_excuses_nothing_else() -> None:
    found = view(
        allow("rds:DeleteDBInstance", "*"),
        allow("iam:PassRole", "${aws_iam_role.admin.arn}"),
        variables=("RUNNER_URL",),
    )
    changes = rules.may_only_deploy(
        delegate(found), found.identities, services=SERVICES, build_services=BUILDS
    )

    assert (changes.holds, changes.actual) == (
        False,
        "statement 1 changes rds:DeleteDBInstance",
    )
    assert not rules.passes_only_task_roles(delegate(found), found.identities).holds
