"""Addresses, connections and quotas are enough at the largest moment."""

from __future__ import annotations

from typing import Any

import pytest

from assurance.model.findings import Finding, NotApplicable
from assurance.model.unknown import UnknownValue
from assurance.rules import capacity, connections
from tests.running import container, finding, service, task, view
from tests.states import managed


def scaled(maximum: Any) -> Any:
    return managed(
        "aws_appautoscaling_target.app",
        resource_id="service/main/app",
        min_capacity=2,
        max_capacity=maximum,
    )


@pytest.mark.parametrize(
    ("changes", "tasks"),
    [
        ({}, 20),
        ({"deployment_maximum_percent": 150}, 15),
        ({"deployment_maximum_percent": 125}, 12),
        ({"deployment_controller": [{"type": "CODE_DEPLOY"}]}, 20),
        ({"deployment_configuration": [{"strategy": "BLUE_GREEN"}]}, 20),
    ],
)
def test_a_deployment_at_maximum_scale_runs_old_and_new_tasks(changes: Any, tasks: Any) -> None:
    """The maximum percent is rounded down; blue/green runs everything twice."""
    found = view(service(**changes), scaled(10))

    assert capacity.tasks_at_most(found.services.services[0], found.scaling) == tasks


def addresses(*resources: Any) -> Any:
    found = view(*resources)
    return capacity.has_addresses(
        found.services.services[0],
        found.services,
        found.scaling,
        found.networks.records,
        found.load_balancers.records,
    )


def test_the_subnets_of_the_test_hold_fifty_nine_tasks_each() -> None:
    """64 addresses less the 5 that AWS keeps, for tasks spread over two subnets."""
    assert addresses(scaled(59)).holds
    assert not addresses(scaled(60)).holds
    assert "60 tasks and 0 others of 59 addresses" in addresses(scaled(60)).actual


def test_everything_else_in_a_subnet_takes_addresses_too() -> None:
    """A load balancer may take eight, an endpoint and a NAT gateway one each."""
    others = (
        managed("aws_lb.main", subnets=["${aws_subnet.a.id}"]),
        managed("aws_nat_gateway.a", subnet_id="${aws_subnet.a.id}"),
        managed(
            "aws_vpc_endpoint.logs",
            vpc_id="${aws_vpc.main.id}",
            service_name="com.amazonaws.eu-west-1.logs",
            vpc_endpoint_type="Interface",
            subnet_ids=["${aws_subnet.a.id}"],
        ),
    )

    found = addresses(scaled(50), *others)

    assert not found.holds
    assert found.actual == "aws_subnet.a: 50 tasks and 10 others of 59 addresses"


def test_two_services_share_their_subnets() -> None:
    """Each alone would fit."""
    second = service("aws_ecs_service.b", name="b", desired_count=30)

    assert not addresses(scaled(40), second).holds


def test_subnets_from_outside_are_unknown() -> None:
    """Nobody can see how large they are."""
    with pytest.raises(UnknownValue, match="subnet-1"):
        addresses(service(network_configuration=[{"subnets": ["subnet-1"]}]))


def test_quotas_count_shares_by_base_and_weight() -> None:
    """20 tasks: one base and half of the other 19 on Fargate, the rest on Spot."""
    found = view(scaled(10), task(cpu="1024", memory="2048"))

    verdict = capacity.fits_quotas(found.services, found.scaling, vcpus=10, spot=10)

    assert isinstance(verdict, Finding)
    assert not verdict.holds
    assert verdict.actual == "11 vCPU on Fargate at maximum scale during a deployment"
    enough = capacity.fits_quotas(found.services, found.scaling, vcpus=11, spot=10)
    assert isinstance(enough, Finding)
    assert enough.holds


@pytest.mark.parametrize(
    "service_",
    [
        service(launch_type="EC2", capacity_provider_strategy=None),
        service(capacity_provider_strategy=[{"capacity_provider": "hosts", "weight": 1}]),
    ],
)
def test_quotas_of_fargate_do_not_concern_instances(service_: Any) -> None:
    """Its tasks are counted by the size of the instances."""
    found = view(service_, task(cpu="1024", memory="2048"))

    verdict = capacity.fits_quotas(found.services, found.scaling, vcpus=6, spot=6)

    assert verdict == NotApplicable("no_fargate")


def test_a_quota_that_nobody_stated_is_unknown() -> None:
    """Six vCPUs are what every account has; beyond that its own quota decides."""
    found = view(scaled(10), task(cpu="1024", memory="2048"))
    small = view(scaled(2), task(cpu="1024", memory="2048"))

    with pytest.raises(UnknownValue, match="quota of the account is not stated"):
        capacity.fits_quotas(found.services, found.scaling, vcpus=6, spot=6)
    enough = capacity.fits_quotas(small.services, small.scaling, vcpus=6, spot=6)
    assert isinstance(enough, Finding)
    assert enough.holds


