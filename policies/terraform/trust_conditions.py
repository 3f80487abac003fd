"""Which service principals can be told whose behalf they act on, and how."""

from __future__ import annotations

from collections.abc import Iterable

from iam_statements import Statement

# Services for which AWS documents the source account or source ARN in the trust of their roles.
CONFUSABLE = frozenset(
    f"{service}.amazonaws.com"
    for service in (
        "cloudtrail",
        "config",
        "ecs-tasks",
        "events",
        "monitoring.rds",
        "scheduler",
        "states",
        "vpc-flow-logs",
    )
)
NARROWING = frozenset(("aws:sourceaccount", "aws:sourcearn", "aws:sourceorgid", "sts:externalid"))


def unconditioned(statements: Iterable[Statement]) -> str | None:
    """The violation naming the services that any account could use to assume the role."""
    services = sorted(
        service
        for statement in statements
        if statement.effect == "Allow" and not NARROWING & set(statement.conditions)
        for service in statement.services
        if service in CONFUSABLE
    )
    return f"{', '.join(services)} may assume it for any account" if services else None
