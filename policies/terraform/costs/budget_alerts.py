"""Alerts of a budget."""

from __future__ import annotations

from block_policy import NotSubject, ResourcePolicy
from terraform_block import Block


def alerts(budget: Block) -> str | None:
    """A forecast warns in time, the actual cost corrects the forecast."""
    if budget.text("budget_type") not in ("COST", "USAGE"):
        raise NotSubject("a budget of utilisation or coverage has no forecast")
    kinds = {
        notification.text("notification_type")
        for notification in budget.blocks("notification")
        if notification.items_given("subscriber_email_addresses")
        or notification.items_given("subscriber_sns_topic_arns")
    }
    missing = sorted({"ACTUAL", "FORECASTED"} - kinds)
    return f"nobody is told of {' and '.join(missing).lower()} cost" if missing else None


POLICY = ResourcePolicy(
    policy="CKV_ASSURE_41",
    requirement="CST-03",
    name="Budget alerts on actual and on forecasted cost",
    remedy="Add a notification of type ACTUAL and one of type FORECASTED, each with a subscriber.",
    resources=("aws_budgets_budget",),
    reads=("notification",),
    judge=alerts,
)
