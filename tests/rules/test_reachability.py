"""Reachability: what is open only when address, route, ACL and groups are all open."""

from __future__ import annotations

from typing import Any

import pytest

from assurance.model.findings import Finding
from assurance.model.parties import Party, Role
from assurance.model.unknown import UnknownValue
from assurance.rules import hops, internet_ways
from assurance.rules import reachability as rules
from tests.small_system import SmallSystem, entry, group, rule

WORLD = ["0.0.0.0/0"]
PUBLIC = ["${aws_subnet.public_a.id}"]


def exposed() -> SmallSystem:
    """Return the system with one service that the internet reaches."""
    network = {"subnets": PUBLIC, "security_groups": [group("api")], "assign_public_ip": True}
    system = SmallSystem().change("aws_ecs_service.api", network_configuration=[network])
    ingress = [rule(8080, cidr_blocks=WORLD)]
    return system.change("aws_security_group.api", ingress=ingress)


def from_internet(system: SmallSystem, name: str = "aws_ecs_service.api") -> Finding:
    """Judge whether the internet reaches a party."""
    found = {one.subject.id: one for one in system.read()[2].all}
    return internet_ways.is_not_reached_from_the_internet(found[name])


def to_database(system: SmallSystem) -> Finding:
    """Judge who reaches the database."""
    parties = system.read()[2]
    (database,) = parties.of(Role.DATABASE)
    return rules.is_reached_by_the_backend_alone(database, parties)


def roles(system: SmallSystem) -> dict[str, Role]:
    """Return the role of every party by id."""
    return {one.subject.id: one.role for one in system.read()[2].all}


def test_the_open_way_is_printed_passage_by_passage() -> None:
    found = from_internet(exposed())

    assert not found.holds
    assert found.actual == (
        "internet → aws_internet_gateway.main (by aws_route_table.public) → "
        "public address of aws_ecs_service.api in aws_subnet.public_a → "
        "default network ACL of aws_vpc.main (in: entry 100 allows all protocols for 0.0.0.0/0) → "
        "aws_security_group.api (tcp 8080 for 0.0.0.0/0) → aws_ecs_service.api"
    )


def test_without_a_public_address_there_is_no_way() -> None:
    system = exposed()
    network = {"subnets": PUBLIC, "security_groups": [group("api")]}
    system.change("aws_ecs_service.api", network_configuration=[network])

    assert from_internet(system).actual == "aws_ecs_service.api has no public address"


def test_without_a_route_to_the_gateway_there_is_no_way() -> None:
    found = from_internet(exposed().remove("aws_route.public"))

    assert found.holds
    assert "has no IPv4 route to an internet gateway" in found.actual


def test_without_a_group_that_admits_the_internet_there_is_no_way() -> None:
    system = exposed().change("aws_security_group.api", ingress=[rule(8080, self=True)])

    assert from_internet(system).holds


@pytest.mark.parametrize(
    ("ingress", "egress"),
    [
        ([], [entry(1, "0.0.0.0/0", 0, 65535)]),
        ([entry(1, "0.0.0.0/0", 443)], [entry(1, "0.0.0.0/0", 0, 65535)]),
        ([entry(1, "0.0.0.0/0", 0, 65535)], []),
        (
            [entry(1, "0.0.0.0/0", 8080, action="deny"), entry(2, "0.0.0.0/0", 0, 65535)],
            [entry(1, "0.0.0.0/0", 0, 65535)],
        ),
    ],
)
def test_an_acl_closes_the_way_for_the_call_or_for_the_answer(
    ingress: list[Any], egress: list[Any]
) -> None:
    system = exposed().add(
        "aws_network_acl.public",
        vpc_id="${aws_vpc.main.id}",
        subnet_ids=PUBLIC,
        ingress=ingress,
        egress=egress,
    )

    assert from_internet(system).holds


def test_a_later_denial_does_not_close_what_an_earlier_entry_opens() -> None:
    system = exposed().add(
        "aws_network_acl.public",
        vpc_id="${aws_vpc.main.id}",
        subnet_ids=PUBLIC,
        ingress=[entry(9, "0.0.0.0/0", 8080, action="deny"), entry(2, "0.0.0.0/0", 8080)],
        egress=[entry(1, "0.0.0.0/0", 0, 65535)],
    )

    assert not from_internet(system).holds


def test_a_group_from_outside_leaves_the_way_unknown() -> None:
    network = {"subnets": PUBLIC, "security_groups": ["sg-0abc"], "assign_public_ip": True}
    system = SmallSystem().change("aws_ecs_service.api", network_configuration=[network])

    with pytest.raises(UnknownValue, match="security group sg-0abc"):
        from_internet(system)


def test_a_private_subnet_closes_the_way_whatever_the_group() -> None:
    network = {
        "subnets": ["${aws_subnet.app_a.id}"],
        "security_groups": ["sg-0abc"],
        "assign_public_ip": True,
    }
    system = SmallSystem().change("aws_ecs_service.api", network_configuration=[network])

    assert from_internet(system).holds


