"""The kinds of subject: the noun that scenarios use, its population, and what must be in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from assurance.model.subjects import Subject

if TYPE_CHECKING:
    from assurance.readers.view import View


class Judged(Protocol):
    """A record that can be judged."""

    @property
    def subject(self) -> Subject:
        """What it is called and where it stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of subject.

    Attributes:
        noun: As a scenario says it, in the singular: `database`.
        plural: The same for many: `databases`.
        population: Its records in a view.
        inventory: Terraform types all of whose managed resources must be among the subjects of
            the population or their parts; empty for kinds that are derived from others.
        made_of: Of a derived kind, the types without which there is none of it.
    """

    noun: str
    plural: str
    population: Callable[[View], tuple[Judged, ...]]
    inventory: tuple[str, ...] = ()
    made_of: tuple[str, ...] = ()


def subjects_of(records: Iterable[Judged]) -> frozenset[str]:
    """Return the ids that a population answers for: its subjects and their parts."""
    return frozenset(
        name for record in records for name in (record.subject.id, *record.subject.parts)
    )
