"""What there is to collect of a system: one source a document; the only callers of collectors."""

from __future__ import annotations

from collections.abc import Mapping

from assurance.errors import NotGiven
from assurance.model.environments import Environment
from assurance.model.judgements import Layer
from assurance.settings import Settings
from assurance.sources.declared import declared_kinds, declared_sources
from assurance.sources.observed import observed_kinds, observed_sources
from assurance.sources.source import Source

__all__ = ["Source", "kinds_of", "sources_of"]


def sources_of(
    settings: Settings, environments: tuple[Environment, ...], layers: frozenset[Layer]
) -> tuple[Source, ...]:
    """Return what is to be collected to judge the named environments on the named layers."""
    found: list[Source] = []
    if Layer.DECLARED in layers:
        found.extend(declared_sources(settings, environments))
    if Layer.OBSERVED in layers:
        found.extend(observed_sources(settings, environments))
    return tuple(found)


def kinds_of(
    settings: Settings, environment: Environment, layer: Layer
) -> Mapping[str, NotGiven | None]:
    """Return the kinds of evidence without which an environment cannot be judged on a layer.

    Each with what the user must give first, or None where the kind can be collected as it is.
    """
    place = next(place for place in settings.places if place.environment == environment)
    if layer is Layer.DECLARED:
        return dict.fromkeys(declared_kinds(settings, place))
    if layer is Layer.OBSERVED:
        return observed_kinds(settings, place)
    return {}
