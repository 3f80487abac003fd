"""Who may speak to whom: the chain of security groups, written in every way Terraform knows."""

from __future__ import annotations

from typing import Any

import pytest

from assurance.model.findings import Finding, NotApplicable
from assurance.model.networks import SecurityGroup
from assurance.model.parties import Parties, Party
from assurance.model.unknown import UnknownValue
from assurance.rules import hops
from assurance.rules import security_groups as rules
from tests.small_system import SmallSystem, group, rule
from tests.states import unknown_because

WORLD = ["0.0.0.0/0"]


def groups(system: SmallSystem) -> dict[str, SecurityGroup]:
    """Return the groups by id."""
    return {one.subject.id: one for one in system.networks.records.security_groups}


def parties(system: SmallSystem) -> tuple[dict[str, Party], Parties]:
    """Return the parties by id, and all of them."""
    found = system.read()[2]
    return {one.subject.id: one for one in found.all}, found


def opened(way: str, name: str) -> SmallSystem:
    """Return the system with SSH open to the world in a group, written in one of three ways."""
    system = SmallSystem()
    address = f"aws_security_group.{name}"
    if way == "inline":
        old = system.resources[address]["values"]["ingress"]
        return system.change(address, ingress=[*old, rule(22, cidr_blocks=WORLD)])
    if way == "rule":
        values = {**rule(22, cidr_blocks=WORLD), "type": "ingress"}
        return system.add("aws_security_group_rule.bad", security_group_id=group(name), **values)
    return system.add(
        "aws_vpc_security_group_ingress_rule.bad",
        security_group_id=group(name),
        ip_protocol="tcp",
        from_port=22,
        to_port=22,
        cidr_ipv4="0.0.0.0/0",
    )


WAYS = ("inline", "rule", "vpc rule")


@pytest.mark.parametrize("way", WAYS)
def test_the_internet_is_found_in_every_kind_of_rule(way: str) -> None:
    system = opened(way, "db")
    _, all_parties = parties(system)

    found = rules.admits_the_internet_only_at_the_load_balancer(
        groups(system)["aws_security_group.db"], all_parties
    )

    assert not found.holds
    assert found.actual == "it admits tcp 22 for 0.0.0.0/0 and is held by aws_db_instance.main"


@pytest.mark.parametrize("way", WAYS)
def test_another_port_at_the_load_balancer_is_found_in_every_kind_of_rule(way: str) -> None:
    (balancer,) = opened(way, "lb").read()[1].records.load_balancers

    found = rules.is_open_on_agreed_ports(balancer, ports=[443], redirect_ports=[80])

    assert isinstance(found, Finding)
    assert not found.holds
    assert found.actual == "it admits tcp 22 for 0.0.0.0/0"


@pytest.mark.parametrize(
    ("peer", "is_internet"),
    [
        ({"cidr_blocks": ["0.0.0.0/1"]}, True),
        ({"cidr_blocks": ["203.0.113.7/32"]}, True),
        ({"ipv6_cidr_blocks": ["::/0"]}, True),
        ({"cidr_blocks": ["10.1.0.0/16"]}, False),
        ({"cidr_blocks": ["100.64.0.0/10"]}, False),
        ({"ipv6_cidr_blocks": ["fd00::/8"]}, False),
        ({"cidr_blocks": ["${aws_vpc.main.cidr_block}"]}, False),
        ({"prefix_list_ids": ["pl-cloudfront"]}, False),
        ({"prefix_list_ids": ["${aws_ec2_managed_prefix_list.wide.id}"]}, True),
        ({"prefix_list_ids": ["${aws_ec2_managed_prefix_list.office.id}"]}, False),
        ({"self": True}, False),
    ],
)
def test_what_counts_as_the_internet(peer: dict[str, Any], is_internet: bool) -> None:
    system = SmallSystem().change("aws_security_group.db", ingress=[rule(5432, **peer)])
    system.add("aws_ec2_managed_prefix_list.wide", entry=[{"cidr": "0.0.0.0/0"}])
    system.add("aws_ec2_managed_prefix_list.office", entry=[{"cidr": "10.9.0.0/16"}])

    (found,) = groups(system)["aws_security_group.db"].ingress

    assert rules.is_open_to_the_internet(found) is is_internet


