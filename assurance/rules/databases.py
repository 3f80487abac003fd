"""What must hold for databases."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import wraps
from typing import Any

from assurance.model.databases import Database, Databases, Family, Grant, Login, Node
from assurance.model.encryption import Encryption
from assurance.model.findings import Finding, NotApplicable, Verdict, any_of, each
from assurance.model.unknown import UnknownValue
from assurance.rules.lists import listing

_CASES: Mapping[str, Callable[[Database], bool]] = {
    "state_locks": lambda database: database.holds_state_locks,
    "dynamodb": lambda database: database.family == Family.TABLE,
    "replica": lambda database: bool(database.source),
}
_ZONES = 2
_VERSION = re.compile(r"(\d+)(?:\.(\d+))?")


def _except(*cases: str) -> Callable[[Callable[..., Verdict]], Callable[..., Verdict]]:
    """Let a rule say nothing of the databases that a case of the catalogue sets aside."""

    def decorate(rule: Callable[..., Verdict]) -> Callable[..., Verdict]:
        @wraps(rule)
        def judged(database: Database, *context: Any, **limits: Any) -> Verdict:
            for case in cases:
                if _CASES[case](database):
                    return NotApplicable(case)
            return rule(database, *context, **limits)

        return judged

    return decorate


def data_is_managed(databases: Databases) -> Finding:
    """There is a database of AWS that holds more than Terraform's locks."""
    return Finding(
        holds=any_of(databases.databases, lambda found: not found.holds_state_locks),
        expected="a database on RDS or DynamoDB",
        actual=f"{len(databases.databases)} declared (tables of state locks included)",
    )


@_except("state_locks", "dynamodb")
def runs_agreed_engine(database: Database, *, engines: Iterable[str]) -> Finding:
    """The engine is one of those that were agreed."""
    allowed = tuple(str(engine) for engine in engines)
    return Finding(
        holds=database.engine in allowed,
        expected=f"engine {listing(allowed, 'or')}, or DynamoDB",
        actual=f"engine {database.engine}",
    )


@_except("state_locks", "dynamodb")
def runs_supported_version(database: Database, *, oldest: int) -> Finding:
    """The major version is not older than the oldest; unset, AWS takes a supported one."""
    expected = f"PostgreSQL {oldest} or newer"
    if "postgres" not in database.engine:
        raise UnknownValue(f"which versions of {database.engine} are supported is not agreed")
    if not database.version:
        actual = "no version is stated: AWS takes its default, which it supports"
        return Finding(holds=True, expected=expected, actual=actual)
    return Finding(
        holds=version_number(database.version) >= (oldest, 0),
        expected=expected,
        actual=f"version {database.version}",
    )


def version_number(version: str) -> tuple[int, int]:
    """Return major and minor of a version."""
    found = _VERSION.match(version)
    if found is None:
        raise UnknownValue(f"{version!r} is not a version")
    return int(found[1]), int(found[2] or 0)


@_except("state_locks", "dynamodb")
def has_no_public_address(database: Database) -> Finding:
    """None of the instances that serve it gets a public address."""
    return each(
        database.nodes,
        _is_private,
        expected="no public address (publicly_accessible is false)",
        none="no instance serves it",
    )


def _is_private(node: Node) -> Finding:
    actual = f"{node.name} has {'a' if node.is_public else 'no'} public address"
    return Finding(holds=not node.is_public, expected="", actual=actual)


@_except("state_locks", "dynamodb", "replica")
def spans_zones(database: Database) -> Finding:
    """A standby, or a second instance of the cluster, waits in another zone."""
    expected = "a standby or a second instance in another zone"
    if database.spans_zones:
        return Finding(holds=True, expected=expected, actual="AWS keeps it in several zones")
    if database.family == Family.INSTANCE:
        actual = "one zone (multi_az is not true)"
        return Finding(holds=False, expected=expected, actual=actual)
    zones = {node.zone for node in database.nodes if node.zone}
    free = sum(1 for node in database.nodes if not node.zone)
    actual = f"{len(database.nodes)} instances, " + (
        f"in {listing(sorted(zones))}" if zones else "in zones that AWS chooses"
    )
    # AWS documents no rule by which it spreads two instances whose zones nobody stated.
    if len(zones) < _ZONES <= len(database.nodes) and free:
        raise UnknownValue(f"{actual}: whether these differ is decided when they are created")
    return Finding(holds=len(zones) >= _ZONES, expected=expected, actual=actual)


