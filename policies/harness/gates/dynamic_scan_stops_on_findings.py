"""Scans of what runs that only report."""

from __future__ import annotations

from definition_policy import DefinitionPolicy
from scan_thresholds import stops_on_findings

POLICY = DefinitionPolicy(
    policy="CKV_ASSURE_47",
    requirement="SCN-04",
    name="Scan of a running instance stops the pipeline on findings",
    remedy="Set advanced.fail_on_severity of the scan step.",
    roots=("pipeline", "template"),
    blocks=("step",),
    judge=stops_on_findings("instance"),
)
