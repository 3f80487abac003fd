"""VPC endpoints: in the way of every call, and no wider than needed."""

from __future__ import annotations

from typing import Any

import pytest

from assurance.model.findings import Finding
from assurance.model.networks import VpcEndpoint
from assurance.rules import endpoints as rules
from tests.small_system import SmallSystem

S3 = "aws_vpc_endpoint.s3"
LOGS = "aws_vpc_endpoint.logs"
TABLES = ["${aws_route_table.app_a.id}", "${aws_route_table.app_b.id}"]
OPEN = {"Statement": [{"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"}]}
NARROW = {"Statement": [{**OPEN["Statement"][0], "Action": "s3:GetObject"}]}


def system() -> SmallSystem:
    """Return the small system with one gateway and one interface endpoint."""
    return (
        SmallSystem()
        .add(
            S3,
            vpc_id="${aws_vpc.main.id}",
            service_name="com.amazonaws.eu-west-1.s3",
            route_table_ids=TABLES,
            policy=NARROW,
        )
        .add(
            LOGS,
            vpc_id="${aws_vpc.main.id}",
            service_name="com.amazonaws.${data.aws_region.current.name}.logs",
            vpc_endpoint_type="Interface",
            subnet_ids=["${aws_subnet.app_a.id}"],
            private_dns_enabled=True,
            policy=NARROW,
        )
    )


def judged(changed: SmallSystem) -> Finding:
    """Judge the endpoints of the VPC."""
    networks, _, parties = changed.read()
    records = networks.records
    return rules.has_endpoints(records.vpcs[0], records, parties, services=["s3", "logs"])


def endpoint(changed: SmallSystem, name: str) -> VpcEndpoint:
    """Return an endpoint by id."""
    found = changed.networks.records.endpoints
    return next(one for one in found if one.subject.id == name)


def test_endpoints_in_the_way_of_every_call_hold() -> None:
    assert judged(system()).holds


@pytest.mark.parametrize(
    ("name", "values", "actual"),
    [
        (
            S3,
            {"route_table_ids": TABLES[:1]},
            "aws_vpc_endpoint.s3 is not in aws_route_table.app_b",
        ),
        (
            LOGS,
            {"private_dns_enabled": None},
            "aws_vpc_endpoint.logs does not take over the service's name",
        ),
        (LOGS, {"subnet_ids": None}, "aws_vpc_endpoint.logs stands in no subnet"),
        (S3, {"service_name": "com.amazonaws.eu-west-1.dynamodb"}, "no endpoint for s3"),
    ],
)
def test_an_endpoint_that_calls_pass_by_is_named(
    name: str, values: dict[str, Any], actual: str
) -> None:
    found = judged(system().change(name, **values))

    assert not found.holds
    assert found.actual == actual


def test_tables_and_subnets_may_be_associated_by_resources_of_their_own() -> None:
    changed = system().change(S3, route_table_ids=TABLES[:1]).change(LOGS, subnet_ids=None)
    changed.add(
        "aws_vpc_endpoint_route_table_association.s3",
        vpc_endpoint_id="${aws_vpc_endpoint.s3.id}",
        route_table_id=TABLES[1],
    )
    changed.add(
        "aws_vpc_endpoint_subnet_association.logs",
        vpc_endpoint_id="${aws_vpc_endpoint.logs.id}",
        subnet_id="${aws_subnet.app_a.id}",
    )

    assert judged(changed).holds


@pytest.mark.parametrize(
    ("policy", "holds", "actual"),
    [
        (NARROW, True, "a policy of its own"),
        (OPEN, False, "its policy allows everybody everything"),
        (None, False, "no policy is set: AWS allows everything"),
        (
            {"Statement": [{**OPEN["Statement"][0], "Condition": {"StringEquals": {"a": "b"}}}]},
            True,
            "a policy of its own",
        ),
    ],
)
def test_a_policy_is_narrower_than_full_access(
    policy: dict[str, Any] | None, holds: bool, actual: str
) -> None:
    found = rules.has_a_policy(endpoint(system().change(S3, policy=policy), S3))

    assert found.holds is holds
    assert found.actual == actual


def test_a_policy_of_its_own_resource_counts() -> None:
    changed = system().change(S3, policy=None)
    changed.add("aws_vpc_endpoint_policy.s3", vpc_endpoint_id=f"${{{S3}.id}}", policy=NARROW)

    assert rules.has_a_policy(endpoint(changed, S3)).holds
