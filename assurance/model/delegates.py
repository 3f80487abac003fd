"""Delegates: the services through which the delivery pipeline reaches the system."""

from __future__ import annotations

from dataclasses import dataclass

from assurance.model.services import Service


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Delegates:
    """The services that run a delegate of the delivery pipeline."""

    services: tuple[Service, ...]

    def runs(self, service: Service) -> bool:
        """Whether a service is one of them."""
        return any(found is service for found in self.services)
