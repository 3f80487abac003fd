"""Databases: instances, clusters and tables, in AWS's words."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from assurance.model.encryption import Encryption
from assurance.model.subjects import Subject


class Family(StrEnum):
    """What a database is made as."""

    INSTANCE = "instance"
    CLUSTER = "cluster"
    TABLE = "table"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Parameter:
    """One setting of a parameter group."""

    name: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Node:
    """An instance that serves a database.

    Attributes:
        name: Id of the resource that makes it.
        size: Its class, such as `db.m7g.large`.
        zone: Empty where AWS chooses it.
        is_public: Whether it gets a public address.
    """

    name: str
    size: str
    zone: str
    is_public: bool


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Master:
    """The user with all rights that a database is created with.

    Attributes:
        user: Its name; empty where the source or a snapshot brings it.
        is_managed: Whether Secrets Manager keeps and rotates its password.
        keeper: How the password is kept, in words.
    """

    user: str
    is_managed: bool
    keeper: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Login:
    """A way in which an application signs in.

    Attributes:
        who: The role or the container that does.
        way: Through what, in words.
        user: The user of the database; `*` where it may be any.
        is_master: Whether it is the master user, or could be.
    """

    who: str
    way: str
    user: str
    is_master: bool


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Database:
    """An instance of its own, a cluster with its instances, or a table.

    Attributes:
        family: One of `Family`.
        engine: Such as `postgres`; `dynamodb` for tables.
        version: As it is stated; empty where AWS chooses its default.
        source: Of a replica, the id of what it copies, else empty.
        region: Empty where the configuration does not say.
        source_region: Of a replica, the region of its source.
        holds_state_locks: Whether it is Terraform's table of locks.
        nodes: The instances that serve it; none for tables.
        readers: Ids of what serves reads beside the writer.
        spans_zones: Whether AWS keeps a standby, or all its data and compute, in several zones.
        storage: How storage, and with it every snapshot, is encrypted.
        performance: How collected performance data is encrypted; one for each collector.
        backup_days: For how long automated backups reach back; 0 for none.
        recovers_to_any_point: Whether it can be restored to any point within them.
        parameters: What its own parameter group sets.
        master: The user it is created with.
        logins: The ways in which applications sign in.
        accepts_iam: Whether IAM authentication is on.
        resists_deletion: Whether deletion protection is on.
        skips_final_snapshot: Whether its deletion leaves no snapshot.
        final_snapshot: The name of that snapshot; empty where none is stated.
    """

    subject: Subject
    family: Family
    engine: str
    version: str
    source: str
    region: str
    source_region: str
    holds_state_locks: bool
    nodes: tuple[Node, ...]
    readers: tuple[str, ...]
    spans_zones: bool
    storage: Encryption
    performance: tuple[Encryption, ...]
    backup_days: int
    recovers_to_any_point: bool
    parameters: tuple[Parameter, ...]
    master: Master
    logins: tuple[Login, ...]
    accepts_iam: bool
    resists_deletion: bool
    skips_final_snapshot: bool
    final_snapshot: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Grant:
    """A right in a database that is declared beside it.

    Attributes:
        role: The role that gets it.
        object: On what: `schema`, `database`, `table` …
        rights: Which.
    """

    subject: Subject
    role: str
    object: str
    rights: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Databases:
    """Every database, and the rights that are declared in them."""

    databases: tuple[Database, ...]
    grants: tuple[Grant, ...]
