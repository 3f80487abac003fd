"""The sources of the observed layer: what a client sees, and what runs in a container."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from threading import Lock
from typing import Any

from assurance.collectors.containers import ContainerRequest, RunnableImage, collect_containers
from assurance.errors import NotGiven
from assurance.model.environments import Environment
from assurance.model.judgements import Layer, Reason
from assurance.settings import Place, Settings
from assurance.sources.api import api_absence, api_sources
from assurance.sources.entrance import entrance_absence, entrance_sources
from assurance.sources.frontend import frontend_absence, frontend_sources
from assurance.sources.source import Source


def observed_sources(settings: Settings, environments: tuple[Environment, ...]) -> Iterator[Source]:
    """Yield what is to be collected of what clients of the named environments see."""
    for place in settings.places:
        chosen = place.environment in environments and Layer.OBSERVED in place.environment.layers
        if chosen:
            yield from _in_turn(
                entrance_sources(settings, place),
                api_sources(settings, place),
                frontend_sources(settings, place),
            )
        if chosen and place.access.images:
            yield _containers(settings, place)


def _in_turn(*groups: Iterable[Source]) -> Iterator[Source]:
    """Yield sources whose collectors wait for each other.

    Some of them drive a system to its limits on purpose; what others see then is not how it is.
    """
    turn = Lock()
    for group in groups:
        yield from (replace(source, collect=_alone(turn, source.collect)) for source in group)


def _alone(turn: Lock, collect: Callable[[], Any]) -> Callable[[], Any]:
    def collect_alone() -> Any:
        with turn:
            return collect()

    return collect_alone


def observed_kinds(settings: Settings, place: Place) -> Mapping[str, NotGiven | None]:
    """Return the kinds without which an environment cannot be judged by what is observed.

    Each with what the user must give first, or None where it was given.
    """
    engine = NotGiven(
        Reason.ENGINE, remedy="build the images with `tox run -e containers`, or name built ones."
    )
    api = api_absence(settings, place)
    return {
        "browser": frontend_absence(settings, place),
        "container": None if place.access.images else engine,
        "http": api,
        "telemetry": api,
        "tls": entrance_absence(place),
    }


def _containers(settings: Settings, place: Place) -> Source:
    images = place.access.images
    request = ContainerRequest(
        images=tuple(
            RunnableImage(
                application=application.name,
                role=application.role,
                reference=images[application.name]["image"],
                environment=images[application.name].get("environment", {}),
            )
            for application in settings.applications
            if application.name in images
        )
    )
    return Source(
        kind="container",
        path=settings.directory,
        name="",
        environment=place.environment.name,
        layer=Layer.OBSERVED,
        key="",
        collect=lambda: collect_containers(request),
    )