def test_an_instance_takes_the_public_address_that_its_subnet_gives() -> None:
    system = SmallSystem().change("aws_subnet.public_a", map_public_ip_on_launch=True)
    system.add(
        "aws_instance.bastion",
        subnet_id=PUBLIC[0],
        vpc_security_group_ids=["${aws_security_group.bastion.id}"],
    )
    ssh = [rule(22, cidr_blocks=["203.0.113.0/24"])]
    system.add("aws_security_group.bastion", vpc_id="${aws_vpc.main.id}", ingress=ssh)

    found = from_internet(system, "aws_instance.bastion")

    assert not found.holds
    assert "aws_security_group.bastion (tcp 22 for 203.0.113.0/24)" in found.actual


def test_the_backend_reaches_the_database() -> None:
    found = to_database(SmallSystem())

    assert found.holds
    assert found.actual.startswith(
        "aws_ecs_service.api → aws_security_group.api (tcp 5432 for aws_security_group.db) → "
        "the local route → aws_network_acl.app (out: entry 110"
    )


def frontend_with_a_way(system: SmallSystem) -> SmallSystem:
    """Let the frontend call the database."""
    groups = [group("api"), group("web")]
    system.change("aws_security_group.db", ingress=[rule(5432, security_groups=groups)])
    egress = [rule(8080, security_groups=[group("api")]), rule(5432, cidr_blocks=["10.0.0.0/8"])]
    return system.change("aws_security_group.web", egress=egress)


def test_a_service_that_uses_no_database_must_not_reach_it() -> None:
    found = to_database(frontend_with_a_way(SmallSystem()))

    assert not found.holds
    assert found.actual.startswith(
        "aws_ecs_service.web → aws_security_group.web (tcp 5432 for 10.0.0.0/8)"
    )


def test_the_callers_own_egress_closes_the_way() -> None:
    groups = [group("api"), group("web")]
    system = SmallSystem()
    system.change("aws_security_group.db", ingress=[rule(5432, security_groups=groups)])

    assert to_database(system).holds


def test_an_acl_that_blocks_the_answer_cuts_the_backend_off() -> None:
    system = SmallSystem().change("aws_network_acl.data", egress=[])

    found = to_database(system)

    assert not found.holds
    assert found.actual == "no service reaches it"


def test_a_load_balancer_must_not_reach_the_database() -> None:
    system = SmallSystem()
    groups = [group("api"), group("lb")]
    system.change("aws_security_group.db", ingress=[rule(5432, security_groups=groups)])
    system.change("aws_security_group.lb", egress=[rule(5432, cidr_blocks=WORLD)])
    data = [entry(100, "10.0.0.0/16", 5432)], [entry(100, "10.0.0.0/16", 1024, 65535)]
    system.change("aws_network_acl.data", ingress=data[0], egress=data[1])

    found = to_database(system)

    assert not found.holds
    assert found.actual.startswith("aws_lb.main → ")


def test_a_function_that_rotates_the_secret_may_reach_the_database() -> None:
    system = SmallSystem()
    place = {
        "subnet_ids": ["${aws_subnet.data_a.id}"],
        "security_group_ids": ["${aws_security_group.rotation.id}"],
    }
    system.add("aws_lambda_function.rotation", vpc_config=[place])
    system.add(
        "aws_security_group.rotation",
        vpc_id="${aws_vpc.main.id}",
        egress=[rule(5432, security_groups=[group("db")])],
    )
    groups = [group("api"), "${aws_security_group.rotation.id}"]
    system.change("aws_security_group.db", ingress=[rule(5432, security_groups=groups)])

    assert roles(system)["aws_lambda_function.rotation"] is Role.FUNCTION
    assert not to_database(system).holds

    arn = "${aws_lambda_function.rotation.arn}"
    system.add("aws_secretsmanager_secret_rotation.db", rotation_lambda_arn=arn)

    assert roles(system)["aws_lambda_function.rotation"] is Role.ROTATION
    assert to_database(system).holds


def test_a_range_of_a_peered_network_is_a_way_in() -> None:
    system = SmallSystem()
    ranges = rule(5432, cidr_blocks=["10.50.0.0/16"])
    ingress = [rule(5432, security_groups=[group("api")]), ranges]
    system.change("aws_security_group.db", ingress=ingress)
    assert to_database(system).holds

    system.add(
        "aws_route.peer",
        route_table_id="${aws_route_table.data.id}",
        destination_cidr_block="10.50.0.0/16",
        vpc_peering_connection_id="pcx-1",
    )

    found = to_database(system)
    assert not found.holds
    assert found.actual.startswith("10.50.0.0/16 → pcx-1 (by aws_route_table.data)")


def test_a_delegate_is_no_backend() -> None:
    system = frontend_with_a_way(SmallSystem())
    settings = [{"name": name, "value": "x"} for name in ("DELEGATE_NAME", "DELEGATE_TYPE")]
    containers = [{"name": "delegate", "environment": settings}]
    system.change("aws_ecs_task_definition.web", container_definitions=containers)

    assert roles(system)["aws_ecs_service.web"] is Role.DELEGATE
    assert not to_database(system).holds


