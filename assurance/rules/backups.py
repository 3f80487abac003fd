"""What must hold for backups and their copies."""

from __future__ import annotations

from assurance.model.backups import Backups, Copy, Protection, Vault
from assurance.model.databases import Database
from assurance.model.findings import Finding, NotApplicable, Verdict, all_of, any_of
from assurance.model.unknown import UnknownValue, is_unknown


def has_copy_elsewhere(database: Database, backups: Backups) -> Verdict:
    """Its backups are copied to another region or account, and no copy is left unencrypted."""
    if database.holds_state_locks:
        return NotApplicable("state_locks")
    if database.source:
        return NotApplicable("replica")
    copies = backups.copies_of(database.subject)
    holds = any_of(copies, _is_safe) and all_of(copies, _is_encrypted)
    found = "; ".join(_described(copy) for copy in copies)
    return Finding(
        holds=holds,
        expected="an encrypted copy of its backups in another region or account",
        actual=f"copied to {found}" if found else "its backups are copied nowhere",
    )


def _is_safe(copy: Copy) -> bool:
    return copy.is_elsewhere and copy.encryption.is_on


def _is_encrypted(copy: Copy) -> bool:
    return copy.encryption.is_on


def _described(copy: Copy) -> str:
    try:
        where = "elsewhere" if copy.is_elsewhere else "the region and account of the database"
        said = f"{copy.place}, {where}, {copy.encryption}"
    except UnknownValue as unknown:
        said = unknown.reason
    return said


def is_backed_up(database: Database, backups: Backups) -> Verdict:
    """Backups are made without anybody's doing: its own, or those of a plan."""
    if database.holds_state_locks:
        return NotApplicable("state_locks")
    if database.source:
        return NotApplicable("replica")
    ways: tuple[Database | Protection, ...] = (database, *backups.protections_of(database.subject))
    holds = any_of(ways, _makes_backups)
    return Finding(
        holds=holds,
        expected="automated backups, or a backup plan that selects it",
        actual="it is backed up by itself or by a plan" if holds else "nothing backs it up",
    )


def _makes_backups(way: Database | Protection) -> bool:
    return way.backup_days > 0 if isinstance(way, Database) else bool(way.rule)


def reaches_back(database: Database, backups: Backups, *, days: int) -> Verdict:
    """Its own backups, or the continuous ones of a plan, allow recovery to any point of so long."""
    if database.holds_state_locks:
        return NotApplicable("state_locks")
    if database.source:
        return NotApplicable("replica")
    ways: tuple[Database | Protection, ...] = (database, *backups.protections_of(database.subject))
    holds = any_of(ways, lambda way: _reaches_back(way, days))
    return Finding(
        holds=holds,
        expected=f"automated backups for at least {days} days, with recovery to any point",
        actual=_kept(database, holds=holds),
    )


def _reaches_back(way: Database | Protection, days: int) -> bool:
    if isinstance(way, Database):
        return way.backup_days >= days and way.recovers_to_any_point
    return way.is_continuous and (way.days == 0 or way.days >= days)


def _kept(database: Database, *, holds: bool) -> str:
    if is_unknown(database.backup_days):
        return "a backup plan keeps continuous backups"
    if database.backup_days == 0:
        return "a backup plan keeps them" if holds else "backups are kept 0 days: there are none"
    return f"backups are kept {database.backup_days} days"


def encrypts_recovery_points(vault: Vault) -> Finding:
    """What the vault keeps is under a key of our own."""
    return Finding(
        holds=vault.encryption.is_on and vault.encryption.is_customer_managed,
        expected="recovery points encrypted with a customer managed key",
        actual=str(vault.encryption),
    )