def test_port_80_is_open_only_to_redirect() -> None:
    system = SmallSystem().change(
        "aws_lb_listener.plain", default_action=[{"type": "fixed-response"}]
    )
    (balancer,) = system.read()[1].records.load_balancers

    found = rules.is_open_on_agreed_ports(balancer, ports=[443], redirect_ports=[80])

    assert isinstance(found, Finding)
    assert found.actual == "it admits tcp 80 for 0.0.0.0/0"


def test_a_network_load_balancer_without_groups_is_open_where_it_listens() -> None:
    system = SmallSystem().change("aws_lb.main", load_balancer_type="network", security_groups=None)
    system.change("aws_lb_listener.plain", protocol="TCP", port=5000)
    (balancer,) = system.read()[1].records.load_balancers

    found = rules.is_open_on_agreed_ports(balancer, ports=[443], redirect_ports=[80])

    assert isinstance(found, Finding)
    assert not found.holds
    assert found.actual == "without a group it listens on 5000"


def test_an_internal_load_balancer_is_not_on_the_internet() -> None:
    (balancer,) = (
        SmallSystem().change("aws_lb.main", internal=True).read()[1].records.load_balancers
    )

    found = rules.is_open_on_agreed_ports(balancer, ports=[443], redirect_ports=[80])

    assert found == NotApplicable("internal")


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (rule(5432, cidr_blocks=["10.0.0.0/16"]), "a range, not a security group"),
        (rule(5432, security_groups=[group("lb")]), "aws_lb.main is not the hop before"),
        (rule(22, security_groups=[group("api")]), "more than its port"),
        (
            {"protocol": "-1", "from_port": 0, "to_port": 0, "security_groups": [group("api")]},
            "more than its port",
        ),
        (rule(5432, cidr_blocks=["${aws_vpc.main.cidr_block}"]), "a range of a VPC"),
    ],
)
def test_a_database_accepts_services_on_its_port_only(bad: dict[str, Any], reason: str) -> None:
    good = rule(5432, security_groups=[group("api")])
    system = SmallSystem().change("aws_security_group.db", ingress=[good, bad])
    known, all_parties = parties(system)

    found = hops.accepts_only_the_hop_before(known["aws_db_instance.main"], all_parties)

    assert not found.holds
    assert reason in found.actual


def test_a_service_behind_a_balancer_without_groups_may_name_its_subnets() -> None:
    system = SmallSystem().change("aws_lb.main", load_balancer_type="network", security_groups=None)
    ranges = ["10.0.0.0/24", "10.0.1.0/24"]
    system.change("aws_security_group.web", ingress=[rule(3000, cidr_blocks=ranges)])
    known, all_parties = parties(system)

    assert hops.accepts_only_the_hop_before(known["aws_ecs_service.web"], all_parties).holds


def test_a_group_that_nothing_here_holds_leaves_the_hop_unknown() -> None:
    ingress = [rule(5432, security_groups=["sg-0abc"])]
    system = SmallSystem().change("aws_security_group.db", ingress=ingress)
    known, all_parties = parties(system)

    with pytest.raises(UnknownValue, match="sg-0abc"):
        hops.accepts_only_the_hop_before(known["aws_db_instance.main"], all_parties)


def test_an_unknown_range_does_not_hide_a_wrong_one() -> None:
    ingress = [
        rule(5432, cidr_blocks=[unknown_because("var.office has no value")]),
        rule(5432, cidr_blocks=WORLD),
    ]
    system = SmallSystem().change("aws_security_group.db", ingress=ingress)
    known, all_parties = parties(system)

    assert not hops.accepts_only_the_hop_before(known["aws_db_instance.main"], all_parties).holds


def test_a_service_that_does_not_accept_its_load_balancer_breaks_the_chain() -> None:
    system = SmallSystem().change("aws_security_group.web", ingress=[])
    known, all_parties = parties(system)

    found = hops.accepts_the_hop_before(known["aws_ecs_service.web"], all_parties)

    assert isinstance(found, Finding)
    assert found.actual == "it does not accept aws_lb.main on 3000"


def test_a_database_that_accepts_no_service_breaks_the_chain() -> None:
    system = SmallSystem().change("aws_security_group.db", ingress=[])
    known, all_parties = parties(system)

    found = hops.accepts_the_hop_before(known["aws_db_instance.main"], all_parties)

    assert isinstance(found, Finding)
    assert found.actual == "it accepts no service"


