"""What must hold of VPCs, subnets and their ways out, on a small system that is then broken."""

from __future__ import annotations

import pytest

from assurance.model.findings import Finding, NotApplicable, Verdict
from assurance.model.networks import Subnet
from assurance.model.parties import Party
from assurance.model.unknown import UnknownValue
from assurance.rules import networks as rules
from tests.small_system import SmallSystem


def party(system: SmallSystem, name: str) -> Party:
    """Return a party by the id of its subject."""
    _, _, parties = system.read()
    return next(one for one in parties.all if one.subject.id == name)


def subnet(system: SmallSystem, name: str) -> Subnet:
    """Return a subnet by the id of its subject."""
    found = system.networks.records.subnets
    return next(one for one in found if one.subject.id == name)


def finding(verdict: Verdict) -> Finding:
    """Return a verdict that is a finding."""
    assert isinstance(verdict, Finding)
    return verdict


def test_a_vpc_that_was_declared_is_our_own() -> None:
    (vpc,) = SmallSystem().networks.records.vpcs

    assert rules.is_our_own(vpc).holds


def test_a_default_vpc_is_nobodys_own_however_it_is_found() -> None:
    adopted = SmallSystem().add("aws_default_vpc.main").networks.records.vpcs
    looked_up = SmallSystem().add("data.aws_vpc.old", default=True).networks.records.vpcs

    assert [rules.is_our_own(vpc).holds for vpc in adopted] == [True, False]
    assert [rules.is_our_own(vpc).actual for vpc in looked_up if vpc.is_default] == [
        "data.aws_vpc.old is a default VPC"
    ]


def test_a_vpc_that_is_looked_up_by_id_may_be_any() -> None:
    found = SmallSystem().add("data.aws_vpc.old", id="vpc-1").networks.records.vpcs

    with pytest.raises(UnknownValue, match="looked up"):
        rules.is_our_own(found[1])


def test_a_service_in_the_subnets_of_the_default_vpc_is_found_through_their_lookup() -> None:
    system = SmallSystem()
    system.add("data.aws_vpc.old", default=True)
    lookup = [{"name": "vpc-id", "values": ["${data.aws_vpc.old.id}"]}]
    system.add("data.aws_subnets.old", filter=lookup)
    network = [{"subnets": ["${data.aws_subnets.old.ids[0]}"]}]
    system.change("aws_ecs_service.api", network_configuration=network)

    found = rules.lies_in_our_own_vpc(party(system, "aws_ecs_service.api"))

    assert not found.holds
    assert found.actual == "it lies in data.aws_vpc.old"


def test_a_database_without_a_subnet_group_lies_in_the_default_vpc() -> None:
    system = SmallSystem().change("aws_db_instance.main", db_subnet_group_name=None)

    database = party(system, "aws_db_instance.main")

    assert rules.lies_in_our_own_vpc(database).actual == "it lies in default VPC of eu-west-1"
    assert not rules.runs_in_private_subnets(database).holds


def test_literal_subnets_are_outside_and_so_unknown() -> None:
    network = [{"subnets": ["subnet-0abc"]}]
    system = SmallSystem().change("aws_ecs_service.api", network_configuration=network)

    with pytest.raises(UnknownValue, match="subnet subnet-0abc is not part of this configuration"):
        rules.runs_in_private_subnets(party(system, "aws_ecs_service.api"))


def test_a_public_subnet_decides_beside_one_that_is_unknown() -> None:
    network = [{"subnets": ["subnet-0abc", "${aws_subnet.public_a.id}"]}]
    system = SmallSystem().change("aws_ecs_service.api", network_configuration=network)

    found = rules.runs_in_private_subnets(party(system, "aws_ecs_service.api"))

    assert not found.holds
    assert "aws_subnet.public_a is public" in found.actual


def test_both_kinds_of_subnet_need_two_zones() -> None:
    system = SmallSystem().change("aws_subnet.public_b", availability_zone="eu-west-1a")
    networks = system.networks.records

    found = rules.spans_zones(networks.vpcs[0], networks, zones=2)

    assert not found.holds
    assert found.actual == (
        "public subnets in 1 zones (eu-west-1a), "
        "private subnets in 2 zones (eu-west-1a, eu-west-1b)"
    )


def test_a_zone_that_is_left_to_aws_is_unknown() -> None:
    system = SmallSystem().change("aws_subnet.public_b", availability_zone=None)
    networks = system.networks.records

    with pytest.raises(UnknownValue, match="leaves its zone to AWS"):
        rules.spans_zones(networks.vpcs[0], networks, zones=2)


