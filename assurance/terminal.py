"""The end of a run in the terminal: the verdict, what was not looked at, and where to read on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from assurance.model.judgements import Outcome
from assurance.model.reports import Report

_VERDICTS = {
    0: "everything that was looked at holds",
    1: "something fails",
    6: "nothing fails, but not everything could be decided",
}

_SHOWN = 5
"""So many limits are named here; all of them in the report."""


def summarise_run(report: Report, directory: Path) -> Iterator[str]:
    """Yield the lines, most important first."""
    run = report.run
    yield ""
    yield f"{run.system}: {_VERDICTS[run.exit_status]} (exit status {run.exit_status})"
    yield f"  looked at: {', '.join(run.environments)}; layers: {', '.join(run.layers)}"
    counted = Counter(summary.outcome for summary in report.summaries.values())
    yield "  requirements: " + _counts(counted)
    yield "  judgements:   " + _counts(Counter(row.outcome for row in report.rows))
    yield from _bad(report)
    for note in report.notes:
        if note.is_fault:
            yield f"  fault of the suite: {note.location or ''} {note.text}"
    limits = [note for note in report.notes if not note.is_fault]
    for note in limits[:_SHOWN]:
        yield f"  limit of the evidence: {note.location or ''} {note.text}"
    if limits[_SHOWN:]:
        yield f"  and {len(limits) - _SHOWN} more limits, named in the report"
    if run.bite:
        yield from _bite(report)
    yield f"  report: {directory / 'index.html'}"


def _counts(counted: Counter[Outcome]) -> str:
    return ", ".join(f"{counted[outcome]} {outcome}" for outcome in Outcome if counted[outcome])


def _bad(report: Report) -> Iterator[str]:
    for outcome in (Outcome.FAIL, Outcome.ERROR, Outcome.UNKNOWN):
        names = [name for name, found in report.summaries.items() if found.outcome is outcome]
        if names:
            yield f"  {outcome}: {', '.join(names)}"


def _bite(report: Report) -> Iterator[str]:
    yield "  proof of bite (caught of tried counterexamples):"
    for name, proof in report.proofs.items():
        yield f"    {name}  {proof.caught}/{proof.tried}"
        yield from (f"      {fault}" for fault in proof.faults)
    tried = sum(proof.tried for proof in report.proofs.values())
    caught = sum(proof.caught for proof in report.proofs.values())
    idle = sum(len(proof.idle) for proof in report.proofs.values())
    yield f"    in all {caught}/{tried} caught; {idle} match nothing in this system"
