"""What must hold for the way of an application through CI."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from typing import Any

from assurance.model.actions import Checkout, Publication
from assurance.model.applications import Application
from assurance.model.build_stages import BuildStage
from assurance.model.checks import QualityAnalysis, ScanSubject, TestRun
from assurance.model.findings import Finding, any_of, each
from assurance.model.pipeline_walks import Placed, hidden_in, steps_of
from assurance.model.pipelines import Hidden, Pipeline
from assurance.model.unknown import UnknownValue
from assurance.rules.application_steps import (
    analyses,
    builds,
    publishes,
    runs_unit_tests,
    scans_files,
    scans_image,
    unread,
)
from assurance.rules.application_traces import Traces, traces_of
from assurance.rules.ineffective_checks import Kind, naming_ineffective_checks
from assurance.rules.path_questions import Choice
from assurance.rules.paths import precedes_on_every_path
from assurance.rules.report_paths import is_published

_PRIVATE = ("ecr",)


def is_checked_out(
    application: Application, pipelines: Iterable[Pipeline], stages: Iterable[BuildStage]
) -> Finding:
    """Each stage that builds its image clones the code, by itself or by a step."""
    known = tuple(pipelines)
    chosen = builds(traces_of(application, known))
    building = {id(placed.stage) for placed, part in _parts(known) if _may_be(chosen, part, placed)}
    return each(
        (stage for stage in stages if id(stage.stage) in building),
        _clones_code,
        expected="the stage that builds its image clones the code",
        none="no stage of CI builds its image",
    )


def _clones_code(stage: BuildStage) -> Finding:
    own = (each for each in steps_of(stage.pipeline) if id(each.stage) == id(stage.stage))
    clones = any(placed.step.action.of(Checkout) for placed in own) or stage.clones
    said = "clones" if clones else "does not clone"
    return Finding(holds=clones, expected="", actual=f"{stage.stage.path} {said} the code")


def _parts(pipelines: tuple[Pipeline, ...]) -> tuple[tuple[Placed, Any], ...]:
    return tuple(chain.from_iterable(each.once(_own_parts) for each in pipelines))


def _own_parts(pipeline: Pipeline) -> tuple[tuple[Placed, Any], ...]:
    return tuple(
        (placed, part)
        for placed in steps_of(pipeline)
        for part in placed.step.action.parts
        if not placed.step.is_rollback
    )


def _may_be(chosen: Choice, part: Any, placed: Placed) -> bool:
    try:
        return chosen(part, placed)
    except UnknownValue:
        return False


def _some(pipelines: Iterable[Pipeline], chosen: Choice, what: str) -> Finding:
    """Return whether a step of CI does something; unknown where one that is not seen may."""
    known = tuple(pipelines)
    parts = _parts(known)
    found = next((placed for placed, part in parts if _may_be(chosen, part, placed)), None)
    if found is None:
        _unless_hidden(known, parts, what)
        any_of(parts, lambda each: chosen(each[1], each[0]))
    return Finding(
        holds=found is not None,
        expected=f"a step of CI that {what}",
        actual=f"{found.step.path} does" if found is not None else "no step of CI does",
        location=found.step.subject.location if found is not None else None,
    )


def _unless_hidden(
    pipelines: tuple[Pipeline, ...], parts: tuple[tuple[Placed, Any], ...], what: str
) -> None:
    hidden = [f"{each.path}: {each.reason}" for each in _hidden(pipelines)]
    hidden += [f"{placed.step.path}: {unread(part)}" for placed, part in parts if unread(part)]
    if hidden:
        raise UnknownValue(f"no step is seen that {what}; one may, at {hidden[0]}")


def _hidden(pipelines: tuple[Pipeline, ...]) -> tuple[Hidden, ...]:
    return tuple(each for pipeline in pipelines for each in hidden_in(pipeline))


def is_built(application: Application, pipelines: Iterable[Pipeline]) -> Finding:
    """CI builds its image."""
    known = tuple(pipelines)
    return _some(known, builds(traces_of(application, known)), "builds its image")


def is_tested(application: Application, pipelines: Iterable[Pipeline]) -> Finding:
    """CI runs its unit tests, and fails with them."""
    known = tuple(pipelines)
    return _some(
        known,
        runs_unit_tests(traces_of(application, known)),
        "runs its unit tests and fails with them",
    )


def is_scanned(application: Application, pipelines: Iterable[Pipeline]) -> Finding:
    """CI scans its image."""
    known = tuple(pipelines)
    chosen = scans_image(traces_of(application, known), "critical")
    return _some(known, chosen, "scans its image and fails with findings")


def is_published_to_ecr(application: Application, pipelines: Iterable[Pipeline]) -> Finding:
    """CI publishes its image to ECR."""
    known = tuple(pipelines)
    chosen = publishes(traces_of(application, known))

    def to_ecr(part: Any, placed: Placed) -> bool:
        if not isinstance(part, Publication) or not chosen(part, placed):
            return False
        return part.registry in _PRIVATE or ".dkr.ecr." in part.registry or _hides(part.registry)

    return _some(known, to_ecr, "publishes its image to ECR")


def _hides(registry: str) -> bool:
    if "$" in registry or "<+" in registry:
        raise UnknownValue(f"which registry {registry} is, is decided by the run")
    return False


def is_reported(application: Application, pipelines: Iterable[Pipeline]) -> Finding:
    """CI publishes the report of its tests."""
    known = tuple(pipelines)
    chosen = runs_unit_tests(traces_of(application, known))

    def reported(part: Any, placed: Placed) -> bool:
        if not isinstance(part, TestRun) or not chosen(part, placed):
            return False
        published = placed.step.action.report_paths
        return any(is_published(report, published) for report in part.reports)

    return _some(known, reported, "publishes the report of its unit tests")


def _gated(
    pipelines: Iterable[Pipeline], traces: Traces, gate: Choice, kind: Kind, name: str
) -> Finding:
    """Return whether its image is published only after a gate has passed, on every path."""
    known = tuple(pipelines)
    target = publishes(traces)
    published = _some(known, target, "publishes its image")
    if not published.holds:
        return published
    finding = precedes_on_every_path(known, target=target, gate=gate, gate_name=name)
    return naming_ineffective_checks(finding, known, kind)


def publishes_after_unit_tests(application: Application, pipelines: Iterable[Pipeline]) -> Finding:
    """Its unit tests pass before its image is published."""
    known = tuple(pipelines)
    traces = traces_of(application, known)
    return _gated(
        known, traces, runs_unit_tests(traces), TestRun, f"the unit tests of {application.name}"
    )


def publishes_after_image_scan(
    application: Application, pipelines: Iterable[Pipeline], *, severity: str
) -> Finding:
    """Its image is scanned, and stopped at a severity, before it is published."""
    known = tuple(pipelines)
    traces = traces_of(application, known)
    name = f"a scan of its image that stops at {severity}"
    return _gated(known, traces, scans_image(traces, severity), ScanSubject.IMAGE, name)


def publishes_after_dependency_scan(
    application: Application, pipelines: Iterable[Pipeline], *, severity: str
) -> Finding:
    """Its dependencies are scanned, and stop it at a severity, before its image is published."""
    known = tuple(pipelines)
    traces = traces_of(application, known)
    gate = scans_files(traces, ScanSubject.DEPENDENCIES, severity)
    name = f"a scan of its dependencies that stops at {severity}"
    return _gated(known, traces, gate, ScanSubject.DEPENDENCIES, name)


def publishes_after_code_scan(application: Application, pipelines: Iterable[Pipeline]) -> Finding:
    """Its code is analysed for weaknesses before its image is published."""
    known = tuple(pipelines)
    traces = traces_of(application, known)
    gate = scans_files(traces, ScanSubject.CODE, "critical")
    return _gated(known, traces, gate, ScanSubject.CODE, "a static analysis of its code")


def publishes_after_quality_gate(
    application: Application, pipelines: Iterable[Pipeline]
) -> Finding:
    """Its code passes the quality gate before its image is published."""
    known = tuple(pipelines)
    traces = traces_of(application, known)
    return _gated(
        known, traces, analyses(traces), QualityAnalysis, "a quality gate that is enforced"
    )


def publishes_only_covered_code(
    application: Application, pipelines: Iterable[Pipeline], *, percent: float
) -> Finding:
    """A fall of its coverage below a limit fails the build before its image is published."""
    known = tuple(pipelines)
    traces = traces_of(application, known)
    gate = runs_unit_tests(traces, percent)
    return _gated(known, traces, gate, TestRun, f"unit tests that fail below {percent}% of lines")


def reports_coverage(application: Application, pipelines: Iterable[Pipeline]) -> Finding:
    """Its unit tests write a report of their coverage."""
    known = tuple(pipelines)
    chosen = runs_unit_tests(traces_of(application, known))

    def covered(part: Any, placed: Placed) -> bool:
        return isinstance(part, TestRun) and chosen(part, placed) and bool(part.coverage_reports)

    return _some(known, covered, "writes a report of its coverage")
