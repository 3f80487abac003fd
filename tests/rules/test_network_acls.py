"""Network ACLs guard, block nothing that groups open, and open nothing else."""

from __future__ import annotations

from typing import Any

import pytest

from assurance.model.findings import Finding
from assurance.model.networks import AclEntry
from assurance.rules import network_acls as rules
from assurance.rules.acl_regions import Region, admitted, refused
from tests.small_system import SmallSystem, entry, group, rule

EVERYTHING = {**entry(1, "0.0.0.0/0", 0), "protocol": "-1"}


def judged(system: SmallSystem, name: str) -> tuple[Finding, Finding, Finding]:
    """Judge one subnet: guarded, needed flows pass, nothing else passes."""
    networks, _, parties = system.read()
    subnet = next(one for one in networks.records.subnets if one.subject.id == name)
    return (
        rules.is_guarded(subnet),
        rules.lets_needed_flows_pass(subnet, parties),
        rules.lets_nothing_else_pass(subnet, networks.records, parties),
    )


@pytest.mark.parametrize("name", ["aws_subnet.app_a", "aws_subnet.app_b", "aws_subnet.data_a"])
def test_acls_that_agree_with_the_groups_hold(name: str) -> None:
    assert [found.holds for found in judged(SmallSystem(), name)] == [True, True, True]


def test_the_open_default_guards_nothing() -> None:
    guarded, passes, nothing_else = judged(
        SmallSystem().remove("aws_network_acl.app"), "aws_subnet.app_a"
    )

    assert not guarded.holds
    assert guarded.actual == (
        "default network ACL of aws_vpc.main, entry 100 allows all protocols for 0.0.0.0/0"
    )
    assert passes.holds
    assert not nothing_else.holds


def test_an_adopted_default_without_entries_blocks_everything() -> None:
    system = SmallSystem().remove("aws_network_acl.data")
    default = "${aws_vpc.main.default_network_acl_id}"
    system.add("aws_default_network_acl.closed", default_network_acl_id=default)

    guarded, passes, _ = judged(system, "aws_subnet.data_a")

    assert guarded.holds
    assert passes.actual.startswith(
        "aws_ecs_service.api → aws_db_instance.main:5432 is blocked into aws_subnet.data_a: "
        "no entry allows tcp 5432 of 10.0.10.0/24 of aws_default_network_acl.closed"
    )


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"ingress": [entry(1, "10.0.10.0/24", 5432)]}, "no entry allows tcp 5432 of 10.0.11.0/24"),
        (
            {"egress": [entry(1, "10.0.10.0/23", 32768, 50000)]},
            "no entry allows tcp 50001-60999 of 10.0.10.0/24",
        ),
        ({"egress": []}, "the answer of aws_ecs_service.api → aws_db_instance.main:5432"),
        (
            {
                "ingress": [
                    entry(1, "10.0.11.0/24", 5432, action="deny"),
                    entry(2, "10.0.10.0/23", 5432),
                ]
            },
            "entry 1 denies tcp 5432 for 10.0.11.0/24 refuses",
        ),
    ],
)
def test_a_needed_flow_that_is_blocked_is_named(change: dict[str, Any], words: str) -> None:
    _, passes, _ = judged(
        SmallSystem().change("aws_network_acl.data", **change), "aws_subnet.data_a"
    )

    assert not passes.holds
    assert words in passes.actual


@pytest.mark.parametrize(
    ("extra", "reason"),
    [
        (EVERYTHING, "which names no port"),
        (entry(1, "10.0.10.0/23", 0, 65535), "which names no port"),
        (entry(1, "10.0.10.0/23", 22), "which no flow needs"),
        (entry(1, "10.0.10.0/23", 5000, 6000), "of which only 5432 is needed"),
        (entry(1, "0.0.0.0/0", 5432), "which no flow from the internet needs"),
        (entry(1, "192.168.0.0/16", 5432), "which no flow needs"),
    ],
)
def test_an_entry_that_no_flow_needs_is_named(extra: dict[str, Any], reason: str) -> None:
    kept = entry(100, "10.0.10.0/23", 5432)
    system = SmallSystem().change("aws_network_acl.data", ingress=[extra, kept])

    _, _, nothing_else = judged(system, "aws_subnet.data_a")

    assert not nothing_else.holds
    assert reason in nothing_else.actual


