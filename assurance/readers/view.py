"""The system as one layer of one environment shows it: the records of every concept, read lazily."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from assurance.model.environments import Environment
from assurance.model.judgements import Layer
from assurance.readers import load_balancers, networks
from assurance.readers.kinds import Judged, Kind
from assurance.readers.load_balancers import LoadBalancerReading, read_load_balancers
from assurance.readers.networks import NetworkReading, read_networks
from assurance.readers.state import State


class View:
    """One environment at one layer.

    Every concept is a cached property that calls its reader, so a scenario pays only for what it
    speaks of.
    """

    def __init__(self, *, environment: Environment, layer: Layer, state: State) -> None:
        self.environment = environment
        self.layer = layer
        self.state = state
        self._populations: dict[str, tuple[Judged, ...]] = {}

    def population(self, kind: Kind) -> tuple[Judged, ...]:
        """Return the records of a kind."""
        if kind.noun not in self._populations:
            self._populations[kind.noun] = kind.population(self)
        return self._populations[kind.noun]

    # One cached property a concept, in alphabetical order.

    @cached_property
    def load_balancers(self) -> LoadBalancerReading:
        """Load balancers, listeners and target groups."""
        return read_load_balancers(self.state, self.networks)

    @cached_property
    def networks(self) -> NetworkReading:
        """VPCs, subnets, routes, filters, gateways and endpoints."""
        return read_networks(self.state)


def all_kinds() -> Mapping[str, Kind]:
    """Return every kind by its noun."""
    found = {kind.noun: kind for kinds in _KINDS for kind in kinds}
    return found


_KINDS: tuple[tuple[Kind, ...], ...] = (
    load_balancers.KINDS,
    networks.KINDS,
)
"""The `KINDS` of each reader module, in alphabetical order of concept."""
