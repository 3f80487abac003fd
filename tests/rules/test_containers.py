"""Containers get what they need, no more, and what they say is kept."""

from __future__ import annotations

from typing import Any

import pytest

from assurance.model.unknown import UnknownValue
from assurance.rules import containers as rules
from tests.running import container, task, view
from tests.states import managed, unknown_because


def definition(*containers: Any, **changes: Any) -> Any:
    (one,) = view(task(*containers, **changes)).services.task_definitions
    return one


def only(**changes: Any) -> Any:
    (one,) = definition(container(**changes)).containers
    return one


@pytest.mark.parametrize(
    ("cpu", "memory", "is_offered"),
    [
        ("256", "512", True),
        ("0.25 vCPU", "0.5GB", True),
        ("1 vCPU", "2GB", True),
        (1024, 8192, True),
        ("8192", "61440", True),
        ("16384", "122880", True),
        ("8192", "18432", False),
        ("256", "4096", False),
        ("300", "512", False),
        (None, "512", False),
        ("256", None, False),
    ],
)
def test_only_documented_pairs_of_cpu_and_memory_pass(
    cpu: Any, memory: Any, is_offered: Any
) -> None:
    """Sizes may be written with units."""
    assert rules.has_fargate_size(definition(cpu=cpu, memory=memory)).holds is is_offered


def test_a_second_container_without_limits_fails_and_is_named() -> None:
    """One bad container beside a good one decides."""
    finding = rules.bounds_every_container(
        definition(container(), container(name="sidecar", cpu=None, memory=None))
    )

    assert not finding.holds
    assert finding.actual == "sidecar: cpu unset, memory unset"


def test_containers_that_ask_for_more_than_the_task_has_do_not_fit() -> None:
    """The sum counts."""
    finding = rules.fits_its_containers(definition(container(), container(name="b", cpu=1)))

    assert not finding.holds
    assert finding.actual == "containers take CPU 257 and memory 1024"


@pytest.mark.parametrize(
    ("check", "essential", "holds"),
    [
        ({"command": ["CMD-SHELL", "true"]}, True, True),
        ({"command": ["NONE"]}, True, False),
        (None, True, False),
        (None, False, True),
    ],
)
def test_essential_containers_need_a_health_check(check: Any, essential: Any, holds: Any) -> None:
    """A sidecar that is not essential needs none."""
    second = container(name="second", essential=essential, healthCheck=check)

    assert rules.checks_its_health(definition(container(), second)).holds is holds


def test_a_log_router_needs_no_health_check() -> None:
    """The router is not the application."""
    router = container(name="router", healthCheck=None, firelensConfiguration={"type": "fluentbit"})

    assert rules.checks_its_health(definition(container(), router)).holds


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"privileged": True}, rules.is_unprivileged),
        ({"linuxParameters": None}, rules.drops_capabilities),
        ({"linuxParameters": {"capabilities": {"drop": ["NET_RAW"]}}}, rules.drops_capabilities),
        ({"readonlyRootFilesystem": None}, rules.has_read_only_root),
        ({"readonlyRootFilesystem": False}, rules.has_read_only_root),
        ({"user": None}, rules.runs_as_ordinary_user),
        ({"user": "root"}, rules.runs_as_ordinary_user),
        ({"user": "0:1000"}, rules.runs_as_ordinary_user),
        ({"user": 0}, rules.runs_as_ordinary_user),
    ],
)
def test_each_privilege_fails_and_its_absence_passes(changes: Any, rule: Any) -> None:
    """What is unset takes the default of AWS or Docker."""
    assert not rule(only(**changes)).holds
    assert rule(only()).holds


DIGEST = "@sha256:" + "0" * 64
ECR = "123456789012.dkr.ecr.eu-west-1.amazonaws.com"


@pytest.mark.parametrize(
    ("image", "is_private"),
    [
        ("${aws_ecr_repository.app.repository_url}:v1", True),
        (f"{ECR}/app:v1", True),
        ("${data.aws_caller_identity.me.account_id}.dkr.ecr.eu-west-1.amazonaws.com/app", True),
        (f"{ECR}.cn/app:v1", True),
        ("public.ecr.aws/nginx/nginx:1", False),
        ("docker.io/library/nginx", False),
        ("nginx", False),
        ("ghcr.io/org/app:v1", False),
        ("localhost:5000/app:v1", False),
    ],
)
def test_private_images_come_from_ecr(image: Any, is_private: Any) -> None:
    """A reference to a repository and a literal address count the same."""
    assert rules.runs_private_image(only(image=image)).holds is is_private


def test_credentials_make_another_registry_private() -> None:
    """A registry that asks who is there is private."""
    found = only(
        image="ghcr.io/org/app:v1", repositoryCredentials={"credentialsParameter": "arn:aws:x"}
    )

    assert rules.runs_private_image(found).holds


