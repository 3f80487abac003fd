"""Insights are on; topics have a subscriber and a key."""

from __future__ import annotations

from typing import Any

import pytest

from assurance.model.unknown import UnknownValue
from assurance.rules import observability as rules
from tests.running import view
from tests.states import managed, unknown_because


@pytest.mark.parametrize(
    ("settings", "holds"),
    [
        ([{"name": "containerInsights", "value": "enabled"}], True),
        ([{"name": "containerInsights", "value": "enhanced"}], True),
        ([{"name": "containerInsights", "value": "disabled"}], False),
        ([], False),
    ],
)
def test_insights_are_off_unless_set(settings: Any, holds: Any) -> None:
    """Both forms count."""
    found = view(managed("aws_ecs_cluster.main", name="main", setting=settings))

    assert rules.has_insights(found.services.clusters[0]).holds is holds


def test_the_accounts_default_counts_for_a_cluster_that_says_nothing() -> None:
    """It is a resource of its own."""
    default = managed(
        "aws_ecs_account_setting_default.insights", name="containerInsights", value="enhanced"
    )
    found = view(managed("aws_ecs_cluster.main", name="main"), default)

    assert rules.has_insights(found.services.clusters[0]).holds


def topics(*resources: Any) -> Any:
    return view(*resources).observability.topics


SUBSCRIPTION: dict[str, Any] = {"protocol": "email", "endpoint": "a@example.com"}


@pytest.mark.parametrize("reference", ["${aws_sns_topic.main.arn}", "${aws_sns_topic.main.id}"])
def test_a_topic_needs_a_subscription_of_its_own(reference: Any) -> None:
    """A second topic without one fails beside the first."""
    found = topics(
        managed("aws_sns_topic.main", name="main", kms_master_key_id="alias/aws/sns"),
        managed("aws_sns_topic.other", name="other"),
        managed("aws_sns_topic_subscription.main", topic_arn=reference, **SUBSCRIPTION),
    )

    assert [rules.has_subscriber(topic).actual for topic in found] == [
        "subscribed by email",
        "no subscription",
    ]
    assert [rules.is_encrypted(topic).actual for topic in found] == [
        "key alias/aws/sns",
        "no kms_master_key_id",
    ]


def test_a_key_that_nobody_knows_is_unknown() -> None:
    """It may be empty."""
    (topic,) = topics(
        managed("aws_sns_topic.main", name="main", kms_master_key_id=unknown_because("var.key"))
    )

    with pytest.raises(UnknownValue, match=r"var\.key"):
        rules.is_encrypted(topic)
