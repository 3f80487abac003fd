"""The database vanishes, is slow, is busy: the documented answer, nothing lost, and it recovers."""

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import psycopg
import pytest
from flask import Flask

from conftest import SignIn
from running import Outage, eventually, server, status_of
from workshop.application import create_app
from workshop.settings import DatabaseSettings, read_settings

MODULES = "/api/v1/modules"
RECOVERY_SECONDS = 5.0


@pytest.fixture(scope="module")
def outage(database: DatabaseSettings, scratch: Path) -> Outage:
    return Outage(scratch / "database")


def test_an_outage_is_answered_and_overcome_without_a_restart(
    with_database: dict[str, str], outage: Outage, sign_in: SignIn, tmp_path: Path
) -> None:
    learner = sign_in("outage", "learner")
    with server(with_database, tmp_path / "log") as (process, address):
        body = {"module": "small-commits"}
        made = httpx.post(f"{address}/api/v1/enrolments", json=body, headers=learner)
        assert made.status_code == 201
        outage.begin()
        try:
            answers = [httpx.get(address + MODULES, timeout=10) for _ in range(8)]
            written = httpx.put(
                f"{address}{made.headers['Location']}/lessons/1", headers=learner, timeout=10
            )
            assert {answer.status_code for answer in (*answers, written)} == {503}
            assert written.headers["Content-Type"] == "application/problem+json"
            assert "Retry-After" in written.headers
            assert status_of(address, "/health/live") == 200
            eventually(lambda: status_of(address, "/health/ready") == 503, 3)
        finally:
            outage.end()

        took = eventually(lambda: status_of(address, MODULES) == 200, RECOVERY_SECONDS)
        took += eventually(lambda: status_of(address, "/health/ready") == 200, RECOVERY_SECONDS)
        assert took < RECOVERY_SECONDS
        assert [status_of(address, MODULES) for _ in range(10)] == [200] * 10
        kept = httpx.get(address + made.headers["Location"], headers=learner)
        assert (kept.status_code, kept.json()["progress"]) == (200, 0)
        assert process.poll() is None
        httpx.delete(address + made.headers["Location"], headers=learner)
    assert "Traceback" not in (tmp_path / "log").read_text()


def test_every_acknowledged_write_survives_an_outage_under_load(
    with_database: dict[str, str], outage: Outage, sign_in: SignIn, tmp_path: Path
) -> None:
    """A write that was answered with success is there afterwards, whenever the power went."""
    acknowledged: list[tuple[dict[str, str], str]] = []
    refused: set[int] = set()
    stop = threading.Event()

    def write(address: str, at: int) -> None:
        with httpx.Client(base_url=address, timeout=10) as client:
            number = 0
            while not stop.is_set():
                number += 1
                who = sign_in(f"writer-{at}-{number}", "learner")
                answer = client.post(
                    "/api/v1/enrolments", json={"module": "small-commits"}, headers=who
                )
                if answer.status_code == 201:
                    acknowledged.append((who, answer.headers["Location"]))
                else:
                    refused.add(answer.status_code)

    with server(with_database, tmp_path / "log") as (_, address), ThreadPoolExecutor(3) as pool:
        running = [pool.submit(write, address, at) for at in range(3)]
        eventually(lambda: len(acknowledged) > 20)
        outage.begin()
        time.sleep(0.3)
        outage.end()
        before = len(acknowledged)
        eventually(lambda: len(acknowledged) > before + 20)
        stop.set()
        for one in running:
            one.result()

        assert refused == {503}
        with httpx.Client(base_url=address, timeout=10) as client:
            found = {client.get(path, headers=who).status_code for who, path in acknowledged}
            assert found == {200}
            for who, path in acknowledged:
                client.delete(path, headers=who)


@pytest.fixture
def locked(database: DatabaseSettings) -> Iterator[None]:
    """Somebody holds the modules, so that every statement on them waits."""
    connection = psycopg.connect(host=database.host, dbname="workshop", user="postgres")
    with connection, connection.transaction():
        connection.execute("LOCK TABLE modules IN ACCESS EXCLUSIVE MODE")
        yield


def impatient(with_database: dict[str, str], **more: str) -> Flask:
    given = {"DATABASE_STATEMENT_MS": "300", "DATABASE_POOL_WAIT_MS": "100"}
    return create_app(read_settings(with_database | given | more))