@pytest.mark.parametrize(
    ("image", "holds"),
    [
        ("${aws_ecr_repository.app.repository_url}:v1", True),
        ("${aws_ecr_repository.app.repository_url}", False),
        ("${aws_ecr_repository.app.repository_url}:latest", False),
        ("nginx" + DIGEST, True),
        (f"{ECR}/app:v1", True),
        ("${data.aws_ecr_image.app.image_uri}", True),
    ],
)
def test_images_are_named_by_digest_or_immutable_tag(image: Any, holds: Any) -> None:
    """`latest` moves by its meaning."""
    assert rules.runs_fixed_image(only(image=image)).holds is holds


def test_a_mutable_repository_makes_the_tag_movable() -> None:
    """Unset, tags can be moved."""
    repository = managed("aws_ecr_repository.app", name="app")
    found = view(repository, task(container(image="${aws_ecr_repository.app.repository_url}:v1")))

    finding = rules.runs_fixed_image(found.services.task_definitions[0].containers[0])

    assert not finding.holds
    assert finding.actual == "tag v1 of aws_ecr_repository.app can be moved"


@pytest.mark.parametrize("image", [f"{ECR}/elsewhere:v1", "nginx:1.27"])
def test_a_repository_that_nobody_can_see_is_unknown(image: Any) -> None:
    """Whether its tags move cannot be known."""
    with pytest.raises(UnknownValue, match="not part of this configuration"):
        rules.runs_fixed_image(only(image=image))


def test_an_unknown_image_leaves_the_rest_of_the_container_known() -> None:
    """One unknown part hides nothing else."""
    found = only(image=unknown_because("var.image has no value"))

    with pytest.raises(UnknownValue, match=r"var\.image"):
        rules.runs_private_image(found)
    assert rules.has_read_only_root(found).holds


def test_containers_that_nobody_can_see_are_one_unknown_subject() -> None:
    """The definition still has exactly one subject."""
    found = definition(container_definitions=unknown_because("file() is not readable"))

    (one,) = found.containers

    assert one.subject.id == "aws_ecs_task_definition.app/container 0"
    with pytest.raises(UnknownValue, match="file"):
        rules.is_unprivileged(one)


@pytest.mark.parametrize(
    ("logging", "actual"),
    [
        (None, "no log configuration"),
        ({"logDriver": "splunk"}, "driver splunk, no group of CloudWatch Logs"),
        ({"logDriver": "awslogs"}, "driver awslogs, no group of CloudWatch Logs"),
        (
            {"logDriver": "awsfirelens", "options": {"Name": "datadog"}},
            "driver awsfirelens, no group of CloudWatch Logs",
        ),
    ],
)
def test_logs_elsewhere_are_not_in_cloudwatch(logging: Any, actual: Any) -> None:
    """No driver, another driver, or a router that sends elsewhere."""
    finding = rules.logs_to_cloudwatch(only(logConfiguration=logging))

    assert not finding.holds
    assert finding.actual == actual


def test_the_log_router_may_write_to_cloudwatch() -> None:
    """Fluent Bit's plugin names the group its own way."""
    options = {"Name": "cloudwatch_logs", "log_group_name": "/app"}
    found = only(logConfiguration={"logDriver": "awsfirelens", "options": options})

    assert rules.logs_to_cloudwatch(found).holds
    assert rules.logs_are_kept(found, days=90).holds


def test_a_group_that_is_made_on_demand_is_not_declared() -> None:
    """ECS makes it without key and retention."""
    options = {"awslogs-group": "/new", "awslogs-create-group": "true"}
    found = only(logConfiguration={"logDriver": "awslogs", "options": options})

    finding = rules.logs_to_declared_group(found)

    assert not finding.holds
    assert finding.actual == "group /new is made by the first container that starts"
    assert not rules.logs_are_encrypted(found).holds


def test_a_group_that_is_looked_up_is_unknown() -> None:
    """It exists, and nobody can see its key."""
    data = managed("data.aws_cloudwatch_log_group.shared", name="/shared")
    options = {"awslogs-group": "/shared"}
    found = view(
        data, task(container(logConfiguration={"logDriver": "awslogs", "options": options}))
    )

    with pytest.raises(UnknownValue, match="/shared"):
        rules.logs_are_encrypted(found.services.task_definitions[0].containers[0])


@pytest.mark.parametrize(
    ("days", "holds", "actual"),
    [
        (30, False, "group /app: 30 days"),
        (90, True, "group /app: 90 days"),
        (0, True, "group /app: never expires"),
        (None, True, "group /app: never expires"),
    ],
)
def test_logs_are_kept_as_long_as_agreed_or_for_ever(days: Any, holds: Any, actual: Any) -> None:
    """Unset retention means for ever."""
    values = {} if days is None else {"retention_in_days": days}
    group = managed("aws_cloudwatch_log_group.app", name="/app", **values)

    finding = rules.logs_are_kept(view(group).services.task_definitions[0].containers[0], days=90)

    assert (finding.holds, finding.actual) == (holds, actual)
    assert not rules.logs_are_encrypted(
        view(group).services.task_definitions[0].containers[0]
    ).holds
