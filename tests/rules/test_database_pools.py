"""A pool must be bounded, limited in time, awake and encrypted: each way to miss that shows."""

from __future__ import annotations

from typing import Any

import pytest

from assurance.model.applications import Argument, DatabasePool
from assurance.model.findings import Finding
from assurance.model.services import Service
from assurance.model.subjects import Location, Subject
from assurance.rules import database_pools as rules
from tests.running import container, task, view

GOOD: dict[str, Any] = {
    "pool_size": 5,
    "max_overflow": 0,
    "pool_timeout": 1.0,
    "pool_pre_ping": True,
}
CONNECT: dict[str, Any] = {
    "connect_timeout": 3,
    "options": "-c statement_timeout=2000",
    "sslmode": "verify-full",
}


class Written(str):
    """An expression instead of a literal."""


def arguments(values: dict[str, Any]) -> dict[str, Argument]:
    return {
        name: Argument(is_literal=not isinstance(value, Written), value=value)
        for name, value in values.items()
        if value is not ...
    }


def pool(connect: dict[str, Any] | None = None, **changes: Any) -> DatabasePool:
    return DatabasePool(
        subject=Subject(id="pool", location=Location(file="database.py")),
        arguments=arguments(GOOD | changes),
        connection=arguments(CONNECT | (connect or {})),
    )


def services(*modes: str, name: str = "DATABASE_SSLMODE") -> tuple[Service, ...]:
    containers = [
        container(name=f"app{number}", environment=[{"name": name, "value": mode}])
        for number, mode in enumerate(modes)
    ]
    return tuple(view(task(*containers)).services.services)


def test_a_careful_pool_holds() -> None:
    assert rules.is_bounded(pool()).actual == "pool_size = 5 and max_overflow = 0"
    assert rules.is_bounded(pool()).holds
    assert rules.is_limited_in_time(pool()).holds
    assert rules.notices_dead_connections(pool()).holds
    assert rules.is_encrypted(pool(), ()).holds


@pytest.mark.parametrize(
    ("changes", "actual"),
    [
        ({"pool_size": ...}, "no pool_size"),
        ({"pool_size": 0}, "pool_size = 0"),
        ({"pool_size": None}, "pool_size = None"),
        ({"max_overflow": ...}, "no max_overflow"),
        ({"max_overflow": -1}, "max_overflow = -1"),
    ],
)
def test_a_pool_without_bounds_fails(changes: dict[str, Any], actual: str) -> None:
    finding = rules.is_bounded(pool(**changes))

    assert (finding.holds, finding.actual) == (False, actual)


def test_a_bound_from_the_settings_is_a_bound() -> None:
    assert rules.is_bounded(pool(pool_size=Written("settings.pool_size"))).holds


@pytest.mark.parametrize(
    ("connect", "changes", "actual"),
    [
        ({}, {"pool_timeout": ...}, "no pool_timeout"),
        ({}, {"pool_timeout": None}, "pool_timeout = None"),
        ({}, {"pool_timeout": 0}, "pool_timeout = 0"),
        ({"connect_timeout": ...}, {}, "no connect_timeout"),
        ({"connect_timeout": 0}, {}, "connect_timeout = 0"),
        ({"options": ...}, {}, "no statement_timeout in options"),
        ({"options": "-c statement_timeout=0"}, {}, "no statement_timeout in options"),
        ({"options": "-c lock_timeout=9"}, {}, "no statement_timeout in options"),
    ],
)
def test_a_pool_that_may_wait_for_ever_fails(
    connect: dict[str, Any], changes: dict[str, Any], actual: str
) -> None:
    finding = rules.is_limited_in_time(pool(connect, **changes))

    assert (finding.holds, finding.actual) == (False, actual)


def test_limits_from_the_settings_are_limits() -> None:
    written = Written("f'-c statement_timeout={settings.milliseconds}'")

    found = pool({"options": written, "connect_timeout": Written("settings.seconds")})

    assert rules.is_limited_in_time(found).holds


@pytest.mark.parametrize("value", [..., False, None, Written("settings.pre_ping")])
def test_dead_connections_are_noticed_only_where_the_code_says_so(value: object) -> None:
    assert not rules.notices_dead_connections(pool(pool_pre_ping=value)).holds


@pytest.mark.parametrize(
    ("mode", "holds"),
    [("require", True), ("verify-ca", True), ("prefer", False), ("disable", False), (..., False)],
)
def test_a_written_mode_must_demand_encryption(mode: object, holds: bool) -> None:
    assert rules.is_encrypted(pool({"sslmode": mode}), services("disable")).holds is holds


@pytest.mark.parametrize(
    ("modes", "holds", "actual"),
    [
        (("verify-full",), True, "verify-full"),
        (("verify-full", "require"), True, "require and verify-full"),
        (("verify-full", "prefer"), False, "prefer"),
        ((), False, "settings.sslmode, which nobody sets"),
    ],
)
def test_a_mode_from_the_settings_is_what_every_service_sets(
    modes: tuple[str, ...], holds: bool, actual: str
) -> None:
    finding: Finding = rules.is_encrypted(
        pool({"sslmode": Written("settings.sslmode")}), services(*modes)
    )

    assert (finding.holds, finding.actual) == (holds, actual)


def test_a_variable_of_another_name_sets_nothing() -> None:
    found = pool({"sslmode": Written("settings.sslmode")})

    assert not rules.is_encrypted(found, services("verify-full", name="SSL_MODE_HINT")).holds
    assert rules.is_encrypted(found, services("verify-full", name="PGSSLMODE")).holds
