"""Services run on Fargate, are found by name, and keep a base that Spot cannot take."""

from __future__ import annotations

from typing import Any

import pytest

from assurance.model.findings import NotApplicable
from assurance.model.unknown import UnknownValue
from assurance.rules import services as rules
from tests.running import AROUND, container, finding, looked_at, service, task, view
from tests.states import managed, state, unknown_because


def only(found: Any) -> Any:
    (one,) = found.services.services
    return one


def test_neither_launch_type_nor_strategy_means_instances() -> None:
    """Without launch type, strategy and default strategy of the cluster, tasks go to EC2."""
    found = only(view(service(capacity_provider_strategy=None)))

    verdict = rules.runs_on_fargate(found)

    assert not verdict.holds
    assert verdict.actual == "launch type EC2"


def test_the_clusters_default_strategy_counts() -> None:
    """A service that says nothing takes the default strategy of its cluster."""
    defaults = managed(
        "aws_ecs_cluster_capacity_providers.main",
        cluster_name="main",
        capacity_providers=["FARGATE"],
        default_capacity_provider_strategy=[{"capacity_provider": "FARGATE", "base": 1}],
    )

    found = only(view(service(capacity_provider_strategy=None), defaults))

    assert rules.runs_on_fargate(found).holds
    assert rules.has_steady_base(found).holds


def test_a_cluster_from_outside_leaves_the_launch_type_unknown() -> None:
    """What a cluster that nobody can see has as default cannot be known."""
    found = only(view(service(capacity_provider_strategy=None, cluster="elsewhere")))

    with pytest.raises(UnknownValue, match="default capacity provider strategy"):
        rules.runs_on_fargate(found)


def test_a_provider_of_instances_is_not_fargate() -> None:
    """One provider that is not Fargate's is enough to fail."""
    strategy = [
        {"capacity_provider": "FARGATE", "base": 1},
        {"capacity_provider": "instances", "weight": 1},
    ]

    verdict = rules.runs_on_fargate(only(view(service(capacity_provider_strategy=strategy))))

    assert not verdict.holds
    assert verdict.actual == "provider instances"


def test_an_old_platform_version_fails_and_an_unset_one_is_the_latest() -> None:
    """Unset means LATEST."""
    old = only(view(service(platform_version="1.3.0")))
    unset = only(view())

    assert not rules.has_current_platform(old, versions=("LATEST", "1.4.0")).holds
    assert rules.has_current_platform(unset, versions=("LATEST", "1.4.0")).holds


def test_a_service_alone_has_nobody_to_find() -> None:
    """Discovery is about others."""
    found = view()

    verdict = rules.is_found_by_name(only(found), found.services, found.delegates)

    assert verdict == NotApplicable("calls_no_service")


def test_a_second_service_without_registration_fails() -> None:
    """Of two services, the one that is registered nowhere fails."""
    found = view(service("aws_ecs_service.other", name="other", service_registries=None))

    verdicts = {
        each.name: finding(rules.is_found_by_name(each, found.services, found.delegates)).holds
        for each in found.services.services
    }

    assert verdicts == {"app": True, "other": False}


@pytest.mark.parametrize(
    ("changes", "found_by_name"),
    [
        ({"enabled": True, "service": [{"port_name": "http"}]}, True),
        ({"enabled": True}, False),
        ({"enabled": False, "service": [{"port_name": "http"}]}, False),
    ],
)
def test_service_connect_counts_where_it_publishes_a_port(changes: Any, found_by_name: Any) -> None:
    """A client of Service Connect that publishes nothing cannot be found."""
    connected = service(
        "aws_ecs_service.other",
        name="other",
        service_registries=None,
        service_connect_configuration=[changes],
    )
    found = view(connected)
    other = next(each for each in found.services.services if each.name == "other")

    verdict = finding(rules.is_found_by_name(other, found.services, found.delegates))

    assert verdict.holds is found_by_name


@pytest.mark.parametrize(
    ("value", "is_address"),
    [
        ("http://10.1.2.3:8080", True),
        ("internal-x-1.eu-west-1.elb.amazonaws.com", True),
        ("http://backend.internal:8080", False),
        ("0.0.0.0", False),
        ("http://127.0.0.1:8080", False),
        ("10.0.0.0/16", False),
        ("1.2.3", False),
        ("${aws_lb.main.dns_name}", False),
    ],
)
def test_settings_hold_names_instead_of_addresses(value: Any, is_address: Any) -> None:
    """Addresses of other hosts are written down; loopback, ranges and versions are not."""
    setting = container(environment=[{"name": "PEER", "value": value}])

    verdict = rules.is_told_no_address(only(view(task(setting))))

    assert verdict.holds is not is_address


def test_exec_needs_a_key_and_a_record() -> None:
    """With exec on, a cluster that configures nothing fails in both."""
    verdict = rules.logs_interactive_sessions(only(view(service(enable_execute_command=True))))

    assert not verdict.holds
    assert "no kms_key_id" in verdict.actual
    assert "logging DEFAULT" in verdict.actual


def test_exec_that_is_encrypted_and_recorded_passes() -> None:
    """A key and an encrypted log group make exec acceptable."""
    command = {
        "kms_key_id": "${aws_kms_key.main.arn}",
        "logging": "OVERRIDE",
        "log_configuration": [{"cloud_watch_log_group_name": "/app"}],
    }
    cluster = managed(
        "aws_ecs_cluster.main",
        name="main",
        configuration=[{"execute_command_configuration": [command]}],
    )

    verdict = rules.logs_interactive_sessions(
        only(view(cluster, service(enable_execute_command=True)))
    )

    assert verdict.holds
    assert verdict.actual == "exec is on, sessions are encrypted and recorded"


def test_a_service_in_one_zone_fails() -> None:
    """Two subnets of one zone are one zone."""
    same = managed(
        "aws_subnet.b",
        vpc_id="${aws_vpc.main.id}",
        cidr_block="10.0.1.0/26",
        availability_zone="eu-west-1a",
    )

    verdict = rules.spans_zones(only(view(same)), zones=2)

    assert not verdict.holds
    assert verdict.actual == "subnets in eu-west-1a"


def test_a_literal_subnet_is_unknown() -> None:
    """Nobody can see the zone of a subnet that is written as an id."""
    network = [{"subnets": ["subnet-0abc"]}]

    with pytest.raises(UnknownValue, match="subnet-0abc"):
        rules.spans_zones(only(view(service(network_configuration=network))), zones=2)


def test_a_launch_type_mixes_nothing() -> None:
    """A launch type is one kind of capacity."""
    found = view(service(capacity_provider_strategy=None, launch_type="FARGATE"))

    verdict = finding(rules.mixes_capacity(only(found), found.delegates))

    assert not verdict.holds
    assert verdict.actual == "launch type FARGATE, no capacity provider strategy"
    assert rules.has_steady_base(only(found)).holds


def test_spot_alone_has_no_base() -> None:
    """Spot can be taken away to the last task."""
    strategy = [{"capacity_provider": "FARGATE_SPOT", "base": 2, "weight": 1}]

    assert not rules.has_steady_base(only(view(service(capacity_provider_strategy=strategy)))).holds


def test_nothing_at_all_is_nothing() -> None:
    """A state without services has no services."""
    assert looked_at(state(*AROUND)).services.services == ()


def test_an_unknown_strategy_is_unknown() -> None:
    """A strategy that depends on a variable without a value decides nothing."""
    found = only(view(service(capacity_provider_strategy=unknown_because("var.strategy"))))

    with pytest.raises(UnknownValue, match=r"var\.strategy"):
        rules.runs_on_fargate(found)
