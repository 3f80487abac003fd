"""What must come before an image is published, on every path: its own tests and its own scan."""

from __future__ import annotations

from posixpath import dirname

from assurance.model.actions import ImageBuild, Part, Publication
from assurance.model.applications import Application
from assurance.model.checks import ScanSubject, TestRun
from assurance.model.findings import Finding
from assurance.model.pipeline_parts import PlacedPart, placed_parts
from assurance.model.pipeline_walks import Placed, hidden_in, steps_of
from assurance.model.pipelines import Hidden, Pipeline, Stage
from assurance.model.unknown import UnknownValue, is_unknown
from assurance.rules.application_steps import is_image, runs_unit_tests, scans_image, unread
from assurance.rules.application_traces import Traces, texts
from assurance.rules.ineffective_checks import naming_ineffective_checks
from assurance.rules.path_questions import Choice
from assurance.rules.paths import precedes_on_every_path

_MILDEST = "critical"
"""Which findings must stop it is for another requirement to say; here some must."""


def is_tested_first(published: PlacedPart[Publication]) -> Finding:
    """The tests of what an image is made of have passed before it is published."""
    traces = _traces(published)
    if traces.application.directory == _NOWHERE:
        name = published.part.image
        raise UnknownValue(f"what {name} is built from is not seen in {_pipeline(published).path}")
    directory = traces.application.directory or "the repository"
    finding = precedes_on_every_path(
        (_pipeline(published),),
        target=_this(published),
        gate=runs_unit_tests(traces),
        gate_name=f"the tests of {directory}",
        may_hide=_is_another,
    )
    return naming_ineffective_checks(finding, (_pipeline(published),), TestRun)


def is_scanned_first(published: PlacedPart[Publication]) -> Finding:
    """A scan of the very image that is published has passed, and nothing built it anew since."""
    traces = _traces(published)
    finding = precedes_on_every_path(
        (_pipeline(published),),
        target=_this(published),
        gate=scans_image(traces, _MILDEST),
        gate_name="a scan of its image as it is published",
        undo=_builds(traces),
        may_hide=_is_another,
    )
    return naming_ineffective_checks(finding, (_pipeline(published),), ScanSubject.IMAGE)


def publishes_nothing_unseen(pipeline: Pipeline) -> Finding:
    """What every step publishes can be seen."""
    unseen = [f"{found.path}: {found.reason}" for found in hidden_in(pipeline)]
    unseen += [
        f"{placed.step.path}: {why}"
        for placed in steps_of(pipeline)
        for part in placed.step.action.parts
        if (why := unread(part))
    ]
    if unseen:
        raise UnknownValue(f"whether it publishes an image is not seen at {unseen[0]}")
    expected = "it can be seen what each step publishes"
    return Finding(holds=True, expected=expected, actual="every step can be read")


_NOWHERE = "?"


def _pipeline(published: PlacedPart[Publication]) -> Pipeline:
    return published.placed.pipeline


def _this(published: PlacedPart[Publication]) -> Choice:
    own, step = published.part, published.placed.step
    return lambda part, placed: part is own and id(placed.step) == id(step)


def _is_another(hidden: Hidden, stage: Stage | None) -> bool:
    """One publication that is seen is asked about."""
    del hidden, stage
    return False


def _builds(traces: Traces) -> Choice:
    def chosen(part: Part, placed: Placed) -> bool:
        return isinstance(part, ImageBuild) and is_image(traces, part.image, part.archive, placed)

    return chosen


def _traces(published: PlacedPart[Publication]) -> Traces:
    """Return what is published with its names and archives, and where it is built from."""
    part, placed = published.part, published.placed
    archives = frozenset(_seen(part.archive, placed))
    names = frozenset((*_seen(part.image, placed), *_seen(part.source, placed)))
    builds = tuple(placed_parts((placed.pipeline,), ImageBuild))
    # The archive says more exactly than the name which build it was.
    for wanted, shared in ((archives, _archives_of), (names, _names_of)):
        for build in builds:
            if wanted & shared(build):
                return _made(published, names, archives, build.part)
    return _made(published, names, archives, None)


def _archives_of(build: PlacedPart[ImageBuild]) -> frozenset[str]:
    return frozenset(_seen(build.part.archive, build.placed))


def _names_of(build: PlacedPart[ImageBuild]) -> frozenset[str]:
    return frozenset(_seen(build.part.image, build.placed))


def _seen(text: str, placed: Placed) -> tuple[str, ...]:
    if is_unknown(text) or not text:
        return ()
    found = texts(text, placed)
    return (text,) if is_unknown(found) else found


def _made(
    published: PlacedPart[Publication],
    names: frozenset[str],
    archives: frozenset[str],
    build: ImageBuild | None,
) -> Traces:
    own = published.part.context
    dockerfile = build.dockerfile if build is not None else ""
    application = Application(
        subject=published.subject,
        name=str(published.subject),
        role="",
        directory=_directory(build.context if build is not None else own, dockerfile),
        dockerfile=dockerfile,
        image="",
        lock_files=(),
        flags=(),
    )
    return Traces(application=application, names=names, archives=archives)


def _directory(context: str, dockerfile: str) -> str:
    """Return where an image is made from: its context, else where its Dockerfile is."""
    if is_unknown(context) or context not in ("", "."):
        return context
    if is_unknown(dockerfile) or dirname(dockerfile):
        return dockerfile if is_unknown(dockerfile) else dirname(dockerfile)
    return "" if context else _NOWHERE