POSTGRES = {"identifier": "main", "engine": "postgres", "instance_class": "db.t4g.medium"}
LIMIT = {"name": "max_connections", "value": "100"}
USES = {
    "environment": [
        {"name": "DB_HOST", "value": "${aws_db_instance.main.address}"},
        {"name": "DB_POOL_SIZE", "value": "10"},
    ]
}


def accepted(maximum: Any, settings: Any = USES, **database: Any) -> Any:
    found = view(
        scaled(maximum),
        task(container(**settings)),
        managed("aws_db_instance.main", **{**POSTGRES, **database}),
        managed("aws_db_parameter_group.set", parameter=[LIMIT]),
    )
    (one,) = found.databases.databases
    return connections.accepts_every_connection(
        one, found.databases, found.services, found.scaling, found.parties, per_task=10
    )


def test_pools_within_the_class_pass_and_beyond_it_fail() -> None:
    """4 GiB are 450 connections by the documented formula."""
    assert finding(accepted(15)).holds
    assert not finding(accepted(23)).holds
    assert finding(accepted(23)).actual == "460 connections (app 460)"


def test_close_to_the_formula_nobody_knows() -> None:
    """The formula counts memory that is published nowhere."""
    with pytest.raises(UnknownValue, match="come close to the 450"):
        accepted(20)


def test_a_parameter_group_decides_exactly() -> None:
    """100 connections are 100."""
    group = "${aws_db_parameter_group.set.name}"

    assert finding(accepted(5, parameter_group_name=group)).holds
    assert not finding(accepted(6, parameter_group_name=group)).holds


def test_a_pool_that_is_not_stated_is_the_agreed_one() -> None:
    """Ten connections a task."""
    host_only = {"environment": USES["environment"][:1]}

    assert finding(accepted(23, host_only)).actual == "460 connections (app 460)"


def test_a_class_that_is_not_known_is_unknown() -> None:
    """Serverless classes have no fixed memory."""
    with pytest.raises(UnknownValue, match=r"db\.serverless"):
        accepted(5, instance_class="db.serverless")


def test_tables_have_no_connections() -> None:
    """DynamoDB is not connected to."""
    found = view(managed("aws_dynamodb_table.main", name="main", hash_key="id"))
    (one,) = found.databases.databases

    assert connections.states_its_class(one) == NotApplicable("dynamodb")


def on_instances() -> Any:
    return service(launch_type="EC2", capacity_provider_strategy=None, network_configuration=None)


INSTANCES = (
    managed("aws_launch_template.a", vpc_security_group_ids=["${aws_security_group.app.id}"]),
    managed(
        "aws_autoscaling_group.a",
        vpc_zone_identifier=["${aws_subnet.a.id}", "${aws_subnet.b.id}"],
        launch_template=[{"id": "${aws_launch_template.a.id}"}],
    ),
)


def test_tasks_in_bridge_mode_take_no_addresses_of_their_own() -> None:
    """They share those of the instances they run on."""
    found = addresses(scaled(1000), on_instances(), *INSTANCES)

    assert found.holds
    assert found.actual == "its tasks share the addresses of their instances"


def test_a_service_on_instances_spans_the_zones_of_their_group() -> None:
    """Without a network configuration the subnets are those of the only group of instances."""
    found = view(on_instances(), *INSTANCES).services.services[0]

    assert [subnet.zone for subnet in found.subnets] == ["eu-west-1a", "eu-west-1b"]
    assert [group.subject.id for group in found.security_groups] == ["aws_security_group.app"]


def test_instances_that_are_not_written_here_leave_the_zones_unknown() -> None:
    """Nobody can see where they are."""
    found = view(on_instances()).services.services[0]

    with pytest.raises(UnknownValue, match="of which 0 groups are written here"):
        len(found.subnets)


def test_on_instances_the_sizes_of_containers_are_enough() -> None:
    """A task of EC2 is as large as its containers together."""
    stated = task(container(), cpu=None, memory=None, requires_compatibilities=["EC2"])
    unstated = task(container(memory=None), cpu=None, memory=None, requires_compatibilities=None)

    (good,) = view(stated).services.task_definitions
    (bad,) = view(unstated).services.task_definitions

    assert capacity.states_its_size(good).holds
    assert not capacity.states_its_size(bad).holds
    assert capacity.states_its_size(bad).actual == "app: cpu 256, memory unset"


def test_a_database_that_no_service_is_seen_to_use_is_unknown() -> None:
    """Tasks there are, but nobody can say how many connections they hold."""
    found = view(
        managed("aws_db_instance.main", engine="postgres", instance_class="db.t4g.micro"),
        task(container(environment=[], secrets=None)),
    )

    with pytest.raises(UnknownValue, match="no service is seen to use it, though 1 may"):
        connections.accepts_every_connection(
            found.databases.databases[0],
            found.databases,
            found.services,
            found.scaling,
            found.parties,
            per_task=10,
        )
