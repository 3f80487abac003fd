"""The end of a run says in the terminal what limits it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from assurance.model.reports import Note
from assurance.model.subjects import Location
from assurance.terminal import summarise_run
from tests.reports.reports import passing


def note(line: int, *, is_fault: bool = False) -> Note:
    place = Location(file="harness/a.yaml", line=line)
    return Note(is_fault=is_fault, text="not a definition", location=place, environment="")


def said(*notes: Note) -> str:
    return "\n".join(summarise_run(replace(passing(), notes=notes), Path("reports")))


def test_a_run_without_limits_speaks_of_none() -> None:
    assert "limit" not in said()


def test_limits_are_named_with_their_places() -> None:
    assert "  limit of the evidence: harness/a.yaml:3 not a definition\n" in said(note(3))


def test_of_many_limits_the_first_are_named_and_the_others_counted() -> None:
    text = said(note(99, is_fault=True), *(note(line) for line in range(1, 9)))

    assert text.count("  limit of the evidence: ") == 5
    assert "  and 3 more limits, named in the report\n" in text
    assert "  fault of the suite: harness/a.yaml:99" in text
