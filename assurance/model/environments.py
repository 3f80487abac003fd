"""One place where the system runs."""

from __future__ import annotations

from dataclasses import dataclass

from assurance.model.requirements import Layer


@dataclass(frozen=True, slots=True, kw_only=True)
class Environment:
    """A named place.

    Attributes:
        name: `lab`, `staging`, `production`, or the user's own.
        production: Whether requirements that speak of production apply to it.
        layers: The layers on which it can be looked at.
        base_url: Where its clients reach it; empty where nobody said.
    """

    name: str
    production: bool
    layers: tuple[Layer, ...] = tuple(Layer)
    base_url: str = ""
