"""What a browser went through → journeys of people, and troubles of the API."""

from __future__ import annotations

from assurance.errors import NotGiven
from assurance.model.journeys import Journey, Taken, Told, Trouble
from assurance.model.judgements import Reason
from assurance.model.pages import Call
from assurance.readers.kinds import Kind
from assurance.readers.pages import read_call, read_pages, read_violations
from assurance.readers.state import Resource, State


def read_journeys(state: State, means: str) -> tuple[Journey, ...]:
    """Return the ways that were gone by these means.

    Raises:
        NotGiven: The run was not told of any, or not how people sign in.
    """
    _need_journeys(state)
    found = (_journey(each) for each in state.of("browser_journey"))
    return tuple(journey for journey in found if journey.means == means)


def read_troubles(state: State, *, writes: bool) -> tuple[Trouble, ...]:
    """Return what was tried while the API was in trouble: opened pages, or actions that write.

    Raises:
        NotGiven: The run was not told of any action that writes.
    """
    if writes:
        _need_journeys(state)
    found = (_trouble(each) for each in state.of("browser_trouble"))
    return tuple(trouble for trouble in found if trouble.writes == writes)


def read_calls(state: State) -> tuple[Call, ...]:
    """Return all that was asked of the API: by pages, and by actions where some were told."""
    pages = tuple(call for page in read_pages(state) for call in page.calls)
    found = (_journey(each) for each in state.of("browser_journey"))
    return pages + tuple(call for journey in found for call in journey.writes)


def _need_journeys(state: State) -> None:
    for site in state.of("browser_site"):
        given = site.values["given"]
        if not given["journeys"]:
            raise NotGiven(Reason.JOURNEYS, remedy="name a file of `journeys` for the frontend.")
        if not given["sign_in"]:
            raise NotGiven(
                Reason.SIGN_IN, remedy="add `[sign_in.ENVIRONMENT]` to the file of journeys."
            )


def _journey(resource: Resource) -> Journey:
    values = resource.values
    return Journey(
        subject=resource.subject(),
        means=values["means"],
        steps=tuple(
            Taken(step=each["step"], outcome=each["outcome"], fault=each["fault"])
            for each in values["steps"]
        ),
        is_completed=values["completed"],
        writes=tuple(
            read_call(resource, number, each) for number, each in enumerate(values["writes"], 1)
        ),
        violations=read_violations(values["violations"]),
    )


def _trouble(resource: Resource) -> Trouble:
    values = resource.values
    return Trouble(
        subject=resource.subject(),
        kind=values["trouble"],
        writes=values["asks"] != "GET",
        met=tuple(values["met"]),
        told=tuple(Told(text=each["text"], ways=tuple(each["ways"])) for each in values["told"]),
        changed=values["changed"],
        headings=tuple(values["headings"]),
        text=values["text"],
        recovers=bool(values["recovers"]),
        may_recover=values["recovers"] is not None,
    )


KINDS: tuple[Kind, ...] = (
    Kind(
        noun="journey",
        plural="journeys",
        population=lambda view: read_journeys(view.state, "pointer"),
    ),
    Kind(
        noun="journey by keyboard",
        plural="journeys by keyboard",
        population=lambda view: read_journeys(view.state, "keyboard"),
    ),
    Kind(
        noun="page in trouble",
        plural="pages in trouble",
        population=lambda view: read_troubles(view.state, writes=False),
    ),
    Kind(
        noun="action in trouble",
        plural="actions in trouble",
        population=lambda view: read_troubles(view.state, writes=True),
    ),
    Kind(
        noun="reading of a page",
        plural="readings of pages",
        population=lambda view: tuple(
            call for page in read_pages(view.state) for call in page.calls
        ),
    ),
    Kind(
        noun="request of a page",
        plural="requests of pages",
        population=lambda view: read_calls(view.state),
    ),
)
