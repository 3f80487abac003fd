"""`index.html`: the report for people, one file that needs nothing else.

What does not hold is in the page itself, for print and for readers without scripts; the other
judgements are in a compact table that the page's script shows on demand, so that ten thousand of
them stay quick.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from importlib.resources import files
from typing import Any

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from assurance.model.judgements import Judgement, Outcome, Reason
from assurance.model.reports import Report, ScenarioText
from assurance.model.requirements import Layer, Requirement, Severity
from assurance.reports.plots import Bar, stacked_bars

OPEN = (Outcome.FAIL, Outcome.ERROR, Outcome.UNKNOWN, Outcome.WAIVED)
"""The outcomes whose judgements are in the page itself."""

VERDICTS: Mapping[int, tuple[str, str]] = {
    0: ("pass", "Everything that was looked at holds"),
    1: ("fail", "Something does not hold"),
    6: ("unknown", "Nothing is known to be wrong, but not everything could be decided"),
}


def html(report: Report) -> str:
    """Return the page."""
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    environment.globals.update(style=_part("style.css"), script=_part("report.js"))
    rows = _by_requirement(report)
    return environment.from_string(_template("index.html.j2")).render(
        run=report.run,
        verdict=VERDICTS[report.run.exit_status],
        headline=_headline(report),
        outcomes=list(Outcome),
        totals=Counter(row.outcome for row in report.rows),
        requirement_totals=Counter(summary.outcome for summary in report.summaries.values()),
        severities=_severity_plot(report),
        coverage=_coverage(report),
        layers=list(Layer),
        areas=_areas(report, rows),
        frameworks=_frameworks(report),
        report=report,
        data=_data(report.rows),
    )


def _template(name: str) -> str:
    return (files("assurance.reports") / "templates" / name).read_text(encoding="utf-8")


def _part(name: str) -> Markup:
    return Markup(_template(name))  # noqa: S704  our own file, not the run's


def _by_requirement(report: Report) -> Mapping[str, list[Judgement]]:
    found: dict[str, list[Judgement]] = {entry.id: [] for entry in report.requirements}
    for row in report.rows:
        found[row.requirement].append(row)
    return found


def _headline(report: Report) -> dict[str, Any]:
    """Return how much of the catalogue was looked at, and why the rest was not."""
    pairs = {(row.requirement, row.layer): set[str]() for row in report.rows}
    for row in report.rows:
        is_open = row.outcome is Outcome.NOTCHECKED
        pairs[row.requirement, row.layer].add(row.actual if is_open else "")
    reasons = Counter(min(found) for found in pairs.values() if "" not in found)
    return {
        "judged": sum("" in found for found in pairs.values()),
        "all": len(pairs),
        "reasons": [(str(reason), reasons[reason]) for reason in Reason if reasons[reason]],
    }


def _severity_plot(report: Report) -> Markup:
    bars = []
    for severity in reversed(Severity):
        counted = Counter(
            report.summaries[entry.id].outcome
            for entry in report.requirements
            if entry.severity is severity
        )
        bars.append(Bar(label=severity, parts=tuple((str(o), counted[o]) for o in Outcome)))
    return stacked_bars(bars, title="Requirements by severity and outcome")


def _coverage(report: Report) -> list[dict[str, Any]]:
    """Return for every area and layer how many requirements were judged, of how many."""
    table: dict[str, dict[Layer, list[bool]]] = {}
    for entry in report.requirements:
        for layer in entry.layers:
            outcome = report.summaries[entry.id].layers[layer]
            cell = table.setdefault(entry.area_title, {}).setdefault(layer, [])
            cell.append(outcome is not Outcome.NOTCHECKED)
    return [
        {
            "area": area,
            "cells": [
                {"judged": sum(cells[layer]), "all": len(cells[layer])} if layer in cells else None
                for layer in Layer
            ],
        }
        for area, cells in table.items()
    ]


def _areas(report: Report, rows: Mapping[str, Sequence[Judgement]]) -> list[dict[str, Any]]:
    texts: dict[str, list[ScenarioText]] = {}
    for text in report.scenarios:
        texts.setdefault(text.requirement, []).append(text)
    areas: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for entry in report.requirements:
        card = _card(report, entry, rows[entry.id], texts.get(entry.id, []))
        areas.setdefault((entry.area, entry.area_title), []).append(card)
    return [
        {"id": area, "name": title, "cards": cards, "worst": _worst(cards)}
        for (area, title), cards in areas.items()
    ]


def _card(
    report: Report,
    entry: Requirement,
    rows: Sequence[Judgement],
    scenarios: Sequence[ScenarioText],
) -> dict[str, Any]:
    summary = report.summaries[entry.id]
    counted = Counter(row.outcome for row in rows)
    return {
        "entry": entry,
        "summary": summary,
        "proof": report.proofs.get(entry.id),
        "counts": [(str(outcome), counted[outcome]) for outcome in Outcome if counted[outcome]],
        "open": [row for row in rows if row.outcome in OPEN],
        "closed": sum(row.outcome not in OPEN for row in rows),
        "scenarios": scenarios,
        "search": " ".join((entry.id, entry.title, entry.statement)).lower(),
    }


def _worst(cards: Sequence[Mapping[str, Any]]) -> str:
    return str(min((card["summary"].outcome for card in cards), key=lambda outcome: outcome.rank))


def _frameworks(report: Report) -> list[dict[str, Any]]:
    found = []
    for framework in report.frameworks:
        controls = []
        for control in framework.controls.values():
            entries = [
                entry
                for entry in report.requirements
                if any(
                    own.id == control.id and own.framework == control.framework
                    for own in entry.controls
                )
            ]
            if entries:
                controls.append({"control": control, "entries": entries})
        found.append({"framework": framework, "controls": controls})
    return found


def _data(rows: Sequence[Judgement]) -> Markup:
    """Return the judgements that are not in the page itself, each string once."""
    strings: dict[str, int] = {}

    def number(text: str) -> int:
        return strings.setdefault(text, len(strings))

    table: dict[str, list[list[int]]] = {}
    for row in rows:
        if row.outcome not in OPEN:
            cells = (row.outcome, row.environment, row.layer, row.scenario, row.step, row.subject)
            told = (row.expected, row.actual, str(row.location or ""), row.evidence)
            table.setdefault(row.requirement, []).append([number(cell) for cell in cells + told])
    text = json.dumps({"strings": list(strings), "rows": table}, separators=(",", ":"))
    return Markup(text.replace("<", "\\u003c"))  # noqa: S704  no tag can begin in it
