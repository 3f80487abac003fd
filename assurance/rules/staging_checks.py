"""What must have succeeded against staging before anything reaches production."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from assurance.model.checks import DynamicScan, TestKind, TestRun
from assurance.model.findings import Finding
from assurance.model.pipeline_walks import Placed
from assurance.model.pipelines import Pipeline
from assurance.rules.application_steps import gate_of
from assurance.rules.ineffective_checks import naming_ineffective_checks
from assurance.rules.path_choices import (
    changes_production,
    may_hide_production,
    names_other_than_production,
    outside_production,
    tests_outside,
)
from assurance.rules.paths import precedes_on_every_path

_HERE = ("localhost", "127.0.0.1", "0.0.0.0", "[::1]", "host.docker.internal")  # noqa: S104  compared, not bound


def passes_integration_tests(pipeline: Pipeline) -> Finding:
    """Integration tests against staging pass before production."""
    return _first(pipeline, TestRun, _is_integration, "integration tests against staging")


def _is_integration(part: TestRun, placed: Placed) -> bool:
    return part.kind == TestKind.INTEGRATION and tests_outside(part, placed)


def passes_browser_tests(pipeline: Pipeline) -> Finding:
    """End-to-end tests in a browser, through staging's address, pass before production."""
    return _first(pipeline, TestRun, _is_in_browser, "end-to-end tests of staging in a browser")


def _is_in_browser(part: TestRun, placed: Placed) -> bool:
    if part.kind != TestKind.END_TO_END or not part.in_browser:
        return False
    if not part.address or any(name in part.address for name in _HERE):
        return False
    return tests_outside(part, placed)


def passes_dynamic_scan(pipeline: Pipeline) -> Finding:
    """A dynamic scan of staging that fails at the worst findings precedes production."""
    return _first(pipeline, DynamicScan, _attacks_staging, "a dynamic scan of staging")


def _attacks_staging(part: DynamicScan, placed: Placed) -> bool:
    if part.defeated_by or "critical" not in part.stops_at:
        return False
    if outside_production(placed.stage):
        return True
    return bool(part.address) and names_other_than_production(part.address, placed)


def _first(
    pipeline: Pipeline, kind: type[Any], chosen: Callable[[Any, Placed], bool], name: str
) -> Finding:
    finding = precedes_on_every_path(
        (pipeline,),
        target=changes_production,
        gate=gate_of(kind, chosen),
        gate_name=name,
        may_hide=may_hide_production,
    )
    return naming_ineffective_checks(finding, (pipeline,), kind)