def test_a_service_whose_secret_may_lead_to_a_database_is_unknown() -> None:
    system = frontend_with_a_way(SmallSystem())
    secrets = [{"name": "TOKEN", "valueFrom": "${aws_secretsmanager_secret.any.arn}"}]
    system.add("aws_secretsmanager_secret.any")
    containers = [{"name": "web", "secrets": secrets}]
    system.change("aws_ecs_task_definition.web", container_definitions=containers)

    with pytest.raises(UnknownValue, match=r"whether aws_secretsmanager_secret\.any leads"):
        to_database(system)


def test_a_service_uses_the_database_through_a_secret_that_names_it() -> None:
    system = frontend_with_a_way(SmallSystem())
    secrets = [{"name": "URL", "valueFrom": "${aws_secretsmanager_secret.url.arn}"}]
    system.add("aws_secretsmanager_secret.url")
    system.add(
        "aws_secretsmanager_secret_version.url",
        secret_id="${aws_secretsmanager_secret.url.id}",
        secret_string={"host": "${aws_db_instance.main.address}"},
    )
    containers = [{"name": "web", "secrets": secrets}]
    system.change("aws_ecs_task_definition.web", container_definitions=containers)

    assert to_database(system).holds


def cluster_system() -> SmallSystem:
    """Return the system with an Aurora cluster instead of an instance."""
    system = SmallSystem()
    values = system.resources["aws_db_instance.main"]["values"]
    system.remove("aws_db_instance.main")
    system.add("aws_rds_cluster.main", **{**values, "engine": "aurora-postgresql"})
    cluster = "${aws_rds_cluster.main.id}"
    return system.add("aws_rds_cluster_instance.one", cluster_identifier=cluster)


def test_a_cluster_stands_for_its_instances() -> None:
    system = cluster_system()
    (database,) = system.read()[2].of(Role.DATABASE)

    assert database.subject.parts == ("aws_rds_cluster_instance.one",)
    assert database.ports == (5432,)
    assert not database.has_public_address

    system.change("aws_rds_cluster_instance.one", publicly_accessible=True)
    (public,) = system.read()[2].of(Role.DATABASE)
    assert public.has_public_address


def test_a_service_without_a_network_of_its_own_shares_that_of_its_instances() -> None:
    system = SmallSystem().change("aws_ecs_service.api", network_configuration=None)
    system.add(
        "aws_launch_template.node",
        network_interfaces=[{"associate_public_ip_address": "true", "security_groups": []}],
        vpc_security_group_ids=[group("api")],
    )
    system.add(
        "aws_autoscaling_group.nodes",
        vpc_zone_identifier=PUBLIC,
        launch_template=[{"id": "${aws_launch_template.node.id}"}],
    )

    api: Party = next(
        one for one in system.read()[2].all if one.subject.id == "aws_ecs_service.api"
    )

    assert api.has_public_address
    assert api.subnets[0].is_public


def test_two_services_of_which_none_is_known_to_use_the_database_are_unknown() -> None:
    system = frontend_with_a_way(SmallSystem())
    for name in ("api", "web"):
        secrets = [{"name": "TOKEN", "valueFrom": "arn:aws:secretsmanager:eu-west-1:1:secret:x"}]
        containers = [{"name": name, "secrets": secrets}]
        system.change(f"aws_ecs_task_definition.{name}", container_definitions=containers)

    with pytest.raises(UnknownValue, match=r"what secret .* holds|which of .* uses the database"):
        to_database(system)


def test_a_secret_from_elsewhere_may_lead_to_the_database() -> None:
    system = frontend_with_a_way(SmallSystem())
    secrets = [{"name": "TOKEN", "valueFrom": "arn:aws:secretsmanager:eu-west-1:1:secret:x"}]
    containers = [{"name": "web", "secrets": secrets}]
    system.change("aws_ecs_task_definition.web", container_definitions=containers)

    with pytest.raises(UnknownValue, match="what secret arn:aws:secretsmanager"):
        to_database(system)


def test_the_instances_that_carry_the_backend_are_the_backend() -> None:
    system = SmallSystem().change("aws_ecs_service.api", network_configuration=None)
    system.add("aws_launch_template.node", vpc_security_group_ids=[group("api")])
    system.add(
        "aws_autoscaling_group.nodes",
        vpc_zone_identifier=["${aws_subnet.app_a.id}", "${aws_subnet.app_b.id}"],
        launch_template=[{"id": "${aws_launch_template.node.id}"}],
    )
    found = system.read()[2]
    (database,) = found.of(Role.DATABASE)
    (nodes,) = found.of(Role.HOST)

    assert found.carries_tasks(nodes)
    assert hops.accepts_only_the_hop_before(database, found).holds
    assert to_database(system).holds
