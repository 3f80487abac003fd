"""`cucumber.json`: every scenario for Cucumber's tools, also those that never took place.

The form is that of Cucumber's legacy JSON formatter. What pytest-bdd's own leaves out or calls
passed is here: scenarios that were deselected, broke in set-up, had undefined steps, or were never
carried out; steps that never ran are `skipped`, and a step whose judgements do not hold is
`failed`, whatever its function returned. Tools disagree on what they do with hooks, so that what
concerns a scenario as a whole is told by a step of its own.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any

from assurance.model.judgements import Judgement, Outcome, worst
from assurance.model.reports import Report, ScenarioRun, StepRun, StepStatus, StepText

_NANOSECONDS = 1_000_000_000
_BAD = (Outcome.FAIL, Outcome.ERROR, Outcome.UNKNOWN)
_TELLING = (StepStatus.FAILED, StepStatus.UNDEFINED, StepStatus.AMBIGUOUS, StepStatus.PENDING)
_NEVER = "the scenario was never carried out"

_Rows = Mapping[tuple[str, ...], Sequence[Judgement]]


def cucumber(report: Report) -> str:
    """Return the document: an array of features."""
    rows = _by_scenario(report.rows)
    complete = (*report.runs, *_never_carried_out(report))
    runs = sorted((_with_waivers(run, rows) for run in complete), key=_order)
    features = [
        _feature(file, list(own))
        for file, own in groupby(runs, key=lambda run: run.scenario.location.file)
    ]
    return json.dumps(features, indent=1, ensure_ascii=False) + "\n"


def _order(run: ScenarioRun) -> tuple[object, ...]:
    place = run.scenario.location
    return (place.file, place.line or 0, run.environment, run.layer)


def _by_scenario(rows: Iterable[Judgement]) -> _Rows:
    found: dict[tuple[str, ...], list[Judgement]] = {}
    for row in rows:
        key = (row.requirement, row.scenario, row.environment, row.layer)
        found.setdefault(key, []).append(row)
    return found


def _never_carried_out(report: Report) -> Iterable[ScenarioRun]:
    """Yield the scenarios without a run, with the ledger's reason where it has one."""
    there = {(run.scenario.location, run.environment, run.layer) for run in report.runs}
    reasons = {
        (row.requirement, row.environment, row.layer): row.actual
        for row in report.rows
        if row.outcome is Outcome.NOTCHECKED and not row.scenario
    }
    environments = dict.fromkeys(row.environment for row in report.rows)
    for text in report.scenarios:
        for environment in environments:
            for layer in text.layers:
                if (text.location, environment, layer) not in there:
                    why = reasons.get((text.requirement, environment, layer))
                    yield ScenarioRun(
                        scenario=text,
                        environment=environment,
                        layer=layer,
                        outcome=Outcome.NOTCHECKED if why else Outcome.ERROR,
                        steps=tuple(
                            StepRun(step=step, status=StepStatus.SKIPPED, seconds=0.0)
                            for step in text.steps
                        ),
                        seconds=0.0,
                        message=why or _NEVER,
                    )


def _with_waivers(run: ScenarioRun, rows: _Rows) -> ScenarioRun:
    """Return the run as the ledger sees it: waivers are applied after the scenarios have run."""
    text = run.scenario
    own = rows.get((text.requirement, text.title, run.environment, run.layer), ())
    if not any(row.outcome is Outcome.WAIVED for row in own):
        return run
    steps = tuple(
        _waived(step, [row for row in own if row.step == step.step.text]) for step in run.steps
    )
    return replace(run, outcome=worst(tuple(row.outcome for row in own)), steps=steps)


def _waived(run: StepRun, rows: Sequence[Judgement]) -> StepRun:
    told = [f"waived: {row.subject}: {row.waiver}" for row in rows if row.outcome is Outcome.WAIVED]
    if not told or any(row.outcome in _BAD for row in rows):
        return run
    return replace(run, status=StepStatus.SKIPPED, message="\n".join(told))


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
        "steps": [_step(step, scenario.location.file) for step in _steps(run)],
    }


def _steps(run: ScenarioRun) -> tuple[StepRun, ...]:
    """Return the steps, and one more where they alone would not tell what became of the run."""
    if run.outcome in _BAD and not any(step.status in _TELLING for step in run.steps):
        return _told(run, StepStatus.FAILED)
    is_left_out = run.outcome is Outcome.NOTCHECKED
    if is_left_out or not run.steps:
        return _told(run, StepStatus.SKIPPED)
    return run.steps


def _told(run: ScenarioRun, status: StepStatus) -> tuple[StepRun, ...]:
    line = run.scenario.location.line or 0
    text = StepText(keyword="*", text="the scenario is carried out and judged", line=line)
    told = StepRun(step=text, status=status, seconds=0.0, message=run.message or run.outcome)
    return (told, *run.steps)


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
