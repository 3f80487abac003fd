"""The source of what a browser sees of a frontend."""

from __future__ import annotations

from collections.abc import Iterator

from assurance.description import Application, Place, Settings
from assurance.errors import NotGiven
from assurance.model.judgements import Layer, Reason
from assurance.sources.source import Source


def frontend_sources(settings: Settings, place: Place) -> Iterator[Source]:
    """Yield the browser's view of an environment, if its address and some pages were given."""
    frontend = _frontend(settings)
    if frontend is None or frontend_absence(settings, place):
        return
    # A browser's library takes long to load, which no run should wait for that looks at files only.
    from assurance.collectors.browser import BrowserRequest, collect_browser  # noqa: PLC0415
    from assurance.journeys import load_journeys  # noqa: PLC0415

    environment = place.environment
    request = BrowserRequest(
        base_url=environment.base_url,
        pages=frontend.pages,
        api=frontend.api,
        trust=place.access.trust,
        journeys=load_journeys(frontend.journeys, environment.name) if frontend.journeys else (),
    )
    yield Source(
        kind="browser",
        path=settings.directory,
        name="",
        environment=environment.name,
        layer=Layer.OBSERVED,
        key="",
        collect=lambda: collect_browser(request),
    )


def frontend_absence(settings: Settings, place: Place) -> NotGiven | None:
    """Return what must be given before a browser can look, or None where it was."""
    frontend = _frontend(settings)
    if frontend is None or not frontend.pages:
        return NotGiven(Reason.PAGES, remedy="name the `pages` of an application that is one.")
    if not place.environment.base_url:
        return NotGiven(Reason.ADDRESS, remedy="give --base-url, or `base_url` in assurance.toml.")
    return None


def _frontend(settings: Settings) -> Application | None:
    return next((each for each in settings.applications if each.role == "frontend"), None)
