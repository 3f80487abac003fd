"""The connections to PostgreSQL: pooled, bounded, encrypted and limited in time."""

import select
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from weakref import WeakKeyDictionary

import psycopg
from sqlalchemy import URL, Connection, Engine, create_engine, event, text
from sqlalchemy.engine.interfaces import IsolationLevel
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import Session
from sqlalchemy.pool import ConnectionPoolEntry

from workshop.settings import DatabaseSettings
from workshop.signin import token_source

PROBE_SECONDS = 1.0  # readiness asks the database no more often than this
TRUSTED_SECONDS = 1.0  # how long after its last use a connection is not asked whether it lives


def make_engine(
    settings: DatabaseSettings,
    *,
    size: int,
    name: str,
    isolation: IsolationLevel = "READ COMMITTED",
) -> Engine:
    """An engine whose pool never holds more than `size` connections."""
    engine = create_engine(
        URL.create(
            "postgresql+psycopg",
            username=settings.user,
            host=settings.host,
            port=settings.port,
            database=settings.name,
        ),
        connect_args=_connect_arguments(settings, name),
        pool_size=size,
        max_overflow=0,
        pool_timeout=settings.pool_wait_milliseconds / 1000,
        pool_recycle=1800,
        pool_pre_ping=True,
        pool_use_lifo=True,
        isolation_level=isolation,
        skip_autocommit_rollback=True,  # what holds no transaction has none to roll back
    )
    _ask_after_a_rest(engine)
    if settings.sign_in == "iam":
        _sign_in_with_tokens(engine, settings)
    return engine


def _connect_arguments(settings: DatabaseSettings, name: str) -> dict[str, Any]:
    arguments: dict[str, Any] = {
        "application_name": name,
        "connect_timeout": settings.connect_seconds,
        "sslmode": settings.sslmode,
        # A peer that vanished without a word is noticed by the kernel, not by a hung request.
        "keepalives_idle": 10,
        "keepalives_interval": 3,
        "keepalives_count": 3,
        "tcp_user_timeout": settings.statement_milliseconds + 2000,
        "options": (
            f"-c statement_timeout={settings.statement_milliseconds}"
            f" -c lock_timeout={settings.statement_milliseconds}"
            " -c idle_in_transaction_session_timeout=10000 -c timezone=UTC"
        ),
    }
    if settings.sslrootcert:
        arguments["sslrootcert"] = settings.sslrootcert
    if settings.sign_in == "password":
        arguments["password"] = settings.password
    return arguments


def _ask_after_a_rest(engine: Engine) -> None:
    """Let the ping before each use ask the database only where the connection has rested.

    Asking costs a round trip, so a connection that worked a moment ago is only looked at: a peer
    that closes it says so, and its farewell waits in the socket.
    """
    dialect = engine.dialect
    used: WeakKeyDictionary[object, float] = WeakKeyDictionary()

    @event.listens_for(engine, "checkin")
    def note(connection: object, _: ConnectionPoolEntry) -> None:
        if connection is not None:
            used[connection] = time.monotonic()

    def ping(connection: Any) -> bool:
        if _has_news(connection):
            return False
        rested = time.monotonic() - used.get(connection, float("-inf"))
        return rested <= TRUSTED_SECONDS or type(dialect).do_ping(dialect, connection)

    dialect.do_ping = ping  # type: ignore[method-assign, assignment]


def _has_news(connection: psycopg.Connection[Any]) -> bool:
    """Whether the idle connection was closed, or its peer sent what nobody asked for."""
    if connection.closed:
        return True
    poll = select.poll()
    poll.register(connection.fileno(), select.POLLIN)
    return bool(poll.poll(0))


def _sign_in_with_tokens(engine: Engine, settings: DatabaseSettings) -> None:
    make_token = token_source(settings)

    @event.listens_for(engine, "do_connect")
    def add_token(_: object, __: object, ___: object, parameters: dict[str, Any]) -> None:
        parameters["password"] = make_token()


class Database:
    """The pool that serves requests, and one connection more that only readiness uses.

    Readiness has its own connection because a full pool means much work, not an absent database:
    taking the task out of service then would only push the work to the others.
    """

    def __init__(self, settings: DatabaseSettings, *, workers: int) -> None:
        share = max(2, settings.pool_size // workers)
        # Reads are single statements and need no transaction; whoever writes opens one.
        self.engine = make_engine(settings, size=share - 1, name="workshop", isolation="AUTOCOMMIT")
        self._transactions = self.engine.execution_options(isolation_level="READ COMMITTED")
        self._probe = make_engine(settings, size=1, name="workshop-readiness")
        self._lock = threading.Lock()
        self._checked = float("-inf")
        self._answers = False

    @contextmanager
    def asking(self) -> Iterator[Connection]:
        """A connection for statements that change nothing, whose rows need no mapping."""
        with self.engine.connect() as connection:
            yield connection

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session for statements that change nothing; each sees what is committed by then."""
        with Session(self.engine, expire_on_commit=False, autoflush=False) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A session in one transaction, committed at the end of the block."""
        with Session(self._transactions, expire_on_commit=False) as session, session.begin():
            yield session

    def is_answering(self) -> bool:
        """Whether the database answered a moment ago; asked at most once in PROBE_SECONDS."""
        with self._lock:
            if time.monotonic() - self._checked >= PROBE_SECONDS:
                self._answers = self._ask()
                self._checked = time.monotonic()
            return self._answers

    def _ask(self) -> bool:
        try:
            with self._probe.connect() as connection:
                connection.execute(text("SELECT 1"))
        except (DBAPIError, PoolTimeout):
            return False
        return True

    def dispose(self) -> None:
        """Close every connection."""
        self.engine.dispose()
        self._probe.dispose()
