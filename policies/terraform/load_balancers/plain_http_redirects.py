"""What a plain HTTP listener does."""

from __future__ import annotations

from block_policy import NotSubject, ResourcePolicy
from checkov.common.models.enums import CheckCategories
from terraform_block import Block


def redirects(listener: Block) -> str | None:
    """Every default action counts; a redirect without a protocol keeps HTTP."""
    if listener.text("protocol") != "HTTP":
        raise NotSubject("it does not speak plain HTTP")
    actions = list(listener.blocks("default_action"))
    if not actions:
        return "it has no default action"
    for action in actions:
        kind = action.text("type")
        if kind != "redirect":
            return f"it answers plain HTTP with {kind}"
        protocol = action.block("redirect").text("protocol")
        if protocol != "HTTPS":
            return f"it redirects to {protocol or 'the same protocol'}"
    return None


POLICY = ResourcePolicy(
    policy="CKV_ASSURE_19",
    requirement="ALB-02",
    name="Plain HTTP listener only redirects to HTTPS",
    remedy=(
        "Give the HTTP listener one default_action of type redirect with protocol HTTPS "
        "and status HTTP_301."
    ),
    resources=("aws_lb_listener", "aws_alb_listener"),
    reads=("protocol", "default_action"),
    category=CheckCategories.NETWORKING,
    judge=redirects,
)
