"""The circuit breaker of rolling deployments."""

from __future__ import annotations

from block_policy import NotSubject, ResourcePolicy
from checkov.common.models.enums import CheckCategories
from terraform_block import Block


def breaker_rolls_back(service: Block) -> str | None:
    """The breaker must both stop a deployment that never gets healthy and go back from it."""
    if service.block("deployment_controller").text("type") not in ("", "ECS"):
        raise NotSubject("another controller carries the deployments out")
    breaker = service.block("deployment_circuit_breaker")
    if not breaker.holds("enable"):
        return "the deployment circuit breaker is not enabled"
    return None if breaker.holds("rollback") else "the circuit breaker does not roll back"


POLICY = ResourcePolicy(
    policy="CKV_ASSURE_1",
    requirement="REL-01",
    name="ECS service rolls a failed rolling deployment back",
    remedy="Set deployment_circuit_breaker { enable = true, rollback = true } on the service.",
    resources=("aws_ecs_service",),
    reads=("deployment_circuit_breaker",),
    category=CheckCategories.BACKUP_AND_RECOVERY,
    judge=breaker_rolls_back,
)
