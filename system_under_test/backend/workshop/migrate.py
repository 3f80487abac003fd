"""Brings the schema to where this version needs it: `python -m workshop.migrate expand`.

`expand` only adds, and runs before a release while the old version still serves. `contract` takes
away what no running version needs, and runs when the release has won. Both sign in as the owner of
the schema, whose DATABASE_USER is not the one that the service runs as.
"""

import argparse
import os
import re
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text

from workshop import logs
from workshop.database import make_engine
from workshop.environment import Environment
from workshop.seeding import seed
from workshop.settings import GUARDED, read_database

ROOT = Path(__file__).resolve().parent.parent
LOCK = 7_243_001  # two migrations at once wait for each other under this number
TABLES = "modules, lessons, enrolments, completions"


def upgrade(engine: Engine, phase: str, *, application_user: str | None = None) -> str:
    """Run what is pending up to the phase, and say at which revision the schema is then."""
    with engine.connect() as connection:
        connection.execute(text("SET statement_timeout = '10min'"))
        connection.execute(text("SET lock_timeout = '5s'"))
        connection.execute(text("SELECT pg_advisory_lock(:number)"), {"number": LOCK})
        connection.commit()
        try:
            reached = _run(connection, phase)
            if application_user:
                _grant(connection, application_user)
        finally:
            connection.rollback()
            connection.execute(text("SELECT pg_advisory_unlock(:number)"), {"number": LOCK})
            connection.commit()
    return reached


def _run(connection: Connection, phase: str) -> str:
    config = Config(str(ROOT / "alembic.ini"))
    config.attributes["connection"] = connection
    target = last_revision(ScriptDirectory.from_config(config), phase)
    command.upgrade(config, target)
    connection.commit()
    return target


def last_revision(scripts: ScriptDirectory, phase: str) -> str:
    """The newest revision of a phase; with `expand`, nothing that contracts is on the way to it.

    A contraction that an expansion of this release builds upon belongs to an earlier release.
    """
    revisions = list(scripts.walk_revisions())  # newest first
    if phase == "contract":
        return revisions[0].revision
    return next(script for script in revisions if script.module.phase == "expand").revision


def _grant(connection: Connection, user: str) -> None:
    """Let the service's role read and write rows, and nothing more."""
    if not re.fullmatch(r"[a-z][a-z0-9_]{2,62}", user):
        message = f"{user!r} is not a name for a role"
        raise ValueError(message)
    connection.execute(text(f"GRANT USAGE ON SCHEMA public TO {user}"))
    connection.execute(text(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {TABLES} TO {user}"))
    connection.commit()


def main(arguments: list[str] | None = None) -> None:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, prog="python -m workshop.migrate")
    parser.add_argument("phase", choices=("expand", "contract"))
    parser.add_argument("--application-user", help="role that gets the rights to use the tables")
    parser.add_argument("--seed", action="store_true", help="fill an empty catalogue")
    given = parser.parse_args(arguments)
    environment = Environment(os.environ)
    guarded = environment.choice("ENVIRONMENT", (*GUARDED, "development", "lab")) in GUARDED
    settings = read_database(environment, guarded=guarded)
    environment.settle()
    logs.configure("INFO")
    engine = make_engine(settings, size=1, name="workshop-migrate")
    reached = upgrade(engine, given.phase, application_user=given.application_user)
    seeded = seed(engine) if given.seed else 0
    fields = {"revision": reached, "seeded": seeded}
    logs.log.info("schema is ready", extra={"fields": fields})
    engine.dispose()


if __name__ == "__main__":
    main()
