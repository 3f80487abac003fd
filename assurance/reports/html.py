"""`index.html`: the report for people, one file that needs nothing else and asks for nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from assurance.model.judgements import Judgement, Layer, Outcome, worst
from assurance.model.reports import Report
from assurance.model.requirements import Control, Framework, Requirement, Severity
from assurance.reports import overview
from assurance.reports.cards import Table, areas_of


def html(report: Report) -> str:
    """Return the page."""
    rows = _by_requirement(report.rows)
    cells = {entry.id: overview.cells_of(rows.get(entry.id, ())) for entry in report.requirements}
    table = Table()
    areas = areas_of(report, cells, table)
    return (
        _environment()
        .get_template("index.html.j2")
        .render(
            report=report,
            run=report.run,
            headline=overview.headline(report),
            requirement_totals=Counter(summary.outcome for summary in report.summaries.values()),
            layer_coverage=overview.layer_coverage(report),
            environments=overview.environments_of(report),
            environment_verdicts=overview.environment_verdicts(report, cells),
            not_looked_at=overview.not_looked_at(report),
            attention=overview.attention(report),
            unproven=overview.unproven(report),
            severity_plot=overview.severity_plot(report),
            areas=areas,
            frameworks=_frameworks(report),
            data=table.markup(),
        )
    )


def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("assurance.reports"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(
        style=_part("style.css"),
        script=_part("report.js"),
        outcomes=list(Outcome),
        layers=list(Layer),
        severities=list(reversed(Severity)),
    )
    return made


def _part(name: str) -> Markup:
    text = (files("assurance.reports") / "templates" / name).read_text(encoding="utf-8")
    return Markup(text)  # noqa: S704  our own file, not the run's


def _by_requirement(rows: Iterable[Judgement]) -> dict[str, list[Judgement]]:
    found: dict[str, list[Judgement]] = {}
    for row in rows:
        found.setdefault(row.requirement, []).append(row)
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class ControlLine:
    """A control with the requirements that support it, and the worst of what they come to."""

    control: Control
    entries: tuple[Requirement, ...]
    outcome: Outcome


def _frameworks(report: Report) -> list[tuple[Framework, list[ControlLine], Counter[Outcome]]]:
    supporting: dict[tuple[str, str], list[Requirement]] = {}
    for entry in report.requirements:
        for control in entry.controls:
            supporting.setdefault((control.framework, control.id), []).append(entry)
    found = []
    for framework in report.frameworks:
        lines = [
            _control_line(report, control, supporting[control.framework, control.id])
            for control in framework.controls.values()
            if (control.framework, control.id) in supporting
        ]
        found.append((framework, lines, Counter(line.outcome for line in lines)))
    return found


def _control_line(report: Report, control: Control, entries: list[Requirement]) -> ControlLine:
    outcome = worst(tuple(report.summaries[entry.id].outcome for entry in entries))
    return ControlLine(control=control, entries=tuple(entries), outcome=outcome)
