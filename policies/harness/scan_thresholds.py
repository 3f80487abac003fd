"""Whether a scan stops the pipeline on what it finds."""

from __future__ import annotations

from definition_block import Block
from definition_policy import Judge, NotSubject
from step_kinds import SCANS, kind

SEVERITIES = frozenset(("info", "low", "medium", "high", "critical"))


def stops_on_findings(target: str) -> Judge:
    """Judge the scans of one kind of target; which severity stops is the catalogue's to say."""

    def judge(step: Block) -> str | None:
        if kind(step) not in SCANS - {"Sonarqube"}:
            raise NotSubject("no scan")
        if step.block("spec", "target").text("type") != target:
            raise NotSubject("another target")
        threshold = step.block("spec", "advanced").text("fail_on_severity").lower()
        if not threshold:
            return "has no fail_on_severity, so no finding stops the pipeline"
        if threshold not in SEVERITIES:
            return f"fail_on_severity is {threshold}, at which no finding stops the pipeline"
        return None

    return judge
