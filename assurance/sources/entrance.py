"""The source of what clients find at the entrance of an environment: TLS, and plain HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from assurance.errors import NotGiven
from assurance.model.environments import Environment
from assurance.model.judgements import Layer, Reason
from assurance.settings import Place, Settings
from assurance.sources.source import Source

if TYPE_CHECKING:
    from assurance.collectors.tls import TlsRequest

_NOWHERE = "assurance-serves-nothing-here"


def entrance_sources(settings: Settings, place: Place) -> Iterator[Source]:
    """Yield what is to be collected at the entrance of an environment that must have one."""
    if entrance_absence(place):
        return
    # Its libraries take long to load, which no run should wait for that looks at files only.
    from assurance.collectors.tls import collect_tls  # noqa: PLC0415

    request = _request(settings, place)
    yield Source(
        kind="tls",
        path=settings.directory,
        name="",
        environment=place.environment.name,
        layer=Layer.OBSERVED,
        key="",
        collect=lambda: collect_tls(request),
    )


def entrance_absence(place: Place) -> NotGiven | None:
    """Return why nothing can be said of an entrance; None where it can.

    An address of plain HTTP is no excuse where the description knows of infrastructure, or of
    production: there something has to end TLS, and what is found is judged.
    """
    environment = place.environment
    if not environment.base_url:
        return NotGiven(Reason.ADDRESS, remedy="give it with --base-url, or in the description.")
    if environment.base_url.startswith("http:") and _has_only_clients(environment):
        return NotGiven(Reason.PLAIN, remedy="give an https address, or put TLS before the system.")
    return None


def _has_only_clients(environment: Environment) -> bool:
    """Whether the description says that there is no infrastructure to look at, as for a lab."""
    looked_at = {Layer.DECLARED, Layer.DEPLOYED} & set(environment.layers)
    return not (environment.production or looked_at)


def _request(settings: Settings, place: Place) -> TlsRequest:
    from assurance.collectors.tls import TlsRequest  # noqa: PLC0415

    paths = ["/"]
    for application in settings.applications:
        asked = (application.openapi, application.live, application.ready, *application.pages)
        paths += [path for path in asked if path]
    api = next((each.api for each in settings.applications if each.role == "frontend"), "/api/")
    return TlsRequest(
        base_url=place.environment.base_url,
        plain=place.access.plain,
        trust=place.access.trust,
        paths=tuple(dict.fromkeys(paths)),
        nowhere=f"{api.rstrip('/')}/{_NOWHERE}",
    )
