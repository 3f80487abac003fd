"""The policy of a VPC endpoint."""

from __future__ import annotations

from block_policy import NotSubject, ResourcePolicy
from checkov.common.models.enums import CheckCategories
from terraform_block import Block


def has_policy(endpoint: Block) -> str | None:
    """Without one AWS attaches a policy that allows everything to everyone."""
    if endpoint.text("vpc_endpoint_type") == "GatewayLoadBalancer":
        raise NotSubject("a gateway load balancer endpoint takes no policy")
    return None if endpoint.given("policy") else "it has no policy, which allows everything"


POLICY = ResourcePolicy(
    policy="CKV_ASSURE_22",
    requirement="NET-10",
    name="VPC endpoint has a policy of its own",
    remedy="Set policy on the endpoint to the actions and resources that the system needs.",
    resources=("aws_vpc_endpoint",),
    reads=("policy",),
    category=CheckCategories.NETWORKING,
    judge=has_policy,
)
