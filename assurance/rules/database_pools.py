"""What must hold for how code opens connections to its database, by what it writes down."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from assurance.model.applications import Argument, DatabasePool
from assurance.model.findings import Finding
from assurance.model.services import Service
from assurance.rules.lists import listing

_ENCRYPTED = ("require", "verify-ca", "verify-full")
_WANTED = f"sslmode {listing(_ENCRYPTED, 'or')}"
_MODE = re.compile(r"SSL_?MODE$", re.IGNORECASE)


def is_bounded(pool: DatabasePool) -> Finding:
    """It says how many connections it holds, and how many more it may open: not without end."""
    wrong = [
        *_absent(pool.arguments, ("pool_size", "max_overflow")),
        *_endless(pool.arguments, "pool_size", 1),
        *_endless(pool.arguments, "max_overflow", 0),
    ]
    return Finding(
        holds=not wrong,
        expected="pool_size and max_overflow that bound the connections",
        actual=listing(wrong) or _told(pool.arguments, ("pool_size", "max_overflow")),
    )


def is_limited_in_time(pool: DatabasePool) -> Finding:
    """Waiting for a connection, connecting, and each statement end by themselves."""
    options = str(_written(pool.connection, "options"))
    wrong = [
        *_absent(pool.arguments, ("pool_timeout",)),
        *_absent(pool.connection, ("connect_timeout",)),
        *_endless(pool.arguments, "pool_timeout", 0.001),
        *_endless(pool.connection, "connect_timeout", 1),
    ]
    if not re.search(r"statement_timeout=(?!0\b)", options):
        wrong.append("no statement_timeout in options")
    return Finding(
        holds=not wrong,
        expected="pool_timeout, connect_timeout and statement_timeout",
        actual=listing(wrong) or "all three",
    )


def notices_dead_connections(pool: DatabasePool) -> Finding:
    """A connection is tried before it is used: so the pool recovers when the database returns."""
    tried = _written(pool.arguments, "pool_pre_ping")
    return Finding(
        holds=tried is True,
        expected="pool_pre_ping = True",
        actual=f"pool_pre_ping = {tried}",
    )


def is_encrypted(pool: DatabasePool, services: Iterable[Service]) -> Finding:
    """Its sslmode demands encryption: as it is written, or as every service that sets it says."""
    mode = pool.connection.get("sslmode")
    if mode is None:
        return Finding(holds=False, expected=_WANTED, actual="no sslmode")
    values = [str(mode.value)] if mode.is_literal else list(_settings(services))
    weak = sorted({value for value in values if value not in _ENCRYPTED})
    return Finding(
        holds=bool(values) and not weak,
        expected=_WANTED,
        actual=listing(weak) or listing(sorted(set(values))) or f"{mode.value}, which nobody sets",
    )


def _settings(services: Iterable[Service]) -> Iterable[str]:
    for service in services:
        for container in service.task_definition.containers:
            for variable in container.variables:
                if _MODE.search(variable.name):
                    yield variable.value


def _absent(found: Mapping[str, Argument], names: Iterable[str]) -> list[str]:
    return [f"no {name}" for name in names if name not in found]


def _endless(found: Mapping[str, Argument], name: str, least: float) -> list[str]:
    """Name a literal that means no bound: None, or less than the least that bounds."""
    argument = found.get(name)
    if argument is None or not argument.is_literal:
        return []
    value = argument.value
    bounds = isinstance(value, int | float) and value >= least
    return [] if bounds else [f"{name} = {value}"]


def _written(found: Mapping[str, Argument], name: str) -> object:
    return found[name].value if name in found else None


def _told(found: Mapping[str, Argument], names: Iterable[str]) -> str:
    return listing(f"{name} = {found[name].value}" for name in names)
