"""The delegate is redundant, private, pinned, supported and on record."""

from __future__ import annotations

from typing import Any

import pytest

from assurance.model.unknown import UnknownValue
from assurance.rules import delegates as rules
from tests.running import container, service, task, view
from tests.states import managed

IMAGE = "harness/delegate:26.10.87100"


def delegate(*resources: Any, **settings: Any) -> Any:
    found = view(task(container(**{"image": IMAGE, **settings})), *resources)
    (one,) = found.delegates.services
    return one


@pytest.mark.parametrize(
    ("settings", "is_delegate"),
    [
        ({"image": IMAGE}, True),
        ({"image": "123456789012.dkr.ecr.eu-west-1.amazonaws.com/tools/harness-delegate:1"}, True),
        (
            {
                "image": "tools:1",
                "environment": [
                    {"name": "DELEGATE_NAME", "value": "x"},
                    {"name": "ACCOUNT_ID", "value": "x"},
                ],
                "secrets": [{"name": "DELEGATE_TOKEN", "valueFrom": "arn:aws:x"}],
            },
            True,
        ),
        ({"image": "app:1", "environment": [{"name": "ACCOUNT_ID", "value": "x"}]}, False),
        ({"image": "org/harness-ui:1"}, False),
    ],
)
def test_a_delegate_is_known_by_image_or_settings(settings: Any, is_delegate: Any) -> None:
    """Its name plays no part."""
    found = view(task(container(**settings)))

    assert bool(found.delegates.services) is is_delegate


def test_one_replica_is_too_few() -> None:
    """Unset, the desired count is 0."""
    found = view(task(container(image=IMAGE)), service(desired_count=None))

    finding = rules.has_replicas(found.delegates.services[0], found.scaling, replicas=2)

    assert (finding.holds, finding.actual) == (False, "0 replicas")


@pytest.mark.parametrize(
    ("image", "pinned", "supported"),
    [
        (IMAGE, True, True),
        ("harness/delegate:25.01.85000", True, False),
        ("harness/delegate:26.10.87100.minimal", True, True),
        ("harness/delegate:latest", False, False),
        ("harness/delegate", False, False),
        ("harness/delegate:stable", False, None),
    ],
)
def test_the_release_is_exact_and_recent(image: Any, pinned: Any, supported: Any) -> None:
    """Releases are numbered by year and month."""
    found = delegate(image=image)

    assert rules.has_pinned_image(found).holds is pinned
    if supported is None:
        with pytest.raises(UnknownValue, match="does not tell its release"):
            rules.has_supported_image(found, oldest="26.05")
    else:
        assert rules.has_supported_image(found, oldest="26.05").holds is supported


def test_a_label_tells_the_release_of_a_digest() -> None:
    """A digest does not tell how old it is."""
    image = "harness/delegate@sha256:" + "0" * 64
    labelled = delegate(
        image=image, dockerLabels={"org.opencontainers.image.version": "26.10.87100"}
    )

    assert rules.has_supported_image(labelled, oldest="26.05").holds
    with pytest.raises(UnknownValue):
        rules.has_supported_image(delegate(image=image), oldest="26.05")


def test_a_subnet_that_routes_to_the_internet_is_not_private() -> None:
    """One public subnet beside a private one is named."""
    table = managed(
        "aws_route_table.public",
        vpc_id="${aws_vpc.main.id}",
        route=[{"cidr_block": "0.0.0.0/0", "gateway_id": "${aws_internet_gateway.main.id}"}],
    )
    association = managed(
        "aws_route_table_association.a",
        subnet_id="${aws_subnet.a.id}",
        route_table_id="${aws_route_table.public.id}",
    )
    gateway = managed("aws_internet_gateway.main", vpc_id="${aws_vpc.main.id}")

    finding = rules.is_in_private_subnets(delegate(table, association, gateway))

    assert not finding.holds
    assert finding.actual == "aws_subnet.a: routes to an internet gateway"
    assert rules.is_in_private_subnets(delegate()).holds


def test_a_public_address_fails_and_its_absence_passes() -> None:
    """Unset, no public address is assigned."""
    network = [{"subnets": ["${aws_subnet.a.id}"], "assign_public_ip": True}]

    assert not rules.has_no_public_address(delegate(service(network_configuration=network))).holds
    assert rules.has_no_public_address(delegate()).holds


def test_a_silent_delegate_fails() -> None:
    """Without log configuration nothing is kept."""
    assert not rules.logs(delegate(logConfiguration=None)).holds
    assert rules.logs(delegate()).holds


@pytest.mark.parametrize(
    ("settings", "holds", "said"),
    [
        ({"secrets": [{"name": "DELEGATE_TOKEN", "valueFrom": "arn:aws:x"}]}, True, "by reference"),
        ({"environment": [{"name": "DELEGATE_TOKEN", "value": "x"}]}, False, "a plain setting"),
        (
            {
                "environment": [{"name": "DELEGATE_TOKEN", "value": "x"}],
                "secrets": [{"name": "DELEGATE_TOKEN", "valueFrom": "arn:aws:x"}],
            },
            False,
            "a plain setting",
        ),
        ({}, False, "not stated"),
    ],
)
def test_the_token_comes_by_reference_alone(settings: Any, holds: bool, said: str) -> None:
    finding = rules.takes_token_from_secret_manager(delegate(**settings))

    assert finding.holds is holds
    assert said in finding.actual


def test_what_runs_beside_the_delegate_needs_neither_token_nor_release() -> None:
    """A runner or a log router is no delegate."""
    beside = container(name="runner", image="tools/runner@sha256:" + "0" * 64)
    token = [{"name": "DELEGATE_TOKEN", "valueFrom": "arn:aws:x"}]
    found = view(task(container(image=IMAGE, secrets=token), beside))
    (one,) = found.delegates.services

    assert rules.takes_token_from_secret_manager(one).holds
    assert rules.has_supported_image(one, oldest="26.05").holds
