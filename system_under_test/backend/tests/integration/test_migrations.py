"""Old and new version on one schema; a role that cannot change it; migrations that can be repeated.

What the old version said to the database is written down here as it was said.
"""

import uuid
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from alembic import command
from alembic.config import Config
from flask import Flask
from sqlalchemy import Engine, inspect, text

from bodies import MODULES, new_module
from conftest import SignIn
from workshop import migrate
from workshop.application import create_app
from workshop.database import make_engine
from workshop.embedded import APPLICATION, OWNER, connection_settings
from workshop.seeding import seed
from workshop.settings import DatabaseSettings, read_settings
from workshop.tables import Base

OLD_INSERT = (
    "INSERT INTO modules (id, slug, title, summary, difficulty, topic, state, author, minutes,"
    " lesson_count) VALUES (%s, %s, 'Old', 'Made by the old version', %s, 'testing', 'published',"
    " 'grace', 5, 1)"
)
OLD_SELECT = "SELECT difficulty FROM modules WHERE slug = %s"
OLD_UPDATE = "UPDATE modules SET difficulty = %s WHERE slug = %s"
OLD_ENROL = "INSERT INTO enrolments (id, learner, module_id) VALUES (%s, %s, %s)"


@pytest.fixture
def empty(database: DatabaseSettings) -> Iterator[tuple[Engine, str]]:
    """A database of its own without any table."""
    name = f"migrated_{uuid.uuid4().hex[:8]}"
    where = connection_settings(database.host, OWNER, OWNER)
    outer = make_engine(where, size=1, name="other", isolation="AUTOCOMMIT")
    with outer.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    engine = make_engine(connection_settings(database.host, OWNER, name), size=2, name="other")
    yield engine, name
    engine.dispose()
    with outer.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    outer.dispose()


@pytest.fixture
def both(
    empty: tuple[Engine, str], database: DatabaseSettings, with_database: dict[str, str]
) -> Iterator[tuple[psycopg.Connection[Any], Flask]]:
    """A schema during a release: the old version's connection and the new version."""
    engine, name = empty
    with engine.begin() as connection:
        config = Config(str(migrate.ROOT / "alembic.ini"))
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
    with psycopg.connect(host=database.host, dbname=name, user=OWNER, autocommit=True) as old:
        old.execute(OLD_INSERT, (uuid.uuid4(), "before-the-release", "advanced"))
        assert migrate.upgrade(engine, "expand", application_user=APPLICATION) == "0002"
        made = create_app(read_settings(with_database | {"DATABASE_NAME": name}))
        yield old, made
        made.extensions["workshop"].database.dispose()


def one(connection: psycopg.Connection[Any], statement: str, *values: object) -> Any:
    row = connection.execute(statement, values).fetchone()
    assert row is not None
    return row[0]


def test_each_version_sees_what_the_other_wrote(
    both: tuple[psycopg.Connection[Any], Flask], sign_in: SignIn
) -> None:
    old, new = both
    client, grace = new.test_client(), sign_in("grace", "author", "learner")

    def level_by_new(slug: str) -> Any:
        answer = client.get(f"{MODULES}/{slug}").json
        assert answer is not None
        return answer["level"]

    assert level_by_new("before-the-release") == "advanced"
    old.execute(OLD_INSERT, (uuid.uuid4(), "by-the-old", "beginner"))
    assert level_by_new("by-the-old") == "beginner"
    old.execute(OLD_UPDATE, ("intermediate", "by-the-old"))
    assert level_by_new("by-the-old") == "intermediate"

    body = new_module(slug="by-the-new", level="advanced", state="published")
    assert client.post(MODULES, json=body, headers=grace).status_code == 201
    assert one(old, OLD_SELECT, "by-the-new") == "advanced"
    client.patch(f"{MODULES}/by-the-new", json={"level": "beginner"}, headers=grace)
    assert one(old, OLD_SELECT, "by-the-new") == "beginner"


