"""What must be reported back of a delivery."""

from __future__ import annotations

from assurance.model.findings import Finding
from assurance.model.pipeline_walks import stages_of
from assurance.model.pipelines import Pipeline, Stage
from assurance.model.status_reports import StatusReport


def reports_success(pipeline: Pipeline, reports: tuple[StatusReport, ...]) -> Finding:
    """A step marks the commit or the release as deployed."""
    found = [report.step for report in _own(pipeline, reports) if report.after_success]
    return Finding(
        holds=bool(found),
        expected="a step marks the commit or the release as deployed",
        actual=f"done by {', '.join(found)}" if found else _NOWHERE,
    )


def reports_failure(pipeline: Pipeline, reports: tuple[StatusReport, ...]) -> Finding:
    """Wherever it fails to deploy, a step marks the commit or the release."""
    own = _own(pipeline, reports)
    general = any(report.after_any_failure for report in own)
    silent = [
        stage.path
        for stage in stages_of(pipeline)
        if stage.type == "Deployment" and not general and not _tells(own, stage)
    ]
    found = [report.step for report in own if report.after_failure or report.after_any_failure]
    actual = f"not after a failure of {', '.join(silent)}" if silent and found else _NOWHERE
    return Finding(
        holds=bool(found) and not silent,
        expected="after a failed deployment a step marks the commit or the release",
        actual=actual if silent or not found else f"done by {', '.join(found)}",
    )


_NOWHERE = "no step sets a status where it would be seen"


def _tells(reports: tuple[StatusReport, ...], stage: Stage) -> bool:
    return any(report.after_failure and report.stage == stage.path for report in reports)


def _own(pipeline: Pipeline, reports: tuple[StatusReport, ...]) -> tuple[StatusReport, ...]:
    return tuple(report for report in reports if report.pipeline == pipeline.subject.id)
