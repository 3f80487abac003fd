"""What a step does for one application: the targets and gates of questions about its paths.

A step whose command cannot be read may be any gate, so it raises `UnknownValue`: the proof is
unknown where it depends on that.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from assurance.model.actions import (
    Command,
    HiddenInTemplate,
    ImageBuild,
    Part,
    Publication,
    Unrecognised,
)
from assurance.model.checks import QualityAnalysis, Scan, ScanSubject, TestKind, TestRun
from assurance.model.image_references import image_reference
from assurance.model.pipeline_walks import Placed
from assurance.model.unknown import UnknownValue, is_unknown
from assurance.rules.application_traces import Traces, covers, is_built_from, lies_in, texts
from assurance.rules.path_questions import Choice

SEVERITIES = ("low", "medium", "high", "critical")


def publishes(traces: Traces) -> Choice:
    """Choose what makes the image of an application available; another name for it does not."""

    def chosen(part: Part, placed: Placed) -> bool:
        if not isinstance(part, Publication) or part.was_published:
            return False
        return is_image(traces, part.image, part.archive, placed)

    return chosen


def is_image(traces: Traces, image: str, archive: str, placed: Placed) -> bool:
    """Whether an image or an archive is that of an application."""
    if archive and traces.archives.intersection(texts(archive, placed)):
        return True
    return bool(image) and bool(traces.names.intersection(texts(image, placed)))


def builds(traces: Traces) -> Choice:
    """Choose builds of the image of an application."""
    return lambda part, placed: (
        isinstance(part, ImageBuild) and is_built_from(part, placed, traces.application)
    )


def runs_unit_tests(traces: Traces, percent: float = 0) -> Choice:
    """Choose unit tests of an application that fail the step, and below a coverage too."""

    def chosen(part: TestRun, placed: Placed) -> bool:
        if part.kind != TestKind.UNIT or not _runs_in(traces, part, placed):
            return False
        if percent and (part.coverage or 0) < percent:
            return False
        return not part.defeated_by

    return gate_of(TestRun, chosen)


def _runs_in(traces: Traces, part: TestRun, placed: Placed) -> bool:
    directory = traces.application.directory
    if any(lies_in(each, directory) for each in texts(part.directory, placed)):
        return True
    given = (each for target in part.targets for each in texts(target, placed))
    return any(lies_in(each.removeprefix("./"), directory) for each in given)


def scans_image(traces: Traces, severity: str) -> Choice:
    """Choose scans of the image of an application that stop at a severity and above."""

    def chosen(part: Scan, placed: Placed) -> bool:
        if part.subject != ScanSubject.IMAGE:
            return False
        name = part.image if is_unknown(part.image) else image_reference(part.image).repository
        return is_image(traces, name, part.archive, placed) and stops(part, severity)

    return gate_of(Scan, chosen)


def scans_files(traces: Traces, subject: ScanSubject, severity: str) -> Choice:
    """Choose scans of the dependencies or the code of an application that stop at a severity."""

    def chosen(part: Scan, placed: Placed) -> bool:
        if part.subject != subject:
            return False
        found = texts(part.directory, placed)
        directory = traces.application.directory
        return any(covers(each, directory) for each in found) and stops(part, severity)

    return gate_of(Scan, chosen)


def analyses(traces: Traces) -> Choice:
    """Choose analyses of the quality of an application that enforce their gate."""

    def chosen(part: QualityAnalysis, placed: Placed) -> bool:
        directory = traces.application.directory
        if not any(covers(each, directory) for each in texts(part.directory, placed)):
            return False
        return bool(part.enforces_gate) and not part.defeated_by

    return gate_of(QualityAnalysis, chosen)


def stops(part: Any, severity: str) -> bool:
    """Whether findings of a severity, and of every worse one, fail the step."""
    wanted = SEVERITIES[SEVERITIES.index(severity) :]
    return set(part.stops_at).issuperset(wanted) and not part.defeated_by


def gate_of(kind: type[Any], chosen: Callable[[Any, Placed], bool]) -> Choice:
    """Return a choice among parts of a kind; what cannot be read may be one of them."""

    def gate(part: Part, placed: Placed) -> bool:
        if isinstance(part, kind):
            return chosen(part, placed)
        why = unread(part)
        if why:
            raise UnknownValue(f"what {placed.step.path} does is not seen: {why}")
        return False

    return gate


def unread(part: Part) -> str:
    """Return why it is not seen what a part does; empty where it is."""
    if isinstance(part, Command):
        return "its command is not known" if is_unknown(part.hides) else part.hides
    if isinstance(part, Unrecognised):
        return part.what
    return f"template {part.reference}" if isinstance(part, HiddenInTemplate) else ""
