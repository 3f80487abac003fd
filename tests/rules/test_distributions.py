"""Distributions: TLS to the viewer, and no way past them."""

from __future__ import annotations

from typing import Any

import pytest

from assurance.model.distributions import Distribution
from assurance.model.findings import Finding, NotApplicable
from assurance.model.unknown import UnknownValue
from assurance.readers.distributions import read_distributions
from assurance.rules import distributions as rules
from tests.small_system import SmallSystem, rule

CDN = "aws_cloudfront_distribution.main"
OF_OURS = {"StringEquals": {"AWS:SourceArn": "${aws_cloudfront_distribution.main.arn}"}}
NETWORK = {"Service": "cloudfront.amazonaws.com"}


def allow(principal: Any, condition: Any = None) -> dict[str, Any]:
    """Return a policy that lets somebody read."""
    statement = {"Effect": "Allow", "Principal": principal, "Action": "s3:GetObject"}
    return {"Statement": [statement | ({"Condition": condition} if condition else {})]}


def system() -> SmallSystem:
    """Return the small system with a distribution before a bucket."""
    origin = {
        "domain_name": "${aws_s3_bucket.assets.bucket_regional_domain_name}",
        "origin_access_control_id": "${aws_cloudfront_origin_access_control.main.id}",
    }
    return (
        SmallSystem()
        .add("aws_s3_bucket.assets", bucket="assets")
        .add(
            "aws_s3_bucket_policy.assets",
            bucket="${aws_s3_bucket.assets.id}",
            policy=allow(NETWORK, OF_OURS),
        )
        .add("aws_cloudfront_origin_access_control.main", signing_behavior="always")
        .add(
            CDN,
            origin=[origin],
            default_cache_behavior=[{"viewer_protocol_policy": "redirect-to-https"}],
            viewer_certificate=[{"minimum_protocol_version": "TLSv1.2_2021"}],
        )
    )


def read(changed: SmallSystem) -> Distribution:
    """Return the distribution."""
    (found,) = read_distributions(changed.state, changed.read()[1])
    return found


def origin(changed: SmallSystem, **values: Any) -> SmallSystem:
    """Change the origin; None removes a value."""
    old = changed.resources[CDN]["values"]["origin"][0]
    new = {key: value for key, value in {**old, **values}.items() if value is not None}
    return changed.change(CDN, origin=[new])


def test_a_guarded_distribution_holds() -> None:
    found = read(system())
    modern = rules.refuses_old_tls(found)

    assert rules.delivers_over_tls(found).holds
    assert isinstance(modern, Finding)
    assert modern.holds
    assert rules.hides_its_origins(found).actual == (
        "aws_s3_bucket.assets answers the distribution only"
    )


def test_one_path_over_plain_http_is_enough_to_fail() -> None:
    path = [{"path_pattern": "/old/*", "viewer_protocol_policy": "allow-all"}]

    found = rules.delivers_over_tls(read(system().change(CDN, ordered_cache_behavior=path)))

    assert not found.holds
    assert found.actual == "/old/*: allow-all"


@pytest.mark.parametrize("oldest", ["SSLv3", "TLSv1", "TLSv1_2016", "TLSv1.1_2016"])
def test_old_tls_is_named(oldest: str) -> None:
    certificate = [{"minimum_protocol_version": oldest}]

    found = rules.refuses_old_tls(read(system().change(CDN, viewer_certificate=certificate)))

    assert isinstance(found, Finding)
    assert not found.holds
    assert found.actual == f"it accepts {oldest} and newer"


def test_under_the_networks_own_name_nothing_can_be_chosen() -> None:
    certificate = [{"cloudfront_default_certificate": True}]
    found = rules.refuses_old_tls(read(system().change(CDN, viewer_certificate=certificate)))

    assert found == NotApplicable("default_certificate")


