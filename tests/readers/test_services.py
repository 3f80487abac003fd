"""Services are read whichever way Terraform says them."""

from __future__ import annotations

from typing import Any

import pytest

from assurance.model.unknown import UnknownValue, is_unknown
from tests.running import CLUSTER, container, looked_at, service, task, view
from tests.states import body, managed, state_of, unknown_because


def only(*resources: Any) -> Any:
    (one,) = view(*resources).services.services
    return one


@pytest.mark.parametrize(
    "cluster",
    [
        "${aws_ecs_cluster.main.id}",
        "${aws_ecs_cluster.main.arn}",
        "${aws_ecs_cluster.main.name}",
        "main",
        "arn:aws:ecs:eu-west-1:123456789012:cluster/main",
    ],
)
def test_a_cluster_is_found_by_reference_name_or_arn(cluster: Any) -> None:
    """All of them mean the same cluster."""
    assert only(service(cluster=cluster)).cluster.subject.id == "aws_ecs_cluster.main"


def test_a_service_without_cluster_is_in_the_default_one() -> None:
    """AWS makes that one, with nothing configured."""
    cluster = only(service(cluster=None)).cluster

    assert (cluster.name, cluster.insights, cluster.strategy) == ("default", "disabled", ())


def test_a_cluster_of_a_sibling_root_is_found_through_a_look_up() -> None:
    """Two roots with states of their own make one system."""
    shared = body(CLUSTER, root="shared")
    own = body(
        service(cluster="${data.aws_ecs_cluster.main.arn}"),
        task(),
        managed("data.aws_ecs_cluster.main", cluster_name="main", name="main"),
        root="own",
    )

    (one,) = looked_at(state_of(shared, own)).services.services

    assert one.cluster.subject.id == "aws_ecs_cluster.main"


@pytest.mark.parametrize(
    ("reference", "is_known"),
    [
        ("${aws_ecs_task_definition.app.arn}", True),
        ("${aws_ecs_task_definition.app.family}", True),
        ("app", True),
        ("app:${aws_ecs_task_definition.app.revision}", True),
        ("app:7", False),
        ("${data.aws_ecs_task_definition.app.arn}", False),
        (unknown_because("max() of revisions"), False),
        (None, False),
    ],
)
def test_a_task_definition_is_known_unless_its_revision_is_another(
    reference: Any, is_known: Any
) -> None:
    """A fixed revision is not the one that is declared here."""
    found = only(service(task_definition=reference))

    assert is_unknown(found.task_definition) is not is_known


def test_a_task_set_says_how_an_external_deployment_runs() -> None:
    """The service itself says nothing then."""
    external = service(
        deployment_controller=[{"type": "EXTERNAL"}],
        task_definition=None,
        network_configuration=None,
        capacity_provider_strategy=None,
    )
    task_set = managed(
        "aws_ecs_task_set.app",
        service="${aws_ecs_service.app.id}",
        cluster="${aws_ecs_cluster.main.id}",
        task_definition="${aws_ecs_task_definition.app.arn}",
        launch_type="FARGATE",
        network_configuration=[{"subnets": ["${aws_subnet.a.id}"], "assign_public_ip": True}],
    )

    found = only(external, task_set)

    assert found.launch_type == "FARGATE"
    assert found.assigns_public_address
    assert found.task_definition.family == "app"
    assert found.subject.parts == ("aws_ecs_task_set.app",)


def test_without_security_groups_the_default_group_of_the_vpc_applies() -> None:
    """And it is known as such."""
    (group,) = only(
        service(network_configuration=[{"subnets": ["${aws_subnet.a.id}"]}])
    ).security_groups

    assert group.is_default


def test_the_clusters_own_strategy_may_stand_in_the_cluster() -> None:
    """Older configurations write it there."""
    cluster = managed(
        "aws_ecs_cluster.main",
        name="main",
        capacity_providers=["FARGATE", "FARGATE_SPOT"],
        default_capacity_provider_strategy=[{"capacity_provider": "FARGATE_SPOT", "weight": 1}],
    )

    found = only(cluster, service(capacity_provider_strategy=None))

    assert [share.provider for share in found.strategy] == ["FARGATE_SPOT"]


def test_an_unknown_part_stays_where_it_is() -> None:
    """What is beside it is read."""
    found = only(
        service(desired_count=unknown_because("var.count has no value"), launch_type="FARGATE")
    )

    with pytest.raises(UnknownValue, match=r"var\.count"):
        bool(found.desired_count > 1)
    assert found.name == "app"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ({"environment": unknown_because("var.environment")}, "variables"),
        ({"portMappings": unknown_because("var.ports")}, "ports"),
        ({"logConfiguration": unknown_because("var.log")}, "logging"),
        ({"healthCheck": unknown_because("var.check")}, "health_command"),
        ({"stopTimeout": unknown_because("var.stop")}, "stop_timeout"),
        ({"secrets": unknown_because("var.secrets")}, "secrets"),
    ],
)
def test_unknown_parts_of_a_container_do_not_spread(written: Any, read: Any) -> None:
    """Each part is unknown for itself."""
    found = only(task(container(**written))).task_definition.containers[0]

    unknowns = {name for name in type(found).__slots__ if is_unknown(getattr(found, name))}

    assert unknowns == {read}


def test_secrets_are_followed_to_what_holds_them() -> None:
    """A key inside the secret comes after its ARN."""
    reference = "${aws_secretsmanager_secret.db.arn}:password::"
    found = only(task(container(secrets=[{"name": "P", "valueFrom": reference}])))

    (secret,) = found.task_definition.containers[0].secrets

    assert (secret.name, secret.secret) == ("P", "aws_secretsmanager_secret.db")
