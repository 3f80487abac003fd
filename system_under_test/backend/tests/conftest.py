"""A real database, a key pair, and applications made with them."""

import json
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from workshop.application import create_app
from workshop.embedded import embedded_database
from workshop.issuer import AUDIENCE, KeyPair
from workshop.settings import DatabaseSettings, read_settings

ISSUER = "http://127.0.0.1:9000"

Headers = dict[str, str]
SignIn = Callable[..., Headers]


@pytest.fixture(scope="session")
def scratch() -> Iterator[Path]:
    """A short path: sockets must not have long ones."""
    with tempfile.TemporaryDirectory(prefix="workshop-", ignore_cleanup_errors=True) as directory:
        yield Path(directory)


@pytest.fixture(scope="session")
def database(scratch: Path) -> Iterator[DatabaseSettings]:
    with embedded_database(scratch / "database") as settings:
        yield settings


@pytest.fixture(scope="session")
def keys() -> KeyPair:
    return KeyPair.generate()


@pytest.fixture(scope="session")
def jwks(keys: KeyPair, scratch: Path) -> Path:
    path = scratch / "jwks.json"
    path.write_text(json.dumps(keys.key_set()))
    return path


@pytest.fixture(scope="session")
def variables(jwks: Path) -> dict[str, str]:
    """An environment that describes a service, with a database that nobody listens at."""
    return {
        "ENVIRONMENT": "lab",
        "HOST": "127.0.0.1",
        "DATABASE_HOST": "127.0.0.1",
        "DATABASE_PORT": "9",
        "DATABASE_NAME": "workshop",
        "DATABASE_USER": "workshop_app",
        "DATABASE_SIGN_IN": "trust",
        "DATABASE_SSLMODE": "disable",
        "TOKEN_ISSUER": ISSUER,
        "TOKEN_AUDIENCE": AUDIENCE,
        "TOKEN_JWKS": str(jwks),
        "REQUESTS_PER_MINUTE": "1000000",
        "DRAIN_ANNOUNCE_SECONDS": "0",
    }


@pytest.fixture(scope="session")
def with_database(variables: dict[str, str], database: DatabaseSettings) -> dict[str, str]:
    """The same environment with the real database."""
    return variables | {"DATABASE_HOST": database.host, "DATABASE_PORT": "5432"}


@pytest.fixture(scope="session")
def app(with_database: dict[str, str]) -> Iterator[Flask]:
    made = create_app(read_settings(with_database))
    yield made
    made.extensions["workshop"].database.dispose()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture(scope="session")
def sign_in(keys: KeyPair) -> SignIn:
    """Headers of somebody with the given roles."""

    def make(subject: str, *roles: str) -> Headers:
        token = keys.mint(issuer=ISSUER, subject=subject, roles=roles)
        return {"Authorization": f"Bearer {token}"}

    return make


@pytest.fixture
def away(variables: dict[str, str]) -> Iterator[FlaskClient]:
    """A client of an application whose database is away."""
    made = create_app(read_settings(variables))
    yield made.test_client()
    made.extensions["workshop"].database.dispose()
