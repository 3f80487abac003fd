"""Ledger → files: one module a format; a report judges nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from assurance.model.reports import Report
from assurance.reports.cucumber import cucumber
from assurance.reports.html import html
from assurance.reports.junit import junit
from assurance.reports.ledger_json import ledger_json

FORMATS: Mapping[str, Callable[[Report], str]] = MappingProxyType(
    {
        "cucumber.json": cucumber,
        "index.html": html,
        "junit.xml": junit,
        "ledger.json": ledger_json,
    }
)
"""The file of each format, and what renders it."""


def write_reports(report: Report, directory: Path) -> None:
    """Write every format into a directory, replacing those of an earlier run.

    Half a character, which JSON can carry and UTF-8 cannot, is written as its escape.
    """
    directory.mkdir(parents=True, exist_ok=True)
    for name, render in FORMATS.items():
        (directory / name).write_text(render(report), encoding="utf-8", errors="backslashreplace")
