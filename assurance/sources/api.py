"""The sources of what clients of an API see, and of what the application tells of that."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from assurance.errors import NotGiven
from assurance.model.judgements import Layer, Reason
from assurance.settings import Application, Place, Settings
from assurance.sources.source import Source

if TYPE_CHECKING:
    from assurance.collectors.http import HttpRequest


def api_sources(settings: Settings, place: Place) -> Iterator[Source]:
    """Yield what is to be collected of the API in an environment whose address was given."""
    application = _described(settings)
    if application is None or not place.environment.base_url:
        return
    # Their libraries take long to load, which no run should wait for that looks at files only.
    from assurance.collectors.http import collect_http  # noqa: PLC0415
    from assurance.collectors.telemetry import TelemetryRequest, collect_telemetry  # noqa: PLC0415

    api = _request(application, place)
    telemetry = TelemetryRequest(api=api, logs=place.access.logs, traces=place.access.traces)
    collectors = {
        "http": lambda: collect_http(api),
        "telemetry": lambda: collect_telemetry(telemetry),
    }
    for kind, collect in collectors.items():
        yield Source(
            kind=kind,
            path=settings.directory,
            name="",
            environment=place.environment.name,
            layer=Layer.OBSERVED,
            key="",
            collect=collect,
        )


def api_absence(settings: Settings, place: Place) -> NotGiven | None:
    """Return what must be given before the API can be looked at; None where all is there."""
    if not place.environment.base_url:
        return NotGiven(Reason.ADDRESS, remedy="give it with --base-url, or in the description.")
    if _described(settings) is None:
        return NotGiven(Reason.API, remedy="name it as `openapi` of the backend in assurance.toml.")
    return None


def _described(settings: Settings) -> Application | None:
    return next((each for each in settings.applications if each.openapi), None)


def _request(application: Application, place: Place) -> HttpRequest:
    from assurance.collectors.http import HttpRequest  # noqa: PLC0415

    access = place.access
    return HttpRequest(
        base_url=place.environment.base_url,
        openapi=application.openapi,
        live=application.live,
        ready=application.ready,
        backend=access.backend,
        without_database=access.without_database,
        without_flags=access.without_flags,
        metrics=access.metrics,
        issuer=access.issuer,
        audience=access.audience,
        tokens=access.tokens,
        oversight=application.oversight,
        bodies=application.bodies,
        parameters=application.parameters,
        requests_per_minute=access.requests_per_minute,
        trust=access.trust,
    )
