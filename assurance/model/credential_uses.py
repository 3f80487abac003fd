"""Credentials in the definitions of a delivery: where they come from, and where they show."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from assurance.model.connectors import Literal
from assurance.model.subjects import Location, Subject


class Showing(StrEnum):
    """How a credential comes to light."""

    PRINTS = "prints"
    EXPORTS = "exports"
    TAGS = "tags or labels with"
    BUILDS = "builds into an image"
    TELLS = "tells people"
    STORES = "writes down"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Leak:
    """A place where a credential comes to light.

    Attributes:
        showing: How.
        credential: Which: the secret, or the variable that holds it.
        place: The setting, or the command.
        location: Where it is written.
    """

    showing: Showing
    credential: str
    place: str
    location: Location


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CredentialUses:
    """What one definition does with credentials.

    Attributes:
        uses: How often it refers to a secret.
        literals: Credentials that stand in it.
        leaks: Where it brings one to light; an unknown for each script that cannot be read.
    """

    subject: Subject
    uses: int
    literals: tuple[Literal, ...]
    leaks: tuple[Leak, ...]
