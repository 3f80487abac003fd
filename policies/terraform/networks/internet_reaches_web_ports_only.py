"""What the internet may reach through a security group."""

from __future__ import annotations

from block_policy import NotSubject, ResourcePolicy
from checkov.common.models.enums import CheckCategories
from terraform_block import Block, Unresolved, is_expression

ANYWHERE = {"0.0.0.0/0", "::/0"}
WEB = {(443, 443), (80, 80)}


def _open_ports(rule: Block) -> str | None:
    sources = [
        *rule.items("cidr_blocks"),
        *rule.items("ipv6_cidr_blocks"),
        rule.raw("cidr_ipv4"),
        rule.raw("cidr_ipv6"),
    ]
    if not ANYWHERE & {str(source) for source in sources if source}:
        unknown = [source for source in sources if is_expression(source)]
        if unknown:
            raise Unresolved(f"its source is {unknown[0]}")
        return None
    protocol = rule.text("protocol") or rule.text("ip_protocol")
    first, last = int(rule.number("from_port", unset=-1)), int(rule.number("to_port", unset=-1))
    if protocol in ("tcp", "6") and (first, last) in WEB:
        return None
    return f"the internet reaches {protocol or 'all'} ports {first} to {last}"


def web_only(group: Block) -> str | None:
    """Rules within the group, and each of the two kinds of rules beside it."""
    if group.text("type") == "egress":
        raise NotSubject("it is a rule for traffic that leaves")
    rules = list(group.blocks("ingress")) or [group]
    return next((problem for problem in map(_open_ports, rules) if problem), None)


POLICY = ResourcePolicy(
    policy="CKV_ASSURE_23",
    requirement="NET-06",
    name="Security group accepts the internet on 443 and 80 only",
    remedy=(
        "Limit the rule to port 443 (80 to redirect), or name a security group or an "
        "address range as its source."
    ),
    resources=(
        "aws_security_group",
        "aws_default_security_group",
        "aws_security_group_rule",
        "aws_vpc_security_group_ingress_rule",
    ),
    reads=(
        "ingress",
        "cidr_blocks",
        "ipv6_cidr_blocks",
        "cidr_ipv4",
        "cidr_ipv6",
        "from_port",
        "to_port",
    ),
    category=CheckCategories.NETWORKING,
    judge=web_only,
    omitted="A security group without an ingress rule accepts nothing.",
)
