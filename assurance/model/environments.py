"""One place where the system runs."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Environment:
    """A named place.

    Attributes:
        name: `lab`, `staging`, `production`, or the user's own.
        production: Whether requirements that speak of production apply to it.
    """

    name: str
    production: bool
