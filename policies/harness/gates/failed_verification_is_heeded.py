"""Verifications of a release whose verdict changes nothing."""

from __future__ import annotations

from definition_policy import DefinitionPolicy
from failure_strategies import heeds
from step_kinds import gate

POLICY = DefinitionPolicy(
    policy="CKV_ASSURE_50",
    requirement="CDP-05",
    name="Verdict of a verification is heeded",
    remedy="Take Ignore and MarkAsSuccess out of the failure strategies of the step and around it.",
    roots=("pipeline", "template"),
    blocks=("stage", "group", "step"),
    judge=heeds(lambda step: gate(step) == "verdict"),
    omitted="Without a strategy of its own, a step fails its stage.",
)
