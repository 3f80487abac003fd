"""Systems whose network or entrance is written down elsewhere are unknown, not wrong."""

from __future__ import annotations

import pytest

from assurance.model.environments import Environment
from assurance.model.judgements import Layer
from assurance.model.unknown import UnknownValue
from assurance.readers.state import State
from assurance.readers.view import View
from assurance.readers.vocabulary import all_kinds
from assurance.rules import endpoints, load_balancers, networks
from tests.small_system import SmallSystem
from tests.states import managed, state, unknown_because


def view(found: State) -> View:
    """Return the view of a state."""
    place = Environment(name="production", production=True)
    return View(environment=place, layer=Layer.DECLARED, state=found)


def service(subnets: object) -> State:
    """Return a system that is one service in subnets from elsewhere."""
    network = [{"subnets": subnets, "security_groups": ["sg-0abc"]}]
    balanced = [{"target_group_arn": "arn:aws:elasticloadbalancing:x", "container_port": 80}]
    found = managed("aws_ecs_service.web", network_configuration=network, load_balancer=balanced)
    return state(found)


@pytest.mark.parametrize("subnets", [["subnet-0abc"], unknown_because("var.subnets has no value")])
@pytest.mark.parametrize(
    "noun",
    [
        "VPC",
        "subnet",
        "private subnet",
        "route table",
        "security group",
        "default security group",
        "VPC endpoint",
        "load balancer",
        "target group",
        "listener",
    ],
)
def test_what_is_written_elsewhere_is_not_missing(noun: str, subnets: object) -> None:
    (found,) = view(service(subnets)).population(all_kinds()[noun])

    assert found.subject.id == f"{noun} of aws_ecs_service.web"
    with pytest.raises(UnknownValue):
        networks.is_our_own(found)  # type: ignore[arg-type]


@pytest.mark.parametrize("noun", ["load balancer", "listener"])
def test_what_forwards_to_a_target_group_is_elsewhere_where_nothing_here_does(noun: str) -> None:
    balanced = [{"target_group_arn": "${aws_lb_target_group.web.arn}", "container_port": 80}]
    found = state(
        managed("aws_lb_target_group.web", name="web", target_type="ip"),
        managed(
            "aws_ecs_service.web",
            network_configuration=[{"subnets": ["subnet-0abc"]}],
            load_balancer=balanced,
        ),
    )

    (one,) = view(found).population(all_kinds()[noun])

    assert one.subject.id == f"{noun} of aws_ecs_service.web"


@pytest.mark.parametrize("noun", ["VPC", "subnet", "route table", "security group"])
def test_a_system_that_refers_to_no_network_has_none(noun: str) -> None:
    assert view(state(managed("aws_ecr_repository.web"))).population(all_kinds()[noun]) == ()


def test_a_rule_on_what_is_elsewhere_is_unknown() -> None:
    (found,) = view(service(["subnet-0abc"])).population(all_kinds()["load balancer"])

    with pytest.raises(UnknownValue, match="is not part of this configuration"):
        load_balancers.writes_access_logs(found)  # type: ignore[arg-type]


def looked_up() -> SmallSystem:
    """Return a system that lies in a VPC which is looked up."""
    system = SmallSystem().add("data.aws_vpc.main", id="vpc-0abc")
    for address, resource in list(system.resources.items()):
        if resource["values"].get("vpc_id") == "${aws_vpc.main.id}":
            system.change(address, vpc_id="${data.aws_vpc.main.id}")
    return system.remove("aws_vpc.main", "aws_flow_log.all")


def test_a_vpc_that_is_looked_up_may_hold_more_than_is_written_here() -> None:
    reading, _, parties = looked_up().read()
    (vpc,) = reading.records.vpcs

    with pytest.raises(UnknownValue, match="looked up"):
        networks.is_recorded_by_flow_logs(vpc, reading.records)
    with pytest.raises(UnknownValue, match="looked up"):
        endpoints.has_endpoints(vpc, reading.records, parties, services=["s3"])


def test_what_is_written_for_a_vpc_that_is_looked_up_decides() -> None:
    reading, _, _ = looked_up().read()

    assert networks.spans_zones(reading.records.vpcs[0], reading.records, zones=2).holds
