"""The TLS policy of a listener."""

from __future__ import annotations

import re

from block_policy import NotSubject, ResourcePolicy
from checkov.common.models.enums import CheckCategories
from terraform_block import Block

MODERN = re.compile(r"^ELBSecurityPolicy-(?:TLS13-1-[23]-|TLS-1-2-|FS-1-2-)")


def modern(listener: Block) -> str | None:
    """Unset means ELBSecurityPolicy-2016-08, which still speaks TLS 1.0."""
    if listener.text("protocol") not in ("HTTPS", "TLS"):
        raise NotSubject("it does not terminate TLS")
    if not listener.given("certificate_arn"):
        return "it has no certificate"
    policy = listener.text("ssl_policy")
    return None if MODERN.match(policy) else f"its TLS policy is {policy or 'the old default'}"


POLICY = ResourcePolicy(
    policy="CKV_ASSURE_18",
    requirement="ALB-01",
    name="HTTPS listener negotiates TLS 1.2 or newer only",
    remedy="Set ssl_policy to ELBSecurityPolicy-TLS13-1-2-2021-06 or another that ends at TLS 1.2.",
    resources=("aws_lb_listener", "aws_alb_listener"),
    reads=("ssl_policy",),
    category=CheckCategories.ENCRYPTION,
    judge=modern,
)