def test_entries_of_their_own_count_like_inline_ones() -> None:
    system = SmallSystem().change("aws_network_acl.data", ingress=[])
    system.add(
        "aws_network_acl_rule.in",
        network_acl_id="${aws_network_acl.data.id}",
        rule_number=100,
        rule_action="allow",
        protocol="6",
        from_port=5432,
        to_port=5432,
        cidr_block="10.0.10.0/23",
    )

    assert [one.holds for one in judged(system, "aws_subnet.data_a")] == [True, True, True]


def test_an_association_decides_over_the_subnets_of_an_acl() -> None:
    system = SmallSystem().change("aws_network_acl.data", subnet_ids=None)
    assert not judged(system, "aws_subnet.data_a")[0].holds

    system.add(
        "aws_network_acl_association.data",
        network_acl_id="${aws_network_acl.data.id}",
        subnet_id="${aws_subnet.data_a.id}",
    )

    assert judged(system, "aws_subnet.data_a")[0].holds


def test_traffic_inside_one_subnet_passes_no_acl() -> None:
    system = SmallSystem()
    alone = {"subnets": ["${aws_subnet.app_a.id}"]}
    for name in ("web", "api"):
        network = [{**alone, "security_groups": [group(name)]}]
        system.change(f"aws_ecs_service.{name}", network_configuration=network)
    ingress = [entry(100, "10.0.0.0/22", 3000), entry(200, "0.0.0.0/0", 32768, 65535)]
    system.change("aws_network_acl.app", ingress=ingress)

    assert judged(system, "aws_subnet.app_a")[1].holds


def test_a_call_to_the_internet_needs_its_answer() -> None:
    system = SmallSystem()
    ingress = [entry(100, "10.0.0.0/22", 3000), entry(110, "10.0.0.0/16", 1024, 65535)]
    system.change("aws_network_acl.app", ingress=ingress)

    found = judged(system, "aws_subnet.app_a")[1]

    assert not found.holds
    assert "the answer of aws_ecs_service.api → the internet:443 is blocked" in found.actual


def test_small_ranges_that_are_refused_do_not_cut_off_the_internet() -> None:
    system = SmallSystem()
    deny = [entry(1, "198.51.100.0/24", 443, action="deny")]
    egress = system.resources["aws_network_acl.app"]["values"]["egress"]
    system.change("aws_network_acl.app", egress=[*deny, *egress])

    assert judged(system, "aws_subnet.app_a")[1].holds


def entries(*made: dict[str, Any]) -> tuple[AclEntry, ...]:
    """Return entries as the reader makes them."""
    system = SmallSystem().change("aws_network_acl.data", ingress=list(made))
    (acl,) = [a for a in system.networks.records.acls if a.subject.id == "aws_network_acl.data"]
    return acl.ingress


def test_a_region_is_cut_by_each_entry_in_order_of_number() -> None:
    found = entries(
        entry(20, "10.0.0.0/8", 0, 65535),
        entry(10, "10.0.0.0/24", 80, 90, action="deny"),
    )
    region = Region(cidr="10.0.0.0/16", protocol="tcp", first=80, last=100)

    assert refused(found, region) == (
        "entry 10 denies tcp 80-90 for 10.0.0.0/24 refuses tcp 80-90 of 10.0.0.0/24"
    )
    assert admitted(found, region) is not None


def test_udp_entries_say_nothing_of_tcp() -> None:
    found = entries({**entry(1, "0.0.0.0/0", 0, 65535), "protocol": "udp"})

    assert admitted(found, Region(cidr="10.0.0.0/8", protocol="tcp", first=1, last=1)) is None


def test_ipv6_entries_say_nothing_of_ipv4() -> None:
    found = entries({**entry(1, "", 0, 65535), "cidr_block": None, "ipv6_cidr_block": "::/0"})

    assert admitted(found, Region(cidr="10.0.0.0/8", protocol="tcp", first=1, last=1)) is None


def test_a_group_that_opens_a_new_flow_needs_the_acl_to_follow() -> None:
    system = SmallSystem()
    egress = [rule(8080, security_groups=[group("api")]), rule(5432, security_groups=[group("db")])]
    system.change("aws_security_group.web", egress=egress)
    groups = [group("api"), group("web")]
    system.change("aws_security_group.db", ingress=[rule(5432, security_groups=groups)])
    system.change("aws_network_acl.data", ingress=[entry(1, "10.0.10.0/24", 5432)])

    found = judged(system, "aws_subnet.data_a")[1]

    assert "aws_ecs_service.web → aws_db_instance.main:5432 is blocked" in found.actual
