"""What must hold of load balancers, listeners and target groups."""

from __future__ import annotations

from typing import Any

import pytest

from assurance.model.findings import Finding, NotApplicable, Verdict
from assurance.model.load_balancers import Listener, LoadBalancer, TargetGroup
from assurance.model.unknown import UnknownValue
from assurance.rules import listeners, load_balancers
from tests.small_system import SmallSystem
from tests.states import unknown_because

BLUE = "aws_lb_target_group.blue"


def balancer(system: SmallSystem) -> LoadBalancer:
    """Return the load balancer."""
    return system.read()[1].records.load_balancers[0]


def listener(system: SmallSystem, name: str) -> Listener:
    """Return a listener by name."""
    found = system.read()[1].records.listeners
    return next(one for one in found if one.subject.id == f"aws_lb_listener.{name}")


def target_group(**health_check: Any) -> TargetGroup:
    """Return the serving target group with another health check."""
    groups = SmallSystem().change(BLUE, health_check=[health_check]).read()[1].records
    return next(one for one in groups.target_groups if one.subject.id == BLUE)


def finding(verdict: Verdict) -> Finding:
    """Return a verdict that is a finding."""
    assert isinstance(verdict, Finding)
    return verdict


@pytest.mark.parametrize(
    ("policy", "version", "holds", "oldest"),
    [
        ("ELBSecurityPolicy-TLS13-1-2-2021-06", "1.2", True, "1.2"),
        ("ELBSecurityPolicy-TLS13-1-2-Res-2021-06", "1.2", True, "1.2"),
        ("ELBSecurityPolicy-TLS13-1-3-2021-06", "1.3", True, "1.3"),
        ("ELBSecurityPolicy-TLS13-1-2-2021-06", "1.3", False, "1.2"),
        ("ELBSecurityPolicy-FS-1-2-Res-2020-10", "1.2", True, "1.2"),
        ("ELBSecurityPolicy-TLS-1-2-Ext-2018-06", "1.2", True, "1.2"),
        ("ELBSecurityPolicy-TLS-1-1-2017-01", "1.2", False, "1.1"),
        ("ELBSecurityPolicy-TLS13-1-0-2021-06", "1.2", False, "1.0"),
        ("ELBSecurityPolicy-FS-2018-06", "1.2", False, "1.0"),
        ("ELBSecurityPolicy-2016-08", "1.2", False, "1.0"),
        (None, "1.2", False, "1.0"),
    ],
)
def test_the_security_policy_decides_over_the_oldest_tls(
    policy: str | None, version: str, holds: bool, oldest: str
) -> None:
    found = listener(SmallSystem().change("aws_lb_listener.tls", ssl_policy=policy), "tls")

    verdict = finding(listeners.speaks_modern_tls(found, version=version))

    assert verdict.holds is holds
    assert verdict.actual.endswith(f"accepts TLS {oldest}")


def test_an_unknown_policy_stays_unknown() -> None:
    policy = unknown_because("var.tls_policy has no value")
    found = listener(SmallSystem().change("aws_lb_listener.tls", ssl_policy=policy), "tls")

    with pytest.raises(UnknownValue, match=r"var\.tls_policy"):
        listeners.speaks_modern_tls(found, version="1.2")


@pytest.mark.parametrize(
    ("system", "holds"),
    [
        (SmallSystem(), True),
        (SmallSystem().change("aws_acm_certificate.main", private_key="(sensitive)"), False),
        (
            SmallSystem().change(
                "aws_lb_listener.tls", certificate_arn="arn:aws:iam::1:server-certificate/x"
            ),
            False,
        ),
        (SmallSystem().change("aws_lb_listener.tls", certificate_arn=None), False),
        (
            SmallSystem()
            .add("data.aws_acm_certificate.found", types=["AMAZON_ISSUED"])
            .change("aws_lb_listener.tls", certificate_arn="${data.aws_acm_certificate.found.arn}"),
            True,
        ),
        (
            SmallSystem()
            .add(
                "aws_acm_certificate_validation.main",
                certificate_arn="${aws_acm_certificate.main.arn}",
            )
            .change(
                "aws_lb_listener.tls",
                certificate_arn="${aws_acm_certificate_validation.main.certificate_arn}",
            ),
            True,
        ),
        (
            SmallSystem()
            .add("aws_iam_server_certificate.old", name="old")
            .add(
                "aws_lb_listener_certificate.more",
                listener_arn="${aws_lb_listener.tls.arn}",
                certificate_arn="${aws_iam_server_certificate.old.arn}",
            ),
            False,
        ),
    ],
)
def test_certificates_are_managed(system: SmallSystem, holds: bool) -> None:
    assert finding(listeners.has_managed_certificates(listener(system, "tls"))).holds is holds


