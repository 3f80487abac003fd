"""Roles of services, service-linked roles, and the reach of an environment's identities."""

from __future__ import annotations

from typing import Any

import pytest

from assurance.model.findings import Finding, NotApplicable
from assurance.model.identities import Identity
from assurance.model.unknown import UnknownValue
from assurance.readers.identities import read_identities
from assurance.rules.identities import (
    grants_no_more_than_needed,
    has_roles_of_its_own,
    is_service_linked,
)
from assurance.rules.separation import changes_only_its_environment
from tests.states import body, managed, state, state_of


def task(name: str, execution: str, work: str) -> dict[str, Any]:
    return managed(
        f"aws_ecs_task_definition.{name}",
        family=name,
        execution_role_arn=execution,
        task_role_arn=work,
    )


def service(name: str) -> dict[str, Any]:
    return managed(
        f"aws_ecs_service.{name}",
        name=name,
        task_definition=f"${{aws_ecs_task_definition.{name}.arn}}",
    )


def roles(*names: str) -> list[dict[str, Any]]:
    return [managed(f"aws_iam_role.{name}", name=name) for name in names]


def test_service_with_two_roles_of_its_own_passes() -> None:
    found = read_identities(
        state(
            *roles("starts", "works"),
            task("web", "${aws_iam_role.starts.arn}", "${aws_iam_role.works.arn}"),
            service("web"),
        )
    )

    finding = has_roles_of_its_own(found.workloads[0])

    assert finding.holds
    assert finding.actual == "starts with aws_iam_role.starts, works under aws_iam_role.works"


def test_missing_same_and_shared_roles_fail() -> None:
    found = read_identities(
        state(
            *roles("one", "two"),
            task("a", "${aws_iam_role.one.arn}", ""),
            task("b", "${aws_iam_role.two.arn}", "${aws_iam_role.two.arn}"),
            task("c", "arn:aws:iam::1:role/shared", "arn:aws:iam::1:role/c"),
            task("d", "arn:aws:iam::1:role/shared", "arn:aws:iam::1:role/d"),
            *(service(name) for name in "abcd"),
        )
    )

    actual = [has_roles_of_its_own(workload).actual for workload in found.workloads]

    assert actual == [
        "has no task role",
        "its execution role is its task role: aws_iam_role.two",
        "shared is also a role of aws_ecs_service.d",
        "shared is also a role of aws_ecs_service.c",
    ]


def test_task_definition_from_elsewhere_is_unknown() -> None:
    found = read_identities(
        state(managed("aws_ecs_service.web", name="web", task_definition="web:3"))
    )

    with pytest.raises(UnknownValue, match="is not part of this configuration"):
        has_roles_of_its_own(found.workloads[0])


def test_hand_made_role_where_aws_brings_its_own_fails() -> None:
    found = read_identities(
        state(
            *roles("scaling"),
            managed("aws_iam_service_linked_role.config", aws_service_name="config.amazonaws.com"),
            managed("aws_appautoscaling_target.web", role_arn="${aws_iam_role.scaling.arn}"),
            managed(
                "aws_config_configuration_recorder.all",
                role_arn="${aws_iam_service_linked_role.config.arn}",
            ),
            managed("aws_ecs_service.web", name="web"),
        )
    )

    findings = {link.subject.id: is_service_linked(link) for link in found.links}

    assert not findings["aws_appautoscaling_target.web"].holds
    assert findings["aws_appautoscaling_target.web"].actual == "is given aws_iam_role.scaling"
    assert findings["aws_config_configuration_recorder.all"].holds
    assert findings["aws_ecs_service.web"].actual == "no role is given: AWS takes its own"


def reach(found: Identity) -> Finding:
    verdict = changes_only_its_environment(found, "staging", (found,))
    assert isinstance(verdict, Finding)
    return verdict


def identity(
    resource: Any, condition: dict[str, Any] | None = None, action: Any = "ecs:UpdateService"
) -> Identity:
    statement = {"Effect": "Allow", "Action": action, "Resource": resource}
    if condition:
        statement["Condition"] = condition
    found = read_identities(
        state(
            managed(
                "aws_iam_role.deployer",
                name="deployer",
                inline_policy=[{"name": "x", "policy": {"Statement": [statement]}}],
            ),
            managed("aws_ecs_service.web", name="web"),
            managed("data.aws_ecs_cluster.other", cluster_name="x", name="shop-prod"),
        )
    )
    return next(item for item in found.identities if item.noun == "role")


@pytest.mark.parametrize(
    ("resource", "condition"),
    [
        ("${aws_ecs_service.web.id}", None),
        ("arn:aws:ecs:eu-west-1:111122223333:service/shop-staging/*", None),
        ("*", {"StringEquals": {"aws:ResourceTag/Environment": "staging"}}),
        ("*", {"StringEqualsIfExists": {"aws:ResourceTag/Environment": "staging"}}),
    ],
)
def test_identity_bound_to_its_environment_passes(
    resource: str, condition: dict[str, Any] | None
) -> None:
    assert reach(identity(resource, condition)).holds


@pytest.mark.parametrize(
    "resource",
    [
        "*",
        "arn:aws:ecs:eu-west-1:111122223333:service/shop-*/*",
        "arn:aws:ecs:eu-west-1:111122223333:service/shop-production/web",
        "${data.aws_ecs_cluster.other.arn}",
    ],
)
def test_identity_that_reaches_production_fails(resource: str) -> None:
    finding = reach(identity(resource))

    assert not finding.holds
    assert finding.actual == f"inline policy x, statement 1 may change {resource}"


def test_exact_name_of_no_environment_is_unknown() -> None:
    found = identity("arn:aws:ecs:eu-west-1:111122223333:service/shop/web")

    with pytest.raises(UnknownValue, match="nothing tells to which environment"):
        reach(found)


def test_identity_kept_in_a_shared_place_is_not_the_environments() -> None:
    found = read_identities(
        state_of(
            body(managed("aws_iam_role.a", name="a"), root="environments/staging"),
            body(managed("aws_iam_role.b", name="b"), root="environments/shared"),
        )
    ).identities

    verdicts = [changes_only_its_environment(item, "staging", found) for item in found]

    assert isinstance(verdicts[0], Finding)
    assert verdicts[1] == NotApplicable("shared")


def test_boundary_grants_nothing() -> None:
    found = read_identities(
        state(
            managed("aws_iam_policy.limit", name="limit", policy={"Statement": []}),
            managed(
                "aws_iam_role.a", name="a", permissions_boundary="arn:aws:iam::1:policy/x/limit"
            ),
        )
    ).identities

    assert grants_no_more_than_needed(found[1]) == NotApplicable("boundary")


IMAGE = "arn:aws:ec2:eu-west-1::image/ami-0123456789abcdef0"


def test_the_image_that_a_machine_starts_from_is_not_changed() -> None:
    own = "arn:aws:ec2:eu-west-1:1:subnet/shop-staging"

    new = "arn:aws:ec2:eu-west-1:1:volume/*"

    assert reach(identity([IMAGE, new, own], action="ec2:RunInstances")).holds


@pytest.mark.parametrize("action", ["ec2:DeregisterImage", ["ec2:RunInstances", "ec2:CreateTags"]])
def test_an_image_that_may_be_changed_is_asked_whose_it_is(action: Any) -> None:
    with pytest.raises(UnknownValue, match="to which environment"):
        reach(identity([IMAGE], action=action))
