"""What must be reported back of a delivery."""

from __future__ import annotations

from assurance.model.findings import Finding
from assurance.model.pipelines import Pipeline
from assurance.model.status_reports import StatusReport


def reports_success(pipeline: Pipeline, reports: tuple[StatusReport, ...]) -> Finding:
    """A step marks the commit or the release as deployed."""
    found = [report for report in _own(pipeline, reports) if report.after_success]
    return _finding(found, "a step marks the commit or the release as deployed")


def reports_failure(pipeline: Pipeline, reports: tuple[StatusReport, ...]) -> Finding:
    """A step marks the commit or the release as failed or rolled back."""
    found = [report for report in _own(pipeline, reports) if report.after_failure]
    return _finding(found, "after a failure a step marks the commit or the release")


def _own(pipeline: Pipeline, reports: tuple[StatusReport, ...]) -> tuple[StatusReport, ...]:
    return tuple(report for report in reports if report.pipeline == pipeline.subject.id)


def _finding(reports: list[StatusReport], expected: str) -> Finding:
    steps = ", ".join(report.step for report in reports)
    actual = f"done by {steps}" if reports else "no step sets a status where it would be seen"
    return Finding(holds=bool(reports), expected=expected, actual=actual)
