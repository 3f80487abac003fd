"""The first screen of the page: verdict, scope, what was not looked at, what needs attention."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from assurance.model.judgements import Judgement, Layer, Outcome, Reason, worst
from assurance.model.reports import Report, Summary
from assurance.model.requirements import Requirement, Severity
from assurance.reports.plots import Bar, stacked_bars

BAD = (Outcome.FAIL, Outcome.ERROR, Outcome.UNKNOWN)
"""The outcomes that somebody has to do something about."""

MEANINGS: Mapping[Layer, str] = {
    Layer.DECLARED: "as it is written down",
    Layer.DEPLOYED: "as the cloud shows it",
    Layer.OBSERVED: "as it answers",
    Layer.EXERCISED: "as it reacts to events",
}

_HEADLINES: Mapping[int, tuple[str, str]] = {
    0: ("pass", "Everything that was looked at holds"),
    1: ("fail", "Something does not hold"),
    6: ("unknown", "Nothing is known to fail, but not everything could be decided"),
}
_WAIVED = ("pass", "Everything that was looked at holds, or is waived")
_UNPROVEN = ("fail", "Nothing fails, but not every check could be proved to bite")

Cells = Mapping[tuple[str, Layer], Sequence[Judgement]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """How much of something was judged.

    Attributes:
        name: Of what.
        cells: For each layer how many requirements were judged, of how many; None has no layer so.
        judged: How many of its requirements were judged on any layer.
        worst: The worst outcome of those.
        anchor: Where the page tells more.
    """

    name: str
    cells: tuple[tuple[int, int] | None, ...]
    judged: int
    worst: Outcome
    anchor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EnvironmentVerdict:
    """What the requirements come to in one environment."""

    name: str
    outcome: Outcome
    counts: tuple[tuple[Outcome, int], ...]


def headline(report: Report) -> tuple[str, str]:
    """Return the colour and the words of the verdict."""
    found = {row.outcome for row in report.rows}
    if report.run.exit_status == 1 and Outcome.FAIL not in found:
        return _UNPROVEN
    if report.run.exit_status == 0 and Outcome.WAIVED in found:
        return _WAIVED
    return _HEADLINES[report.run.exit_status]


def fold(outcomes: Iterable[Outcome]) -> Outcome:
    """Return the worst of what was looked at; `notchecked` when nothing was."""
    looked_at = tuple(outcome for outcome in outcomes if outcome is not Outcome.NOTCHECKED)
    return worst(looked_at) if looked_at else Outcome.NOTCHECKED


def environments_of(report: Report) -> tuple[str, ...]:
    """Return the environments that were judged, then those that were not."""
    others = {row.environment for row in report.rows} - set(report.run.environments)
    return (*report.run.environments, *sorted(others))


def cells_of(rows: Iterable[Judgement]) -> Cells:
    """Return the rows of a requirement by environment and layer."""
    found: dict[tuple[str, Layer], list[Judgement]] = {}
    for row in rows:
        found.setdefault((row.environment, row.layer), []).append(row)
    return found


def not_looked_at(report: Report) -> tuple[tuple[str, int], ...]:
    """Return each registered reason with the number of requirements and layers it kept away."""
    pairs: dict[tuple[str, Layer], set[str]] = {}
    for row in report.rows:
        is_open = row.outcome is Outcome.NOTCHECKED
        pairs.setdefault((row.requirement, row.layer), set()).add(row.actual if is_open else "")
    reasons = Counter(min(found) for found in pairs.values() if "" not in found)
    registered = [(str(reason), reasons.pop(reason)) for reason in Reason if reasons[reason]]
    return (*registered, *sorted((reason, count) for reason, count in reasons.items() if count))


def layer_coverage(report: Report) -> tuple[tuple[Layer, str, int, int], ...]:
    """Return every layer with its meaning and how many of its requirements were judged."""
    counted = _coverage("", "", report.requirements, report.summaries)
    return tuple(
        (layer, MEANINGS[layer], *(cell or (0, 0)))
        for layer, cell in zip(Layer, counted.cells, strict=True)
    )


def area_coverage(report: Report) -> tuple[Coverage, ...]:
    """Return the table of contents: every area, its worst outcome, and what of it was judged."""
    areas: dict[tuple[str, str], list[Requirement]] = {}
    for entry in report.requirements:
        areas.setdefault((entry.area, entry.area_title), []).append(entry)
    return tuple(
        _coverage(title, f"area-{area}", entries, report.summaries)
        for (area, title), entries in areas.items()
    )


def _coverage(
    name: str, anchor: str, entries: Sequence[Requirement], summaries: Mapping[str, Summary]
) -> Coverage:
    counted: dict[Layer, list[bool]] = {}
    for entry in entries:
        for layer in entry.layers:
            outcome = summaries[entry.id].layers[layer]
            counted.setdefault(layer, []).append(outcome is not Outcome.NOTCHECKED)
    outcomes = [summaries[entry.id].outcome for entry in entries]
    return Coverage(
        name=name,
        anchor=anchor,
        judged=sum(outcome is not Outcome.NOTCHECKED for outcome in outcomes),
        worst=fold(outcomes),
        cells=tuple(
            (sum(counted[layer]), len(counted[layer])) if layer in counted else None
            for layer in Layer
        ),
    )


def environment_verdicts(
    report: Report, cells: Mapping[str, Cells]
) -> tuple[EnvironmentVerdict, ...]:
    """Return what every environment comes to; `cells` holds those of each requirement."""
    found = []
    for name in environments_of(report):
        outcomes = [
            fold(row.outcome for (where, _), rows in own.items() if where == name for row in rows)
            for own in cells.values()
        ]
        counted = Counter(outcomes)
        counts = tuple((outcome, counted[outcome]) for outcome in Outcome if counted[outcome])
        found.append(EnvironmentVerdict(name=name, outcome=fold(outcomes), counts=counts))
    return tuple(found)


def attention(report: Report) -> tuple[tuple[Requirement, Outcome], ...]:
    """Return the requirements that are not met or not decided, the gravest first."""
    severities = list(Severity)
    found = [
        (entry, report.summaries[entry.id].outcome)
        for entry in report.requirements
        if report.summaries[entry.id].outcome in BAD
    ]
    return tuple(
        sorted(found, key=lambda pair: (pair[1].rank, -severities.index(pair[0].severity)))
    )


def unproven(report: Report) -> tuple[Requirement, ...]:
    """Return the requirements whose checks could not be proved to bite."""
    return tuple(
        entry
        for entry in report.requirements
        if entry.id in report.proofs and report.proofs[entry.id].faults
    )


def severity_plot(report: Report) -> Markup:
    """Return the requirements by severity and outcome."""
    bars = []
    for severity in reversed(Severity):
        counted = Counter(
            report.summaries[entry.id].outcome
            for entry in report.requirements
            if entry.severity is severity
        )
        bars.append(Bar(label=severity, parts=tuple((str(o), counted[o]) for o in Outcome)))
    return stacked_bars(bars, title="Requirements by severity and outcome")
