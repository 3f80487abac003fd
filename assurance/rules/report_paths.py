"""What must hold for the reports of tests: a step publishes the files that its command writes."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable

from assurance.model.checks import SuiteVerification, TestKind, TestRun
from assurance.model.findings import Finding, NotApplicable, Verdict, each
from assurance.model.pipeline_parts import PlacedPart
from assurance.rules.lists import listing

_CLONE = "/harness"
"""Where Harness clones to: what its steps call `.`."""


def publishes_its_reports(run: PlacedPart[TestRun | SuiteVerification]) -> Verdict:
    """Each report that the command writes is among the paths that the step publishes."""
    part, published = run.part, run.placed.step.action.report_paths
    if isinstance(part, TestRun) and part.kind == TestKind.LOAD:
        return NotApplicable("load")
    paths = listing(published) or "nothing"
    return each(
        part.reports,
        lambda report: Finding(
            holds=is_published(report, published),
            expected="",
            actual=f"it writes {report} and publishes {paths}",
        ),
        expected="the step publishes each JUnit report that its command writes",
        none=f"its command writes no JUnit report, and it publishes {paths}",
    )


def is_published(report: str, published: Iterable[str]) -> bool:
    """Whether one of the paths, which may hold wildcards, is that of a report."""
    whole = _absolute(report.replace("*", "x"))
    return any(re.fullmatch(_pattern(_absolute(path)), whole) for path in published)


def _absolute(path: str) -> str:
    return posixpath.normpath(posixpath.join(_CLONE, path.strip()))


def _pattern(path: str) -> str:
    """Return the expression of a path with wildcards: `**` crosses directories, `*` does not."""
    pieces = re.split(r"(\*\*/|\*\*|\*|\?)", path)
    signs = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}
    return "".join(signs.get(piece, re.escape(piece)) for piece in pieces)
