"""The cards of the page: one for each requirement, its judgements under the step they answer.

What does not hold is in the card itself, for print and for readers without scripts; the other
judgements go into a compact table that the page's script shows on demand, so that ten thousand of
them stay quick.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from markupsafe import Markup

from assurance.model.judgements import Judgement, Layer, Outcome, worst
from assurance.model.reports import Proof, Report, ScenarioText, Summary
from assurance.model.requirements import Requirement
from assurance.reports.overview import Cells, Coverage, area_coverage, environments_of

OPEN = (Outcome.FAIL, Outcome.ERROR, Outcome.UNKNOWN, Outcome.WAIVED)
"""The outcomes whose judgements are in the page itself."""

_WHOLE = "the scenario as a whole"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A step with the judgements that answer it.

    Attributes:
        keyword: `Given`, `Then` …, or empty for a verifier beside the scenarios.
        text: The sentence.
        counts: How many judgements of each outcome.
        shown: Those in the page itself.
        number: Of the group of the others in the page's data, or -1 where there are none.
        more: How many others there are.
    """

    keyword: str
    text: str
    counts: tuple[tuple[Outcome, int], ...]
    shown: tuple[Judgement, ...]
    number: int
    more: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A scenario, or a verifier beside the scenarios, with its steps."""

    rule: str
    title: str
    place: str
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What a requirement comes to on one layer of one environment, and why if not looked at."""

    environment: str
    layer: Layer
    outcome: Outcome
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """Everything that the page says about a requirement."""

    entry: Requirement
    summary: Summary
    proof: Proof | None
    counts: tuple[tuple[Outcome, int], ...]
    verdicts: tuple[Verdict, ...]
    passages: tuple[Passage, ...]
    needs_attention: bool


@dataclass(slots=True)
class Table:
    """The judgements that are not in the page itself, each string once."""

    strings: dict[str, int] = field(default_factory=dict)
    groups: list[list[list[int]]] = field(default_factory=list)
    cards: dict[str, list[int]] = field(default_factory=dict)
    verdicts: dict[str, list[list[str]]] = field(default_factory=dict)

    def add(self, rows: Sequence[Judgement]) -> int:
        """Take a group of rows and return its number."""
        self.groups.append([self._cells(row) for row in rows])
        self.cards.setdefault(rows[0].requirement, []).append(len(self.groups) - 1)
        return len(self.groups) - 1

    def _cells(self, row: Judgement) -> list[int]:
        place = (row.outcome, row.environment, row.layer, row.subject)
        told = (row.expected, row.actual, str(row.location or ""), row.evidence)
        return [self.strings.setdefault(cell, len(self.strings)) for cell in place + told]

    def markup(self) -> Markup:
        """Return it as JSON that can stand in a page."""
        content = {
            "strings": list(self.strings),
            "groups": self.groups,
            "cards": self.cards,
            "verdicts": self.verdicts,
        }
        text = json.dumps(content, separators=(",", ":"))
        return Markup(text.replace("<", "\\u003c"))  # noqa: S704  no tag can begin in it


def areas_of(
    report: Report, cells: Mapping[str, Cells], table: Table
) -> tuple[tuple[Coverage, tuple[Card, ...]], ...]:
    """Return every area with its cards; what does not go into the page goes into the table."""
    texts: dict[str, list[ScenarioText]] = {}
    for text in report.scenarios:
        texts.setdefault(text.requirement, []).append(text)
    cards: dict[str, list[Card]] = {}
    for entry in report.requirements:
        made = _card(report, entry, cells[entry.id], texts.get(entry.id, ()), table)
        cards.setdefault(entry.area_title, []).append(made)
    return tuple((area, tuple(cards[area.name])) for area in area_coverage(report))


def _card(
    report: Report, entry: Requirement, cells: Cells, texts: Iterable[ScenarioText], table: Table
) -> Card:
    rows = [row for own in cells.values() for row in own]
    proof = report.proofs.get(entry.id)
    verdicts = tuple(_verdicts(report, entry, cells))
    table.verdicts[entry.id] = [[v.environment, v.layer, v.outcome] for v in verdicts]
    return Card(
        entry=entry,
        summary=report.summaries[entry.id],
        proof=proof,
        counts=_counts(rows),
        verdicts=verdicts,
        passages=_passages(rows, texts, table),
        needs_attention=any(row.outcome in OPEN for row in rows) or bool(proof and proof.faults),
    )


def _counts(rows: Iterable[Judgement]) -> tuple[tuple[Outcome, int], ...]:
    counted = Counter(row.outcome for row in rows)
    return tuple((outcome, counted[outcome]) for outcome in Outcome if counted[outcome])


def _verdicts(report: Report, entry: Requirement, cells: Cells) -> Iterable[Verdict]:
    for environment in environments_of(report):
        for layer in entry.layers:
            rows = cells.get((environment, layer), ())
            if rows:
                outcome = worst(tuple(row.outcome for row in rows))
                left_out = (row.actual for row in rows if row.outcome is Outcome.NOTCHECKED)
                why = next(left_out, "") if outcome is Outcome.NOTCHECKED else ""
                yield Verdict(environment=environment, layer=layer, outcome=outcome, why=why)


def _passages(
    rows: Iterable[Judgement], texts: Iterable[ScenarioText], table: Table
) -> tuple[Passage, ...]:
    groups: dict[str, dict[str, list[Judgement]]] = {}
    for row in rows:
        if row.scenario or row.outcome is not Outcome.NOTCHECKED:
            groups.setdefault(row.scenario, {}).setdefault(row.step, []).append(row)
    found = []
    for text in texts:
        own = groups.pop(text.title, {})
        steps = [
            _step(step.keyword, step.text, own.pop(step.text, []), table) for step in text.steps
        ]
        steps += _left(own, table)
        place = f"features/{text.location} · {', '.join(text.layers)}"
        found.append(Passage(rule=text.rule, title=text.title, place=place, steps=tuple(steps)))
    for title, own in groups.items():
        found.append(Passage(rule="", title=title, place="", steps=tuple(_left(own, table))))
    return tuple(found)


def _left(own: Mapping[str, Sequence[Judgement]], table: Table) -> list[Step]:
    return [_step("", text or _WHOLE, rows, table) for text, rows in own.items()]


def _step(keyword: str, text: str, rows: Sequence[Judgement], table: Table) -> Step:
    rest = [row for row in rows if row.outcome not in OPEN]
    return Step(
        keyword=keyword,
        text=text,
        counts=_counts(rows),
        shown=tuple(row for row in rows if row.outcome in OPEN),
        number=table.add(rest) if rest else -1,
        more=len(rest),
    )
