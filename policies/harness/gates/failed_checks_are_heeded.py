"""Tests and scans whose failure changes nothing."""

from __future__ import annotations

from definition_policy import DefinitionPolicy
from failure_strategies import heeds
from step_kinds import gate

POLICY = DefinitionPolicy(
    policy="CKV_ASSURE_48",
    requirement="CIP-06",
    name="Failure of a test or scan is heeded",
    remedy="Take Ignore and MarkAsSuccess out of the failure strategies of the step and around it.",
    roots=("pipeline", "template"),
    blocks=("stage", "group", "step"),
    judge=heeds(lambda step: gate(step) in ("test", "scan")),
    omitted="Without a strategy of its own, a step fails its stage.",
)
