"""Approvals whose refusal changes nothing."""

from __future__ import annotations

from definition_policy import DefinitionPolicy
from failure_strategies import heeds
from step_kinds import gate

POLICY = DefinitionPolicy(
    policy="CKV_ASSURE_49",
    requirement="CDP-04",
    name="Refusal of an approval is heeded",
    remedy="Take Ignore and MarkAsSuccess out of the failure strategies of the step and around it.",
    roots=("pipeline", "template"),
    blocks=("stage", "group", "step"),
    judge=heeds(lambda step: gate(step) == "approval"),
    omitted="Without a strategy of its own, a step fails its stage.",
)