def test_enrolments_of_the_old_version_are_counted(
    both: tuple[psycopg.Connection[Any], Flask], sign_in: SignIn
) -> None:
    old, new = both
    client = new.test_client()
    module = one(old, "SELECT id FROM modules WHERE slug = %s", "before-the-release")

    old.execute(OLD_ENROL, (uuid.uuid4(), "ada", module))
    body = {"module": "before-the-release"}
    client.post("/api/v1/enrolments", json=body, headers=sign_in("bob", "learner"))

    answer = client.get(f"{MODULES}/before-the-release").json
    assert answer is not None
    assert answer["enrolment_count"] == 2
    seen = client.get("/api/v1/enrolments", headers=sign_in("ada", "learner")).json
    assert seen is not None
    assert len(seen["items"]) == 1


def test_contracting_takes_away_only_what_the_new_version_does_not_use(
    both: tuple[psycopg.Connection[Any], Flask], empty: tuple[Engine, str]
) -> None:
    old, new = both
    client = new.test_client()
    assert client.get(f"{MODULES}/before-the-release").status_code == 200

    assert migrate.upgrade(empty[0], "contract") == "0003"

    assert client.get(f"{MODULES}/before-the-release").status_code == 200
    with pytest.raises(psycopg.errors.UndefinedColumn):
        old.execute(OLD_SELECT, ("before-the-release",))
    assert migrate.upgrade(empty[0], "expand") == "0002", "nothing is pending, nothing is undone"
    assert one(old, "SELECT version_num FROM alembic_version") == "0003"


def test_every_step_can_be_undone_and_done_again(empty: tuple[Engine, str]) -> None:
    engine, _ = empty
    migrate.upgrade(engine, "expand")
    seed(engine)
    migrate.upgrade(engine, "contract")

    for target in ("0002", "0001"):
        with engine.begin() as connection:
            config = Config(str(migrate.ROOT / "alembic.ini"))
            config.attributes["connection"] = connection
            command.downgrade(config, target)

    with engine.connect() as connection:
        kept = connection.execute(text("SELECT count(difficulty) FROM modules")).scalar_one()
    assert kept == 12
    assert migrate.upgrade(engine, "contract") == "0003"
    with engine.begin() as connection:
        config = Config(str(migrate.ROOT / "alembic.ini"))
        config.attributes["connection"] = connection
        command.downgrade(config, "base")


def test_the_services_role_can_use_the_tables_and_not_change_them(
    database: DatabaseSettings,
) -> None:
    with psycopg.connect(
        host=database.host, dbname="workshop", user=APPLICATION, autocommit=True
    ) as connection:
        connection.execute("SELECT 1 FROM modules")
        for statement in (
            "ALTER TABLE modules ADD COLUMN surprise text",
            "DROP TABLE completions",
            "CREATE TABLE surprise (id int)",
            "TRUNCATE modules CASCADE",
            "SELECT * FROM alembic_version",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(statement)


def test_the_tables_are_what_the_mapping_says(database: DatabaseSettings) -> None:
    """Every column that the code names is there, and none that it must fill is unknown to it."""
    engine = make_engine(database, size=1, name="other")
    found = inspect(engine)
    for table in Base.metadata.sorted_tables:
        there = {column["name"]: column for column in found.get_columns(table.name)}
        mapped = {column.name: column.nullable for column in table.columns}
        assert {name: column["nullable"] for name, column in there.items()} == mapped
    engine.dispose()


def test_the_command_migrates_grants_and_seeds(
    empty: tuple[Engine, str], database: DatabaseSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine, name = empty
    for variable, value in {
        "ENVIRONMENT": "lab",
        "DATABASE_HOST": database.host,
        "DATABASE_NAME": name,
        "DATABASE_USER": OWNER,
        "DATABASE_SIGN_IN": "trust",
    }.items():
        monkeypatch.setenv(variable, value)

    for phase in ("expand", "contract", "contract"):
        migrate.main([phase, "--application-user", APPLICATION, "--seed"])

    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM modules")).scalar_one() == 12
    with pytest.raises(ValueError, match="is not a name for a role"):
        migrate.upgrade(engine, "expand", application_user='x"; DROP TABLE modules; --')
