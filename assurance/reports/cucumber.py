"""`cucumber.json`: every scenario run for Cucumber's tools, also those that never took place.

The form is that of Cucumber's legacy JSON formatter. Beside pytest-bdd's own it holds scenarios
that were deselected, broke in set-up or had undefined steps; steps that never ran are `skipped`, a
step whose judgements do not hold is `failed`, whatever its function returned.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from assurance.model.judgements import Outcome
from assurance.model.reports import Report, ScenarioRun, StepRun, StepStatus

_NANOSECONDS = 1_000_000_000


def cucumber(report: Report) -> str:
    """Return the document: an array of features."""
    runs = sorted(report.runs, key=_order)
    features = [
        _feature(file, list(own))
        for file, own in groupby(runs, key=lambda run: run.scenario.location.file)
    ]
    return json.dumps(features, indent=1, ensure_ascii=False) + "\n"


def _order(run: ScenarioRun) -> tuple[object, ...]:
    place = run.scenario.location
    return (place.file, place.line or 0, run.environment, run.layer)


def _feature(file: str, runs: Sequence[ScenarioRun]) -> dict[str, Any]:
    first = runs[0].scenario
    return {
        "uri": f"features/{file}",
        "id": _id(first.feature),
        "keyword": "Feature",
        "name": first.feature,
        "description": first.feature_description,
        "line": first.feature_line,
        "tags": [],
        "elements": [_element(run) for run in runs],
    }


def _element(run: ScenarioRun) -> dict[str, Any]:
    scenario = run.scenario
    name = f"{scenario.title} ({run.environment}, {run.layer})"
    return {
        "id": ";".join(_id(part) for part in (scenario.feature, scenario.rule, name)),
        "keyword": "Scenario",
        "type": "scenario",
        "name": name,
        "description": f"{scenario.requirement} {scenario.rule}".strip(),
        "line": scenario.location.line,
        "tags": [{"name": tag, "line": scenario.rule_line} for tag in scenario.tags],
        "before": list(_hooks(run)),
        "steps": [_step(step, scenario.location.file) for step in run.steps],
    }


def _hooks(run: ScenarioRun) -> Iterable[dict[str, Any]]:
    """Yield the set-up where it broke: no step could say so."""
    reached = any(step.status is not StepStatus.SKIPPED for step in run.steps)
    if run.outcome is Outcome.ERROR and not reached:
        result = {"status": "failed", "duration": 0, "error_message": run.message}
        yield {"match": {"location": "assurance/scenario_plugin.py"}, "result": result}


def _step(run: StepRun, file: str) -> dict[str, Any]:
    result: dict[str, Any] = {
        "status": run.status,
        "duration": round(run.seconds * _NANOSECONDS),
    }
    if run.message:
        result["error_message"] = run.message
    return {
        "keyword": f"{run.step.keyword} ",
        "name": run.step.text,
        "line": run.step.line,
        "match": {"location": f"features/{file}:{run.step.line}"},
        "result": result,
    }


def _id(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")
