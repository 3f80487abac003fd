"""Time until a dead target is noticed."""

from __future__ import annotations

from block_policy import NotSubject, ResourcePolicy
from checkov.common.models.enums import CheckCategories
from terraform_block import Block

LIMIT = 60


def noticed(group: Block) -> str | None:
    """Unset, the interval is 30 s and the threshold 3: half a minute too long."""
    if group.text("target_type") == "lambda":
        raise NotSubject("its target is a function")
    check = group.block("health_check")
    seconds = check.number("interval", unset=30) * check.number("unhealthy_threshold", unset=3)
    return None if seconds <= LIMIT else f"a dead target is noticed after {seconds:g} s"


POLICY = ResourcePolicy(
    policy="CKV_ASSURE_17",
    requirement="ALB-03",
    name="Target group notices a dead target within 60 seconds",
    remedy=(
        "Choose health_check interval and unhealthy_threshold so that their product is at most 60."
    ),
    resources=("aws_lb_target_group", "aws_alb_target_group"),
    reads=("health_check",),
    category=CheckCategories.NETWORKING,
    judge=noticed,
)