def test_a_certificate_that_is_only_named_may_have_been_imported() -> None:
    arn = "arn:aws:acm:eu-west-1:1:certificate/x"
    system = SmallSystem().change("aws_lb_listener.tls", certificate_arn=arn)

    with pytest.raises(UnknownValue, match="issued or imported"):
        listeners.has_managed_certificates(listener(system, "tls"))


def test_a_redirect_to_https_is_what_plain_http_may_do() -> None:
    assert finding(listeners.redirects_plain_http(listener(SmallSystem(), "plain"))).holds
    assert listeners.redirects_plain_http(listener(SmallSystem(), "tls")) == NotApplicable(
        "no_plain_http"
    )


@pytest.mark.parametrize(
    ("action", "actual"),
    [
        ({"type": "forward", "target_group_arn": f"${{{BLUE}.arn}}"}, "an action is forward"),
        ({"type": "redirect", "redirect": [{}]}, "it redirects to HTTP, as it came"),
        ({"type": "redirect", "redirect": [{"protocol": "HTTP"}]}, "it redirects to HTTP"),
        ({"type": "fixed-response"}, "an action is fixed-response"),
    ],
)
def test_everything_else_on_plain_http_is_named(action: dict[str, Any], actual: str) -> None:
    system = SmallSystem().change("aws_lb_listener.plain", default_action=[action])

    found = finding(listeners.redirects_plain_http(listener(system, "plain")))

    assert not found.holds
    assert found.actual == actual


def test_a_rule_that_forwards_behind_a_redirect_is_found() -> None:
    system = SmallSystem().add(
        "aws_lb_listener_rule.health",
        listener_arn="${aws_lb_listener.plain.arn}",
        action=[{"type": "forward", "target_group_arn": f"${{{BLUE}.arn}}"}],
    )

    found = finding(listeners.redirects_plain_http(listener(system, "plain")))

    assert not found.holds


def test_a_port_80_that_is_handed_through_is_no_redirect() -> None:
    system = SmallSystem().change(
        "aws_lb_listener.plain",
        protocol="TCP",
        default_action=[{"type": "forward", "target_group_arn": f"${{{BLUE}.arn}}"}],
    )

    assert not finding(listeners.redirects_plain_http(listener(system, "plain"))).holds


def test_a_load_balancer_without_https_ends_no_tls() -> None:
    found = finding(listeners.terminates_tls(balancer(SmallSystem().remove("aws_lb_listener.tls"))))

    assert not found.holds
    assert found.actual == "it listens for HTTP 80"


def test_aliases_of_the_resource_types_are_read_alike() -> None:
    system = SmallSystem()
    for name in ("plain", "tls"):
        values = system.resources[f"aws_lb_listener.{name}"]["values"]
        system.remove(f"aws_lb_listener.{name}").add(f"aws_alb_listener.{name}", **values)

    assert finding(listeners.terminates_tls(balancer(system))).holds


@pytest.mark.parametrize(
    ("values", "drops", "protected", "logs"),
    [
        ({}, True, True, True),
        ({"drop_invalid_header_fields": None}, False, True, True),
        ({"enable_deletion_protection": None}, True, False, True),
        ({"access_logs": None}, True, True, False),
        ({"access_logs": [{"bucket": "logs"}]}, True, True, False),
        ({"access_logs": [{"bucket": "logs", "enabled": False}]}, True, True, False),
    ],
)
def test_what_is_unset_is_off(
    values: dict[str, Any], drops: bool, protected: bool, logs: bool
) -> None:
    found = balancer(SmallSystem().change("aws_lb.main", **values))

    assert finding(load_balancers.drops_malformed_headers(found)).holds is drops
    assert load_balancers.is_protected_against_deletion(found).holds is protected
    assert load_balancers.writes_access_logs(found).holds is logs


def test_a_load_balancer_for_tcp_sees_no_headers() -> None:
    found = balancer(SmallSystem().change("aws_lb.main", load_balancer_type="network"))

    assert load_balancers.drops_malformed_headers(found) == NotApplicable("no_headers")


def test_one_zone_is_not_several() -> None:
    mapping = [{"subnet_id": "${aws_subnet.public_a.id}"}]
    system = SmallSystem().change("aws_lb.main", subnets=None, subnet_mapping=mapping)

    found = load_balancers.serves_in_zones(balancer(system), zones=2)

    assert not found.holds
    assert found.actual == "subnets in 1 zones (eu-west-1a)"


@pytest.mark.parametrize(
    ("check", "taken"),
    [
        (
            {"path": "/h", "interval": 10, "unhealthy_threshold": 2},
            "2 failed checks, one every 10 s: 20 s",
        ),
        ({"path": "/h"}, "3 failed checks, one every 30 s: 90 s"),
    ],
)
def test_the_time_to_find_a_dead_task(check: dict[str, Any], taken: str) -> None:
    found = finding(load_balancers.detects_a_dead_task(target_group(**check), seconds=60))

    assert found.actual == taken
    assert found.holds is taken.endswith(" 20 s")


