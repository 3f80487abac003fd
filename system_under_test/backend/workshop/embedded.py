"""A real PostgreSQL of one's own, from the wheel `pgserver`, for machines with nothing prepared."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from sqlalchemy import text

from workshop.database import make_engine
from workshop.migrate import upgrade
from workshop.seeding import seed
from workshop.settings import DatabaseSettings

OWNER = "postgres"
APPLICATION = "workshop_app"
NAME = "workshop"


@contextmanager
def embedded_database(directory: Path, *, phase: str = "contract") -> Iterator[DatabaseSettings]:
    """A running database with schema and catalogue; signs in as a role that owns nothing."""
    with warnings.catch_warnings():  # it asks for a runtime directory that few machines have
        warnings.simplefilter("ignore")
        # Installed for development and tests only.
        from pgserver.postgres_server import get_server  # noqa: PLC0415
    server = get_server(directory, cleanup_mode="stop")
    try:
        # Sockets only: nothing of it can be reached over a network.
        socket = parse_qs(urlsplit(server.get_uri()).query)["host"][0]
        prepare(socket, phase)
        yield connection_settings(socket, APPLICATION, NAME)
    finally:
        server.cleanup()


def prepare(socket: str, phase: str) -> None:
    """Create database and role, bring the schema up, fill the catalogue; safe to repeat."""
    bootstrap = make_engine(connection_settings(socket, OWNER, OWNER), size=1, name="prepare")
    with bootstrap.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if not connection.scalar(
            text("SELECT 1 FROM pg_database WHERE datname = :name"), {"name": NAME}
        ):
            connection.execute(text(f"CREATE DATABASE {NAME}"))
        if not connection.scalar(
            text("SELECT 1 FROM pg_roles WHERE rolname = :name"), {"name": APPLICATION}
        ):
            connection.execute(text(f"CREATE ROLE {APPLICATION} LOGIN"))
    bootstrap.dispose()
    owner = make_engine(connection_settings(socket, OWNER, NAME), size=1, name="prepare")
    upgrade(owner, phase, application_user=APPLICATION)
    seed(owner)
    owner.dispose()


def connection_settings(host: str, user: str, name: str) -> DatabaseSettings:
    """Settings for a connection over a socket, which needs neither password nor encryption."""
    return DatabaseSettings(
        host=host,
        port=5432,
        name=name,
        user=user,
        sign_in="trust",
        password=None,
        sslmode="disable",
        sslrootcert=None,
        region=None,
        pool_size=10,
        connect_seconds=3,
        statement_milliseconds=10_000,
        pool_wait_milliseconds=1000,
    )