@_except("state_locks")
def encrypts_storage(database: Database) -> Verdict:
    """Storage, and with it every snapshot and log of it, is under a key of our own."""
    if _takes_key_of_source(database):
        return NotApplicable("same_key_as_source")
    return _is_under_own_key(database.storage)


def _takes_key_of_source(database: Database) -> bool:
    return bool(
        database.source
        and database.region == database.source_region
        and not database.storage.key
        and database.family == Family.INSTANCE
    )


def _is_under_own_key(encryption: Encryption) -> Finding:
    return Finding(
        holds=encryption.is_on and encryption.is_customer_managed,
        expected="encrypted with a customer managed key",
        actual=str(encryption),
    )


@_except("state_locks")
def encrypts_performance_data(database: Database) -> Verdict:
    """What Performance Insights collects is under a key of our own."""
    if not any_of(database.performance, lambda found: bool(found.is_on)):
        return NotApplicable("no_performance_data")
    return each(
        database.performance,
        _is_under_own_key,
        expected="performance data encrypted with a customer managed key",
        none="no performance data",
    )


@_except("state_locks", "dynamodb", "replica")
def keeps_master_password_managed(database: Database) -> Finding:
    """Secrets Manager keeps the master password and rotates it."""
    return Finding(
        holds=database.master.is_managed,
        expected="the master password is kept and rotated by Secrets Manager",
        actual=database.master.keeper,
    )


@_except("state_locks", "dynamodb", "replica")
def gives_applications_own_role(database: Database) -> Finding:
    """Every application that is seen to sign in does so as another than the master user."""
    return each(
        database.logins,
        lambda login: _is_own_role(login, database),
        expected="applications sign in as a role of their own, not as the master user",
        none="no service is seen to sign in as a role of its own, neither by IAM nor with a secret",
    )


def _is_own_role(login: Login, database: Database) -> Finding:
    actual = f"{login.who} signs in as {login.user} ({login.way})"
    if login.is_master:
        return Finding(holds=False, expected="", actual=f"{actual}, which is the master user")
    if login.way == "IAM authentication" and not database.accepts_iam:
        return Finding(holds=False, expected="", actual=f"{actual}, which is off")
    return Finding(holds=True, expected="", actual=actual)


def grants_no_change_of_schema(grant: Grant) -> Finding:
    """A right that is declared lets nobody create or alter what is stored."""
    changing = tuple(
        right
        for right in grant.rights
        if str(right).upper() in ("CREATE", "ALL", "TRIGGER", "REFERENCES")
    )
    return Finding(
        holds=not changing,
        expected="no right to change the schema",
        actual=f"{grant.role} may {listing(changing) or 'not change'} the {grant.object}",
    )


@_except("state_locks", "replica")
def resists_deletion(database: Database) -> Finding:
    """Deletion protection is on."""
    state = "on" if database.resists_deletion else "off"
    return Finding(
        holds=database.resists_deletion,
        expected="deletion protection is on",
        actual=f"deletion protection is {state}",
    )


@_except("state_locks", "dynamodb", "replica")
def leaves_final_snapshot(database: Database) -> Finding:
    """Deleting it leaves a snapshot, whose name is stated."""
    expected = "a final snapshot with a name"
    if database.skips_final_snapshot:
        return Finding(holds=False, expected=expected, actual="the final snapshot is skipped")
    named = bool(database.final_snapshot)
    actual = f"final snapshot {database.final_snapshot}" if named else "the snapshot has no name"
    return Finding(holds=named, expected=expected, actual=actual)


@_except("state_locks", "dynamodb", "replica")
def serves_reads_elsewhere(database: Database) -> Finding:
    """Something beside the writer serves reads."""
    return Finding(
        holds=bool(database.readers),
        expected="a read replica, or a reader in the cluster",
        actual=f"reads are served by {listing(database.readers)}"
        if database.readers
        else "no replica and no reader",
    )
