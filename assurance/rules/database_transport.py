"""Whether a database refuses connections that are not encrypted."""

from __future__ import annotations

from dataclasses import dataclass

from assurance.model.databases import Database, Family, Parameter
from assurance.model.findings import Finding, NotApplicable, Verdict, any_of
from assurance.model.unknown import UnknownValue
from assurance.rules.databases import version_number

_ON = ("1", "on", "true")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Setting:
    """The parameter by which an engine refuses plain connections.

    Attributes:
        name: Of the parameter.
        since: The first version whose default is on; empty where it is off in all.
        source: Where AWS says so.
    """

    name: str
    since: tuple[int, ...]
    source: str


_GUIDE = "https://docs.aws.amazon.com/AmazonRDS/latest"
_SETTINGS = {
    "postgres": _Setting(
        name="rds.force_ssl",
        since=(15, 0),
        source=f"{_GUIDE}/UserGuide/PostgreSQL.Concepts.General.SSL.html",
    ),
    "aurora-postgresql": _Setting(
        name="rds.force_ssl",
        since=(17, 0),
        source=f"{_GUIDE}/AuroraUserGuide/AuroraPostgreSQL.Security.html",
    ),
    "mysql": _Setting(
        name="require_secure_transport",
        since=(),
        source=f"{_GUIDE}/UserGuide/mysql-ssl-connections.require-ssl.html",
    ),
    "aurora-mysql": _Setting(
        name="require_secure_transport",
        since=(),
        source=f"{_GUIDE}/AuroraUserGuide/AuroraMySQL.Security.html",
    ),
    "mariadb": _Setting(
        name="require_secure_transport",
        since=(11, 8),
        source=f"{_GUIDE}/UserGuide/mariadb-ssl-connections.require-ssl.html",
    ),
    "sqlserver": _Setting(
        name="rds.force_ssl",
        since=(),
        source=f"{_GUIDE}/UserGuide/SQLServer.Concepts.General.SSL.Using.html",
    ),
}


def refuses_plain_connections(database: Database) -> Verdict:
    """The parameter in force, set or by default of the version, refuses what is not encrypted."""
    if database.holds_state_locks:
        return NotApplicable("state_locks")
    if database.family == Family.TABLE:
        return NotApplicable("dynamodb")
    setting = _setting_of(database)
    expected = f"{setting.name} is on"
    value = _value(database.parameters, setting.name)
    if value:
        on = value.lower() in _ON
        return Finding(holds=on, expected=expected, actual=f"{setting.name} = {value}")
    holds = _is_on_by_default(database, setting)
    state = "on" if holds else "off"
    return Finding(
        holds=holds,
        expected=expected,
        actual=f"{setting.name} is unset, which is {state} for {database.engine} "
        f"{database.version} ({setting.source})",
    )


def _setting_of(database: Database) -> _Setting:
    name = database.engine.partition("-")[0] if "sqlserver" in database.engine else database.engine
    if name not in _SETTINGS:
        raise UnknownValue(f"how {database.engine} refuses plain connections is not known")
    return _SETTINGS[name]


def _value(parameters: tuple[Parameter, ...], name: str) -> str:
    if not any_of(parameters, lambda found: found.name == name):
        return ""
    return next(found.value for found in parameters if found.name == name)


def _is_on_by_default(database: Database, setting: _Setting) -> bool:
    if not setting.since:
        return False
    if not database.version:
        raise UnknownValue(
            f"{setting.name} is unset, and its default depends on the version, which AWS chooses"
        )
    return version_number(database.version) >= setting.since
