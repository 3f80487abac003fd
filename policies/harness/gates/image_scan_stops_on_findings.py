"""Scans of images that only report."""

from __future__ import annotations

from definition_policy import DefinitionPolicy
from scan_thresholds import stops_on_findings

POLICY = DefinitionPolicy(
    policy="CKV_ASSURE_45",
    requirement="SCN-01",
    name="Scan of an image stops the pipeline on findings",
    remedy="Set advanced.fail_on_severity of the scan step.",
    roots=("pipeline", "template"),
    blocks=("step",),
    judge=stops_on_findings("container"),
)
