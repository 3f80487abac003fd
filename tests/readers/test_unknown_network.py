"""Readers of network and entrance carry unknown values into the records, and never stumble."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

import pytest

from assurance.readers.distributions import read_distributions
from assurance.readers.load_balancers import read_load_balancers
from assurance.readers.networks import read_networks
from assurance.readers.parties import read_parties
from assurance.readers.state import State
from tests.small_system import SmallSystem, group, rule
from tests.states import body, unknown_because

Path = tuple[str | int, ...]


def system() -> SmallSystem:
    """Return the small system with one of everything else that the readers know."""
    found = SmallSystem()
    vpc = {"vpc_id": "${aws_vpc.main.id}"}
    allow = {"Effect": "Allow", "Principal": {"AWS": ["*"]}, "Action": ["*"], "Resource": "*"}
    source = {"StringEquals": {"AWS:SourceArn": "arn:aws:cloudfront::1:distribution/x"}}
    found.add(
        "aws_vpc_endpoint.logs",
        **vpc,
        service_name="com.amazonaws.eu-west-1.logs",
        vpc_endpoint_type="Interface",
        subnet_ids=["${aws_subnet.app_a.id}"],
        security_group_ids=[group("api")],
        policy={"Statement": [allow]},
    )
    found.add(
        "aws_vpc_security_group_ingress_rule.one",
        security_group_id=group("api"),
        cidr_ipv4="10.0.0.0/8",
        ip_protocol="-1",
    )
    found.add(
        "aws_security_group_rule.one",
        security_group_id=group("api"),
        type="egress",
        **rule(443, prefix_list_ids=["pl-1"]),
    )
    found.add(
        "aws_network_acl_rule.one",
        network_acl_id="${aws_network_acl.app.id}",
        rule_number=7,
        egress=True,
        rule_action="deny",
        protocol="tcp",
        from_port=1,
        to_port=2,
        cidr_block="10.0.0.0/8",
    )
    found.add("aws_s3_bucket.assets", bucket="assets")
    found.add(
        "aws_s3_bucket_policy.assets",
        bucket="${aws_s3_bucket.assets.id}",
        policy={"Statement": [{**allow, "Condition": source}]},
    )
    found.add(
        "aws_cloudfront_distribution.main",
        origin=[
            {
                "domain_name": "${aws_s3_bucket.assets.bucket_regional_domain_name}",
                "custom_header": [{"name": "x"}],
            }
        ],
        default_cache_behavior=[{"viewer_protocol_policy": "https-only"}],
        viewer_certificate=[{"minimum_protocol_version": "TLSv1.2_2021"}],
    )
    found.add(
        "aws_instance.one",
        subnet_id="${aws_subnet.app_a.id}",
        vpc_security_group_ids=[group("api")],
    )
    found.add(
        "aws_launch_template.one",
        network_interfaces=[
            {"associate_public_ip_address": "true", "security_groups": [group("api")]}
        ],
    )
    found.add(
        "aws_autoscaling_group.one",
        vpc_zone_identifier=["${aws_subnet.app_a.id}"],
        launch_template=[{"id": "${aws_launch_template.one.id}"}],
    )
    found.add(
        "aws_lambda_function.one",
        vpc_config=[
            {"subnet_ids": ["${aws_subnet.app_a.id}"], "security_group_ids": [group("api")]}
        ],
    )
    found.add(
        "aws_rds_cluster.one",
        engine="aurora-postgresql",
        db_subnet_group_name="${aws_db_subnet_group.main.name}",
    )
    found.add(
        "aws_rds_cluster_instance.one",
        cluster_identifier="${aws_rds_cluster.one.id}",
        publicly_accessible=False,
    )
    found.add(
        "aws_elb.one", listener=[{"lb_port": 80, "lb_protocol": "http", "ssl_certificate_id": "x"}]
    )
    return found


def paths(value: Any, path: Path = ()) -> Iterator[Path]:
    """Yield the path of every value inside a value, itself included."""
    if path:
        yield path
    items: Any = ()
    if isinstance(value, dict):
        items = value.items()
    elif isinstance(value, list):
        items = enumerate(value)
    for key, item in items:
        yield from paths(item, (*path, key))


def blotted(value: Any, path: Path) -> Any:
    """Return a copy of a value with one place made unknown."""
    if not path:
        return unknown_because("somebody knows")
    found = copy.copy(value)
    found[path[0]] = blotted(value[path[0]], path[1:])
    return found


def read_everything(state: State) -> None:
    """Read all records of network and entrance."""
    networks = read_networks(state)
    balancers = read_load_balancers(state, networks)
    read_parties(state, networks, balancers)
    read_distributions(state, balancers)


ADDRESSES = sorted(system().resources)


@pytest.mark.parametrize("address", ADDRESSES)
def test_any_value_of_a_resource_may_be_unknown(address: str) -> None:
    resources = system().resources
    for path in paths(resources[address]["values"]):
        values = blotted(resources[address]["values"], path)
        changed = {**resources, address: {**resources[address], "values": values}}

        read_everything(State([(body(*changed.values()), "sha256:x")]))
