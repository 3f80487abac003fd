"""Which steps of pipelines concern which application.

An application is known by its directory and its repository in the registry; on the way through a
pipeline its image may have other names and lie in archives, which builds and publications tell.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from assurance.model.actions import ImageBuild, Publication
from assurance.model.applications import Application
from assurance.model.expressions import readings
from assurance.model.image_references import image_reference
from assurance.model.pipeline_parts import placed_parts
from assurance.model.pipeline_walks import Placed
from assurance.model.pipelines import Pipeline
from assurance.model.unknown import UnknownValue, is_unknown, unknown, why_unknown


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Traces:
    """An application with everything that its image is called.

    Attributes:
        names: Repositories and local names of its image.
        archives: Archives that hold it.
    """

    application: Application
    names: frozenset[str]
    archives: frozenset[str]


def traces_of(application: Application, pipelines: Iterable[Pipeline]) -> Traces:
    """Return an application with the names and archives that pipelines give its image."""
    known = tuple(pipelines)
    names, archives = {application.image}, {""}
    for build in placed_parts(known, ImageBuild):
        if _is_decided_and_built(build.part, build.placed, application):
            names.update(_seen(build.part.image, build.placed))
            archives.update(_seen(build.part.archive, build.placed))
    for published in placed_parts(known, Publication):
        if names.intersection(_seen(published.part.image, published.placed)):
            archives.update(_seen(published.part.archive, published.placed))
            sources = _seen(published.part.source, published.placed)
            names.update(image_reference(source).repository for source in sources)
    return Traces(
        application=application, names=frozenset(names - {""}), archives=frozenset(archives - {""})
    )


def _is_decided_and_built(build: ImageBuild, placed: Placed, application: Application) -> bool:
    try:
        return is_built_from(build, placed, application)
    except UnknownValue:
        return False


def is_built_from(build: ImageBuild, placed: Placed, application: Application) -> bool:
    """Whether an image is that of an application: by its name, its Dockerfile or its context."""
    if application.image and application.image in texts(build.image, placed):
        return True
    if application.dockerfile in texts(build.dockerfile, placed):
        return True
    contexts = texts(build.context, placed)
    return any(lies_in(context, application.directory) for context in contexts)


def texts(text: str, placed: Placed) -> tuple[str, ...]:
    """Return what a text stands for in each repetition; unknown where the run decides it."""
    if is_unknown(text):
        unseen: tuple[str, ...] = unknown(why_unknown(text))
        return unseen
    return readings(text, _axes(placed))


def _seen(text: str, placed: Placed) -> tuple[str, ...]:
    found = texts(text, placed)
    return () if is_unknown(found) else found


def _axes(placed: Placed) -> Mapping[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for loops in (placed.stage.loops, *(group.loops for group in placed.groups), placed.step.loops):
        for loop in loops:
            if not is_unknown(loop.axes):
                found.update(loop.axes)
    return found


def lies_in(path: str, directory: str) -> bool:
    """Whether a path is a directory, or lies in it."""
    return path == directory or path.startswith(f"{directory}/")


def covers(path: str, directory: str) -> bool:
    """Whether what is done to a path is done to a directory: it is that, or something around it."""
    return path in ("", ".") or lies_in(directory, path)