def test_a_subnet_without_association_follows_the_main_table() -> None:
    system = SmallSystem().remove("aws_route_table_association.app_a")
    assert not subnet(system, "aws_subnet.app_a").is_public

    system.add(
        "aws_route.main",
        route_table_id="${aws_vpc.main.main_route_table_id}",
        destination_cidr_block="0.0.0.0/0",
        gateway_id="${aws_internet_gateway.main.id}",
    )

    assert subnet(system, "aws_subnet.app_a").is_public
    assert not rules.has_an_explicit_route_table(subnet(system, "aws_subnet.app_a")).holds


@pytest.mark.parametrize(
    ("address", "values"),
    [
        (
            "aws_main_route_table_association.main",
            {"vpc_id": "${aws_vpc.main.id}", "route_table_id": "${aws_route_table.public.id}"},
        ),
        (
            "aws_default_route_table.main",
            {
                "default_route_table_id": "${aws_vpc.main.default_route_table_id}",
                "route": [{"cidr_block": "0.0.0.0/0", "gateway_id": "igw-1"}],
            },
        ),
    ],
)
def test_a_main_table_with_a_way_out_makes_unassociated_subnets_public(
    address: str, values: dict[str, object]
) -> None:
    system = SmallSystem().remove("aws_route_table_association.data_a").add(address, **values)

    assert subnet(system, "aws_subnet.data_a").is_public
    assert not subnet(system, "aws_subnet.data_b").is_public


def test_the_nat_of_another_zone_is_lost_with_it() -> None:
    route = [{"cidr_block": "0.0.0.0/0", "nat_gateway_id": "${aws_nat_gateway.a.id}"}]
    system = SmallSystem().change("aws_route_table.app_b", route=route)
    networks = system.networks.records

    found = finding(
        rules.leaves_through_the_nat_of_its_zone(subnet(system, "aws_subnet.app_b"), networks)
    )

    assert not found.holds
    assert found.expected == "a NAT gateway in zone eu-west-1b"
    assert found.actual == "aws_nat_gateway.a, public, in zone eu-west-1a"


@pytest.mark.parametrize(
    ("target", "kind"),
    [
        ({"transit_gateway_id": "tgw-1"}, "gateway to another network"),
        ({"network_interface_id": "eni-1"}, "network interface or instance"),
    ],
)
def test_another_way_out_than_nat_is_none(target: dict[str, str], kind: str) -> None:
    system = SmallSystem()
    system.change("aws_route_table.app_a", route=[{"cidr_block": "0.0.0.0/0", **target}])
    networks = system.networks.records

    found = finding(
        rules.leaves_through_the_nat_of_its_zone(subnet(system, "aws_subnet.app_a"), networks)
    )

    assert not found.holds
    assert found.actual.endswith(f"a {kind}")


def test_a_nat_gateway_from_outside_is_unknown() -> None:
    route = [{"cidr_block": "0.0.0.0/0", "nat_gateway_id": "nat-1"}]
    system = SmallSystem().change("aws_route_table.app_a", route=route)
    networks = system.networks.records

    with pytest.raises(UnknownValue, match="nat-1 is not part"):
        rules.leaves_through_the_nat_of_its_zone(subnet(system, "aws_subnet.app_a"), networks)


def test_a_subnet_without_a_way_out_needs_no_nat() -> None:
    system = SmallSystem()
    networks = system.networks.records

    found = rules.leaves_through_the_nat_of_its_zone(subnet(system, "aws_subnet.data_a"), networks)

    assert found == NotApplicable("no_internet")


def test_a_table_with_the_gateway_serves_no_database() -> None:
    system = SmallSystem().change(
        "aws_route_table_association.data_b", route_table_id="${aws_route_table.public.id}"
    )
    networks, _, parties = system.read()
    table = next(
        one for one in networks.records.route_tables if one.subject.id == "aws_route_table.public"
    )

    found = rules.holds_no_private_thing(table, networks.records, parties)

    assert not found.holds
    assert found.actual == (
        "aws_internet_gateway.main is open to aws_db_instance.main in aws_subnet.data_b"
    )


def test_a_flow_log_of_rejected_traffic_is_not_all() -> None:
    system = SmallSystem().change("aws_flow_log.all", traffic_type="REJECT")
    networks = system.networks.records

    found = rules.is_recorded_by_flow_logs(networks.vpcs[0], networks)

    assert not found.holds
    assert found.actual == ("no flow log records all its traffic; aws_flow_log.all records REJECT")


def test_flow_logs_of_every_subnet_record_the_vpc() -> None:
    system = SmallSystem().remove("aws_flow_log.all")
    names = [name for name in system.resources if name.startswith("aws_subnet.")]
    for name in names:
        system.add(
            f"aws_flow_log.{name.removeprefix('aws_subnet.')}",
            subnet_id=f"${{{name}.id}}",
            log_destination="${aws_cloudwatch_log_group.flow.arn}",
        )
    networks = system.networks.records

    assert rules.is_recorded_by_flow_logs(networks.vpcs[0], networks).holds
