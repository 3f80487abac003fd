"""Backups that are made beside a database's own, and copies of backups elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from assurance.model.encryption import Encryption
from assurance.model.subjects import Subject
from assurance.model.unknown import is_unknown, unknown


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Copy:
    """A copy of every backup.

    Attributes:
        source: Id of the database.
        place: Where it goes, in words.
        is_elsewhere: Whether that is another region or account than the database's.
        encryption: How it is encrypted there.
    """

    subject: Subject
    source: str
    place: str
    is_elsewhere: bool
    encryption: Encryption


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Protection:
    """A rule of a backup plan that concerns a database.

    Attributes:
        source: Id of the database.
        rule: The name of the rule.
        days: For how long a recovery point is kept; 0 for ever.
        is_continuous: Whether it allows recovery to any point.
    """

    subject: Subject
    source: str
    rule: str
    days: int
    is_continuous: bool


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Vault:
    """A vault of recovery points."""

    subject: Subject
    encryption: Encryption


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Backups:
    """Everything that is backed up beside what databases keep themselves."""

    copies: tuple[Copy, ...]
    protections: tuple[Protection, ...]
    vaults: tuple[Vault, ...]

    def copies_of(self, database: Subject) -> tuple[Copy, ...]:
        """Return the copies of a database's backups; what may be one stands as unknown."""
        return _of(self.copies, database)

    def protections_of(self, database: Subject) -> tuple[Protection, ...]:
        """Return the rules that concern a database; what may concern it stands as unknown."""
        return _of(self.protections, database)


def _of(records: tuple[Any, ...], database: Subject) -> tuple[Any, ...]:
    found = []
    for record in records:
        if is_unknown(record.source):
            found.append(unknown(f"whether {record.subject} concerns {database} is not known"))
        elif record.source == database.id:
            found.append(record)
    return tuple(found)
