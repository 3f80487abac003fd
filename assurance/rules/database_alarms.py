"""What must be watched of a database."""

from __future__ import annotations

from assurance.model.alarms import Alarms
from assurance.model.findings import Finding
from assurance.model.subjects import Subject
from assurance.rules.alarms import is_watched

_CPU = ("CPUUtilization", "DBLoad")
_STORAGE = ("FreeStorageSpace", "FreeLocalStorage", "VolumeBytesUsed")
_CONNECTIONS = ("DatabaseConnections",)


def ids_of(subject: Subject) -> tuple[str, ...]:
    """Return the ids by which an alarm may name a database: its own and its instances'."""
    return (subject.id, *subject.parts)


def cpu_alarm(subject: Subject, alarms: Alarms) -> Finding:
    """An alarm measures its CPU."""
    return is_watched(ids_of(subject), alarms, _CPU, "CPU")


def storage_alarm(subject: Subject, alarms: Alarms) -> Finding:
    """An alarm measures the storage that is left."""
    return is_watched(ids_of(subject), alarms, _STORAGE, "storage")


def connections_alarm(subject: Subject, alarms: Alarms) -> Finding:
    """An alarm counts its connections."""
    return is_watched(ids_of(subject), alarms, _CONNECTIONS, "connections")
