"""What must hold for insights and for notification topics."""

from __future__ import annotations

from assurance.model.findings import Finding, any_of
from assurance.model.observability import Topic
from assurance.model.services import Cluster
from assurance.rules.lists import listing


def has_insights(cluster: Cluster) -> Finding:
    """Container insights are on, in either form."""
    return Finding(
        holds=cluster.insights in ("enabled", "enhanced"),
        expected="container insights enabled or enhanced",
        actual=f"container insights {cluster.insights}",
    )


def has_subscriber(topic: Topic) -> Finding:
    """Somebody receives what is published."""
    found = any_of(topic.subscriptions, lambda subscription: bool(subscription.protocol))
    by = listing(sorted({str(item.protocol) for item in topic.subscriptions})) if found else ""
    return Finding(
        holds=found,
        expected="at least one subscription",
        actual=f"subscribed by {by}" if found else "no subscription",
    )


def is_encrypted(topic: Topic) -> Finding:
    """Messages are encrypted at rest."""
    return Finding(
        holds=bool(topic.key),
        expected="encryption with a KMS key",
        actual=f"key {topic.key}" if topic.key else "no kms_master_key_id",
    )
