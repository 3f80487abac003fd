"""Retention of a log group."""

from __future__ import annotations

from block_policy import ResourcePolicy
from checkov.common.models.enums import CheckCategories
from terraform_block import Block

DAYS = 90


def kept(group: Block) -> str | None:
    """0 means for ever, as does an unset one."""
    days = group.number("retention_in_days", unset=0)
    return None if days == 0 or days >= DAYS else f"logs are kept for {days:g} days"


POLICY = ResourcePolicy(
    policy="CKV_ASSURE_37",
    requirement="OBS-01",
    name="Log group keeps logs for at least 90 days",
    remedy="Set retention_in_days to 90 or more.",
    resources=("aws_cloudwatch_log_group",),
    reads=("retention_in_days",),
    category=CheckCategories.LOGGING,
    judge=kept,
    omitted="Unset means that logs never expire, which keeps them for at least 90 days.",
)
