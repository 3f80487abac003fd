"""Kind and health endpoint of a target group."""

from __future__ import annotations

from block_policy import NotSubject, ResourcePolicy
from checkov.common.models.enums import CheckCategories
from terraform_block import Block


def addressed(group: Block) -> str | None:
    """Tasks on Fargate have addresses of their own, and / is seldom a health endpoint."""
    kind = group.text("target_type") or "instance"
    if kind == "lambda":
        raise NotSubject("its target is a function")
    if kind != "ip":
        return f"its target type is {kind}"
    if group.text("protocol") not in ("HTTP", "HTTPS"):
        raise NotSubject("it does not speak HTTP")
    path = group.block("health_check").text("path")
    return None if path not in ("", "/") else "its health check names no health endpoint"


POLICY = ResourcePolicy(
    policy="CKV_ASSURE_16",
    requirement="ALB-03",
    name="Target group of a service is of type ip with a health check path",
    remedy="Set target_type = 'ip' and health_check { path = … }.",
    resources=("aws_lb_target_group", "aws_alb_target_group"),
    reads=("target_type", "health_check"),
    category=CheckCategories.NETWORKING,
    judge=addressed,
)