@pytest.mark.parametrize(
    ("egress", "holds"),
    [
        ([{"protocol": "-1", "from_port": 0, "to_port": 0, "cidr_blocks": WORLD}], False),
        ([{"protocol": "tcp", "from_port": 0, "to_port": 65535, "cidr_blocks": WORLD}], False),
        ([rule(443, cidr_blocks=WORLD)], True),
        ([], True),
        (None, True),
    ],
)
def test_egress_is_stated(egress: list[Any] | None, holds: bool) -> None:
    system = SmallSystem().change("aws_security_group.api", egress=egress)

    found = rules.states_its_egress(groups(system)["aws_security_group.api"])

    assert found.holds is holds


def test_the_default_group_that_nobody_adopts_is_open() -> None:
    (default,) = (
        SmallSystem().remove("aws_default_security_group.closed").networks.records.default_groups
    )

    found = rules.is_closed(default)

    assert not found.holds
    assert "it has a rule for all protocols for 0.0.0.0/0" in found.actual


def test_the_default_group_that_is_adopted_without_rules_is_closed() -> None:
    (default,) = SmallSystem().networks.records.default_groups

    assert rules.is_closed(default).holds


def test_a_rule_for_a_group_from_outside_is_judged_by_itself() -> None:
    system = SmallSystem().add(
        "aws_security_group_rule.stray",
        security_group_id="sg-0abc",
        type="ingress",
        **rule(22, cidr_blocks=WORLD),
    )
    _, all_parties = parties(system)

    found = rules.admits_the_internet_only_at_the_load_balancer(
        groups(system)["aws_security_group_rule.stray"], all_parties
    )

    assert not found.holds
    assert found.actual == "it admits tcp 22 for 0.0.0.0/0 and is held by no load balancer"


def test_a_database_lets_nothing_out() -> None:
    system = SmallSystem().change("aws_security_group.db", egress=[rule(443, cidr_blocks=WORLD)])
    known, _ = parties(system)

    found = rules.lets_nothing_out(known["aws_db_instance.main"])

    assert not found.holds
    assert found.actual == "aws_security_group.db lets out tcp 443 for 0.0.0.0/0"


def test_the_internet_decides_also_where_the_port_cannot_be_known() -> None:
    port = unknown_because("var.port has no value")
    ingress = [{**rule(22, cidr_blocks=WORLD), "from_port": port}]
    system = SmallSystem().change("aws_security_group.db", ingress=ingress)
    _, all_parties = parties(system)

    found = rules.admits_the_internet_only_at_the_load_balancer(
        groups(system)["aws_security_group.db"], all_parties
    )

    assert not found.holds
    assert "ports that cannot be known for 0.0.0.0/0" in found.actual


def test_a_rule_that_may_not_exist_leaves_the_group_unknown() -> None:
    system = SmallSystem().add(
        "aws_security_group_rule.maybe",
        existence="count depends on var.debug, which has no value",
        security_group_id=group("db"),
        type="ingress",
        **rule(22, cidr_blocks=WORLD),
    )
    _, all_parties = parties(system)

    with pytest.raises(UnknownValue, match=r"count depends on var\.debug"):
        rules.admits_the_internet_only_at_the_load_balancer(
            groups(system)["aws_security_group.db"], all_parties
        )


def test_what_is_no_range_is_unknown() -> None:
    ingress = [rule(5432, cidr_blocks=["sg-0abc"])]
    system = SmallSystem().change("aws_security_group.db", ingress=ingress)
    (found,) = groups(system)["aws_security_group.db"].ingress

    with pytest.raises(UnknownValue, match=r"'sg-0abc' of .* is no address range"):
        rules.is_open_to_the_internet(found)


def test_a_rule_of_a_group_that_is_not_known_may_be_any_groups() -> None:
    system = SmallSystem().add(
        "aws_vpc_security_group_ingress_rule.x",
        security_group_id=unknown_because("var.group has no value"),
        cidr_ipv4="0.0.0.0/0",
        ip_protocol="tcp",
        from_port=22,
        to_port=22,
    )
    db = groups(system)["aws_security_group.db"]

    with pytest.raises(UnknownValue, match=r"whether aws_vpc_security_group_ingress_rule\.x"):
        rules.admits_the_internet_only_at_the_load_balancer(db, parties(system)[1])
