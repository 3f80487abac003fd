"""Alarms."""

from __future__ import annotations

from block_policy import ResourcePolicy
from checkov.common.models.enums import CheckCategories
from terraform_block import Block


def notifies(alarm: Block) -> str | None:
    """Without an action it is a colour on a screen; a default is nobody's decision."""
    if not alarm.items_given("alarm_actions"):
        return "it has no alarm action"
    if not alarm.holds("actions_enabled", unset=True):
        return "its actions are switched off"
    return None if alarm.given("treat_missing_data") else "it does not say what missing data means"


POLICY = ResourcePolicy(
    policy="CKV_ASSURE_38",
    requirement="OBS-03",
    name="Alarm notifies someone and says what missing data means",
    remedy="Set alarm_actions and treat_missing_data on the alarm.",
    resources=("aws_cloudwatch_metric_alarm",),
    reads=("alarm_actions", "actions_enabled", "treat_missing_data"),
    category=CheckCategories.LOGGING,
    judge=notifies,
)
