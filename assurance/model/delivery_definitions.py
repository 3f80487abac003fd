"""Definitions of the delivery and what they refer to."""

from __future__ import annotations

from dataclasses import dataclass

from assurance.model.records import record
from assurance.model.subjects import Location, Subject


@record(kw_only=True, eq=False)
class Reference:
    """One reference from a definition to another definition or file.

    Attributes:
        kind: Of what it names: `service`, `connector`, `file` …
        name: As it is written.
        is_in_repository: Whether what it names is there; unknown where an expression names it.
        elsewhere: Where something of the same identifier is, when not where the reference looks.
        location: Where it is written.
    """

    kind: str
    name: str
    is_in_repository: bool
    elsewhere: str
    location: Location


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class DeliveryDefinition:
    """A pipeline, template, trigger or other definition, with its references."""

    subject: Subject
    references: tuple[Reference, ...]