def test_a_slow_database_is_not_waited_for(with_database: dict[str, str], locked: None) -> None:
    made = impatient(with_database)
    started = time.monotonic()

    answer = made.test_client().get(MODULES)

    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "2")
    assert 0.25 < time.monotonic() - started < 5
    made.extensions["workshop"].database.dispose()


def test_a_full_pool_refuses_soon_and_readiness_still_holds(
    with_database: dict[str, str], locked: None
) -> None:
    made = impatient(
        with_database, WORKERS="1", DATABASE_POOL_SIZE="3", DATABASE_STATEMENT_MS="1500"
    )

    def get(_: int) -> tuple[int, str, float]:
        started = time.monotonic()
        answer = made.test_client().get(MODULES)
        detail: Any = answer.json
        return answer.status_code, detail["detail"], time.monotonic() - started

    with ThreadPoolExecutor(6) as pool:
        asked = pool.map(get, range(6))
        time.sleep(0.5)
        assert made.test_client().get("/health/ready").status_code == 200
        answers = list(asked)

    busy = [took for _, detail, took in answers if "busy" in detail]
    assert {status for status, _, _ in answers} == {503}
    assert len(busy) == 4, "two of six got the two connections, and waited for the lock"
    assert max(busy) < 1.5, "not as long as a statement may take"
    made.extensions["workshop"].database.dispose()


def backends(database: DatabaseSettings) -> int:
    """How many connections to the database the services of this test run hold."""
    with psycopg.connect(host=database.host, dbname="workshop", user="postgres") as connection:
        row = connection.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE application_name LIKE 'workshop%'"
        ).fetchone()
    assert row is not None
    return int(row[0])


def test_the_pool_never_opens_more_connections_than_it_may(
    with_database: dict[str, str], database: DatabaseSettings
) -> None:
    made = impatient(with_database, WORKERS="2", DATABASE_POOL_SIZE="6")
    clients = [made.test_client() for _ in range(12)]
    before = backends(database)

    with ThreadPoolExecutor(12) as pool:
        list(pool.map(lambda client: client.get(MODULES), clients))
    clients[0].get("/health/ready")

    assert 1 <= backends(database) - before <= 3, "of six, one worker has three, one of them probes"
    made.extensions["workshop"].database.dispose()
    assert made.extensions["workshop"].database.engine.pool.size() == 2


@pytest.fixture
def used(with_database: dict[str, str]) -> Iterator[Flask]:
    """A service that has just used one connection."""
    made = create_app(read_settings(with_database))
    assert made.test_client().get(MODULES).status_code == 200
    yield made
    made.extensions["workshop"].database.dispose()


def backend_of(made: Flask) -> int:
    """Process id of the database's side of the connection that the service used last."""
    with made.extensions["workshop"].database.asking() as connection:
        return int(connection.connection.dbapi_connection.info.backend_pid)


def end_backend(database: DatabaseSettings, number: int) -> None:
    """Let the database close one connection, as it does at a restart."""
    with psycopg.connect(
        host=database.host, dbname="workshop", user="postgres", autocommit=True
    ) as connection:
        connection.execute("SELECT pg_terminate_backend(%s, 5000)", [number])


def test_a_connection_that_the_database_closed_is_replaced_and_no_request_fails(
    used: Flask, database: DatabaseSettings
) -> None:
    """Also within the time in which nobody asks whether it lives."""
    before = backend_of(used)
    end_backend(database, before)

    assert used.test_client().get(MODULES).status_code == 200
    assert backend_of(used) != before


def test_a_connection_that_rested_is_asked_and_one_in_use_is_not(
    used: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []
    dialect = type(used.extensions["workshop"].database.engine.dialect)
    ask = dialect.do_ping
    monkeypatch.setattr(dialect, "do_ping", lambda own, at: asked.append(at) or ask(own, at))
    before = backend_of(used)
    assert not asked

    monkeypatch.setattr("workshop.database.TRUSTED_SECONDS", 0.0)

    assert backend_of(used) == before
    assert len(asked) == 1


def test_a_connection_that_does_not_answer_when_asked_is_replaced(
    used: Flask, database: DatabaseSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It went without a farewell, as when a network breaks."""
    before = backend_of(used)
    end_backend(database, before)
    monkeypatch.setattr("workshop.database.TRUSTED_SECONDS", 0.0)
    monkeypatch.setattr("workshop.database._has_news", lambda _: False)

    assert used.test_client().get(MODULES).status_code == 200
    assert backend_of(used) != before