def test_without_a_block_aws_checks_the_root_page_twice() -> None:
    system = SmallSystem().change(BLUE, health_check=None)
    found = next(one for one in system.read()[1].records.target_groups if one.subject.id == BLUE)

    assert finding(load_balancers.detects_a_dead_task(found, seconds=60)).holds
    assert finding(load_balancers.checks_the_health_endpoint(found)).actual == "it requests /"


@pytest.mark.parametrize(
    ("check", "actual"),
    [
        ({"path": "/"}, "it requests /"),
        ({"protocol": "TCP"}, "it only tries a connection (TCP)"),
        ({"path": "/healthz", "enabled": False}, "the health check is off"),
    ],
)
def test_only_a_path_of_its_own_asks_the_application(check: dict[str, Any], actual: str) -> None:
    found = finding(load_balancers.checks_the_health_endpoint(target_group(**check)))

    assert not found.holds
    assert found.actual == actual


def test_targets_are_instances_unless_it_is_said() -> None:
    system = SmallSystem().change(BLUE, target_type=None)
    found = next(one for one in system.read()[1].records.target_groups if one.subject.id == BLUE)

    assert finding(load_balancers.registers_addresses(found)).actual == "type instance"


def second_group(system: SmallSystem) -> Finding:
    """Judge whether the balanced service has a second group."""
    web = next(one for one in system.read()[2].all if one.subject.id == "aws_ecs_service.web")
    return finding(load_balancers.has_a_second_target_group(web))


def single() -> SmallSystem:
    """Return the system with one group behind the listener."""
    action = {"type": "forward", "target_group_arn": f"${{{BLUE}.arn}}"}
    return SmallSystem().change("aws_lb_listener.tls", default_action=[action])


def test_a_group_that_nothing_reaches_is_no_second_group() -> None:
    found = second_group(single())

    assert not found.holds
    assert found.actual == f"{BLUE} beside no other group"


def test_the_other_group_of_a_weighted_forward_is_the_second() -> None:
    found = second_group(SmallSystem())

    assert found.actual == f"{BLUE} beside aws_lb_target_group.green"


def test_the_other_group_of_a_codedeploy_pair_is_the_second() -> None:
    pair = [{"target_group": [{"name": "blue"}, {"name": "green"}]}]
    system = single().add(
        "aws_codedeploy_deployment_group.web",
        load_balancer_info=[{"target_group_pair_info": pair}],
    )
    system.change(BLUE, name="blue").change("aws_lb_target_group.green", name="green")

    assert second_group(system).holds


def test_the_alternate_group_of_a_native_blue_green_service_is_the_second() -> None:
    alternate = [{"alternate_target_group_arn": "${aws_lb_target_group.green.arn}"}]
    place = {
        "target_group_arn": f"${{{BLUE}.arn}}",
        "container_port": 3000,
        "advanced_configuration": alternate,
    }

    assert second_group(single().change("aws_ecs_service.web", load_balancer=[place])).holds


def test_a_group_behind_a_test_listener_is_the_second() -> None:
    system = single().add(
        "aws_lb_listener.test",
        load_balancer_arn="${aws_lb.main.arn}",
        port=8443,
        protocol="HTTPS",
        default_action=[
            {"type": "forward", "target_group_arn": "${aws_lb_target_group.green.arn}"}
        ],
    )

    assert second_group(system).holds


def test_the_group_of_another_service_is_no_second_group() -> None:
    other = [{"target_group_arn": "${aws_lb_target_group.green.arn}", "container_port": 8080}]

    assert not second_group(SmallSystem().change("aws_ecs_service.api", load_balancer=other)).holds


def test_the_listeners_of_a_classic_load_balancer_are_its_blocks() -> None:
    blocks = [
        {"lb_port": 443, "lb_protocol": "https", "ssl_certificate_id": "arn:aws:acm:x"},
        {"lb_port": 80, "lb_protocol": "http"},
    ]
    system = SmallSystem().remove("aws_lb.main").add("aws_elb.old", listener=blocks)
    records = system.read()[1].records
    (old,) = records.load_balancers
    plain = next(one for one in records.listeners if one.subject.id == "aws_elb.old port 80")

    assert finding(listeners.terminates_tls(old)).holds
    assert not finding(listeners.redirects_plain_http(plain)).holds


@pytest.mark.parametrize("port", ["443", 443])
def test_a_port_may_be_written_as_text(port: object) -> None:
    assert listener(SmallSystem().change("aws_lb_listener.tls", port=port), "tls").port == 443


def test_a_port_that_is_a_reference_is_unknown_and_stops_nothing() -> None:
    port = "${aws_lb_target_group.blue.arn_suffix}"
    system = SmallSystem().change("aws_lb_listener.tls", port=port)

    assert finding(listeners.terminates_tls(balancer(SmallSystem()))).holds
    with pytest.raises(UnknownValue, match="is not a number"):
        bool(listener(system, "tls").port)
