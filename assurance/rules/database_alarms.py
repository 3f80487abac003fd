"""What must be watched of a database."""

from __future__ import annotations

from assurance.model.alarms import Alarms
from assurance.model.databases import Database, Family
from assurance.model.findings import NotApplicable, Verdict
from assurance.rules.alarms import is_watched

_CPU = ("AWS/RDS CPUUtilization", "AWS/RDS DBLoad")
_STORAGE = ("AWS/RDS FreeStorageSpace",)
_CONNECTIONS = ("AWS/RDS DatabaseConnections",)


def cpu_is_watched(database: Database, alarms: Alarms) -> Verdict:
    """An alarm measures its CPU."""
    return _watched(database, alarms, _CPU, "CPU")


def storage_is_watched(database: Database, alarms: Alarms) -> Verdict:
    """An alarm measures the storage that is left; Aurora's grows by itself."""
    if database.engine.startswith("aurora"):
        return NotApplicable("aurora_storage")
    return _watched(database, alarms, _STORAGE, "storage")


def connections_are_watched(database: Database, alarms: Alarms) -> Verdict:
    """An alarm counts its connections."""
    return _watched(database, alarms, _CONNECTIONS, "connections")


def _watched(database: Database, alarms: Alarms, metrics: tuple[str, ...], what: str) -> Verdict:
    if database.family == Family.TABLE:
        return NotApplicable("dynamodb")
    ids = (database.subject.id, *(node.name for node in database.nodes))
    return is_watched(tuple(dict.fromkeys(ids)), alarms, metrics, what)
