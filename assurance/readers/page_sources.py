"""The source of a frontend → its pages."""

from __future__ import annotations

from assurance.model.page_sources import Hindrance, PageSource
from assurance.model.subjects import Location
from assurance.readers.kinds import Kind
from assurance.readers.state import Resource, State

_PAGE = "source_page"


def read_page_sources(state: State) -> tuple[PageSource, ...]:
    """Return the pages that are declared."""
    return tuple(_page(each) for each in state.of(_PAGE))


def _page(resource: Resource) -> PageSource:
    values = resource.values
    return PageSource(
        subject=resource.subject(),
        route=values["route"],
        parameters=tuple(values["parameters"]),
        generates=values["generates"],
        hindrances=tuple(
            Hindrance(what=each["what"], location=Location(file=each["file"], line=each["line"]))
            for each in values["dynamic"]
        ),
    )


KINDS: tuple[Kind, ...] = (
    Kind(
        noun="page of the source",
        plural="pages of the source",
        population=lambda view: read_page_sources(view.state),
        inventory=(_PAGE,),
    ),
)