@pytest.mark.parametrize(
    ("policy", "actual"),
    [
        (allow("*"), "aws_s3_bucket.assets admits *"),
        (allow({"AWS": "*"}), "aws_s3_bucket.assets admits *"),
        (allow(NETWORK), "aws_s3_bucket.assets admits cloudfront.amazonaws.com"),
        ({"Statement": []}, "aws_s3_bucket.assets does not admit the distribution"),
    ],
)
def test_whom_the_bucket_admits_decides(policy: dict[str, Any], actual: str) -> None:
    changed = system().change("aws_s3_bucket_policy.assets", policy=policy)

    found = rules.hides_its_origins(read(changed))

    assert not found.holds
    assert found.actual == actual


def test_an_access_identity_is_as_good_as_access_control() -> None:
    identity = "${aws_cloudfront_origin_access_identity.old.cloudfront_access_identity_path}"
    changed = system().add("aws_cloudfront_origin_access_identity.old")
    origin(
        changed,
        origin_access_control_id=None,
        s3_origin_config=[{"origin_access_identity": identity}],
    )
    arn = "${aws_cloudfront_origin_access_identity.old.iam_arn}"
    changed.change("aws_s3_bucket_policy.assets", policy=allow({"AWS": arn}))

    assert rules.hides_its_origins(read(changed)).holds


def test_a_website_of_a_bucket_is_public() -> None:
    changed = system().add("aws_s3_bucket_website_configuration.assets")
    name = "${aws_s3_bucket_website_configuration.assets.website_endpoint}"
    origin(changed, domain_name=name, custom_origin_config=[{}])

    assert not rules.hides_its_origins(read(changed)).holds


def test_unsigned_requests_need_a_public_bucket() -> None:
    found = rules.hides_its_origins(read(origin(system(), origin_access_control_id=None)))

    assert not found.holds
    assert "are not signed" in found.actual


def before_a_load_balancer(**values: Any) -> SmallSystem:
    """Return the system with the load balancer as origin."""
    return origin(
        system(),
        domain_name="${aws_lb.main.dns_name}",
        origin_access_control_id=None,
        custom_origin_config=[{"origin_protocol_policy": "https-only"}],
        **values,
    )


def test_a_load_balancer_that_the_internet_reaches_is_not_hidden() -> None:
    found = rules.hides_its_origins(read(before_a_load_balancer()))

    assert not found.holds
    assert found.actual == "aws_lb.main admits the internet beside the distribution"


def test_a_load_balancer_for_the_networks_prefix_list_is_hidden() -> None:
    changed = before_a_load_balancer()
    only = [rule(443, prefix_list_ids=["${data.aws_ec2_managed_prefix_list.cloudfront.id}"])]
    changed.add("data.aws_ec2_managed_prefix_list.cloudfront", name="com.amazonaws.x")
    changed.change("aws_security_group.lb", ingress=only)

    assert rules.hides_its_origins(read(changed)).holds


def test_a_load_balancer_that_asks_for_a_secret_header_is_hidden() -> None:
    changed = before_a_load_balancer(custom_header=[{"name": "X-Origin", "value": "(sensitive)"}])
    deny = [{"type": "fixed-response"}]
    changed.change("aws_lb_listener.tls", default_action=deny)
    changed.add(
        "aws_lb_listener_rule.cdn",
        listener_arn="${aws_lb_listener.tls.arn}",
        action=[{"type": "forward", "target_group_arn": "${aws_lb_target_group.blue.arn}"}],
        condition=[{"http_header": [{"http_header_name": "x-origin", "values": ["(sensitive)"]}]}],
    )

    assert rules.hides_its_origins(read(changed)).holds


def test_a_name_that_nobody_knows_stays_unknown() -> None:
    changed = origin(system(), domain_name="assets.example.com", origin_access_control_id=None)

    with pytest.raises(UnknownValue, match=r"what stands behind assets\.example\.com"):
        rules.hides_its_origins(read(changed))
