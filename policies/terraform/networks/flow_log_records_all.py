"""The traffic that a flow log records."""

from __future__ import annotations

from block_policy import ResourcePolicy
from checkov.common.models.enums import CheckCategories
from terraform_block import Block


def records_all(log: Block) -> str | None:
    """Accepted traffic alone hides the probing, rejected alone the break-in."""
    traffic = log.text("traffic_type")
    return None if traffic == "ALL" else f"it records {traffic or 'no stated'} traffic"


POLICY = ResourcePolicy(
    policy="CKV_ASSURE_21",
    requirement="NET-11",
    name="Flow log records all traffic",
    remedy="Set traffic_type = 'ALL'.",
    resources=("aws_flow_log",),
    reads=("traffic_type",),
    category=CheckCategories.LOGGING,
    judge=records_all,
)
