"""Reads policy sets that Terraform makes in Harness, and the steps in which people approve.

https://registry.terraform.io/providers/harness/harness/latest/docs/resources/platform_policyset
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from assurance.model.checks import Approval
from assurance.model.governance import PolicySet
from assurance.model.pipeline_walks import steps_of
from assurance.model.pipelines import Pipeline, Step
from assurance.model.unknown import is_unknown
from assurance.readers.kinds import Kind
from assurance.readers.references import flag
from assurance.readers.state import Resource, State


def read_policy_sets(state: State) -> tuple[PolicySet, ...]:
    """Return the policy sets that are written down."""
    return tuple(
        PolicySet(
            subject=found.subject(),
            type=found.get("type"),
            action=found.get("action"),
            is_enabled=flag(found.get("enabled", False)),
            severities=_severities(found),
        )
        for found in state.of("harness_platform_policyset")
    )


def _severities(resource: Resource) -> Any:
    found: list[Any] = []
    for name in ("policies", "policy_references"):
        blocks = resource.blocks(name)
        if is_unknown(blocks):
            return blocks
        found.extend(
            block if is_unknown(block) else block.get("severity", "warning") for block in blocks
        )
    return tuple(found)


def approvals_of(pipelines: Iterable[Pipeline]) -> tuple[Step, ...]:
    """Return the steps in which people approve."""
    return tuple(
        placed.step
        for pipeline in pipelines
        for placed in steps_of(pipeline)
        if placed.step.action.of(Approval)
    )


KINDS: tuple[Kind, ...] = (
    Kind(
        noun="step of approval",
        plural="steps of approval",
        population=lambda view: approvals_of(view.pipelines),
        made_of=("harness_pipeline",),
    ),
)
