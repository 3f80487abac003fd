"""`junit.xml`: the ledger for continuous integration, in the form that Jenkins and Harness read.

A suite is a requirement, a case is one judgement. `fail` is a failure, `error` and `unknown` are
errors, and everything that was not decided is skipped with its reason: nothing is left out. Only
what the schema of Jenkins allows is in it, so that a place stands in the text of a failure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from xml.etree import ElementTree as ET

from assurance.model.judgements import Judgement, Outcome
from assurance.model.reports import Report
from assurance.model.requirements import Requirement

_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold (section 2.2 of the recommendation)."""

_ELEMENTS = {
    Outcome.FAIL: "failure",
    Outcome.ERROR: "error",
    Outcome.UNKNOWN: "error",
    Outcome.NOTCHECKED: "skipped",
    Outcome.WAIVED: "skipped",
    Outcome.NOTAPPLICABLE: "skipped",
}


def junit(report: Report) -> str:
    """Return the document."""
    by_id: dict[str, list[Judgement]] = {entry.id: [] for entry in report.requirements}
    for row in report.rows:
        by_id[row.requirement].append(row)
    root = ET.Element("testsuites", {"name": _clean(report.run.system), **_counts(report.rows)})
    del root.attrib["skipped"]  # Jenkins' schema has it on suites only
    root.set("time", f"{report.run.seconds:.3f}")
    for entry in report.requirements:
        root.append(_suite(entry, by_id[entry.id], report.run.started))
    ET.indent(root)
    return ET.tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def _counts(rows: Iterable[Judgement]) -> dict[str, str]:
    found = [_ELEMENTS.get(row.outcome, "") for row in rows]
    names = {"failures": "failure", "errors": "error", "skipped": "skipped"}
    return {"tests": str(len(found))} | {
        name: str(found.count(element)) for name, element in names.items()
    }


def _suite(entry: Requirement, rows: Sequence[Judgement], started: str) -> ET.Element:
    name = _clean(f"{entry.id} {entry.title}")
    suite = ET.Element("testsuite", {"name": name, **_counts(rows)})
    suite.set("timestamp", started.rstrip("Z"))
    suite.set("time", "0")
    suite.extend(_case(entry, row) for row in rows)
    return suite


def _case(entry: Requirement, row: Judgement) -> ET.Element:
    title = " · ".join(filter(None, (row.scenario, row.step, row.subject)))
    case = ET.Element(
        "testcase",
        {
            "classname": _clean(f"{row.environment}.{row.layer}.{row.requirement}"),
            "name": _clean(title),
            "time": "0",
        },
    )
    element = _ELEMENTS.get(row.outcome)
    if element:
        text = f"{row.outcome}: {row.actual}"
        found = ET.SubElement(case, element, {"message": _clean(text)})
        if element != "skipped":
            found.set("type", row.outcome)
            found.text = _clean(_details(entry, row))
    return case


def _details(entry: Requirement, row: Judgement) -> str:
    lines = {
        "requirement": f"{entry.id} {entry.statement}",
        "subject": row.subject,
        "expected": row.expected,
        "actual": row.actual,
        "location": str(row.location or ""),
        "evidence": row.evidence,
        "remedy": entry.remedy,
    }
    return "\n".join(f"{name}: {text}" for name, text in lines.items() if text)


def _clean(text: str) -> str:
    return _FORBIDDEN.sub("\ufffd", text)
