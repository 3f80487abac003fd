"""The connection to the database: encrypted, to the right host, with a token, or not at all."""

import datetime
import ssl
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from flask import Flask
from flask.testing import FlaskClient

from running import Relay
from workshop.application import create_app
from workshop.settings import DatabaseSettings, read_settings
from workshop.signin import token_source

ClientOf = Callable[..., FlaskClient]
SSL_REQUEST = bytes.fromhex("0000000804d2162f")


def certificate(path: Path, name: str) -> tuple[Path, Path]:
    """A self-signed certificate for a host name, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(minutes=5))
        .not_valid_after(now + datetime.timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    public, private = path / f"{name}.pem", path / f"{name}.key"
    public.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    private.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return public, private


@pytest.fixture
def encrypted(database: DatabaseSettings, tmp_path: Path) -> Iterator[tuple[Relay, Path]]:
    public, private = certificate(tmp_path, "localhost")
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(public, private)
    relay = Relay(database.host, context)
    yield relay, public
    relay.close()


@pytest.fixture
def client_of(with_database: dict[str, str]) -> Iterator[ClientOf]:
    """Makes clients of applications with other database settings, and clears up after them."""
    made: list[Flask] = []

    def make(relay: Relay | None, **more: str) -> FlaskClient:
        given = {"DATABASE_HOST": "localhost", "DATABASE_PORT": str(relay.port)} if relay else {}
        made.append(create_app(read_settings(with_database | given | more)))
        return made[-1].test_client()

    yield make
    for app in made:
        app.extensions["workshop"].database.dispose()


def test_an_encrypted_connection_to_the_right_host_is_used(
    client_of: ClientOf, encrypted: tuple[Relay, Path]
) -> None:
    relay, authority = encrypted
    client = client_of(
        relay,
        DATABASE_SSLMODE="verify-full",
        DATABASE_SSLROOTCERT=str(authority),
    )

    assert client.get("/api/v1/modules").status_code == 200
    assert relay.first_words[0] == SSL_REQUEST
    assert client.get("/health/ready").status_code == 200


def test_a_certificate_of_somebody_else_is_refused(
    client_of: ClientOf, encrypted: tuple[Relay, Path], tmp_path: Path
) -> None:
    relay, _ = encrypted
    other = tmp_path / "other"
    other.mkdir()
    stranger, _ = certificate(other, "localhost")
    client = client_of(
        relay,
        DATABASE_SSLMODE="verify-full",
        DATABASE_SSLROOTCERT=str(stranger),
    )

    assert client.get("/api/v1/modules").status_code == 503
    assert client.get("/health/ready").status_code == 503


def test_a_certificate_for_another_name_is_refused(
    client_of: ClientOf, encrypted: tuple[Relay, Path]
) -> None:
    relay, authority = encrypted
    client = client_of(
        relay,
        DATABASE_HOST="127.0.0.1",
        DATABASE_SSLMODE="verify-full",
        DATABASE_SSLROOTCERT=str(authority),
    )

    assert client.get("/api/v1/modules").status_code == 503


def test_a_database_without_encryption_is_refused(
    client_of: ClientOf, database: DatabaseSettings
) -> None:
    relay = Relay(database.host, None)
    client = client_of(relay, DATABASE_SSLMODE="require")

    assert client.get("/api/v1/modules").status_code == 503
    assert relay.first_words[0] == SSL_REQUEST, "nothing was said before the encryption"
    relay.close()


def test_signing_in_with_a_token_of_aws(
    variables: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "not-a-secret")
    given = {"DATABASE_SIGN_IN": "iam", "AWS_REGION": "eu-west-1", "DATABASE_HOST": "db.example"}
    settings = read_settings(variables | given).database

    token = token_source(settings)()

    parts = urlsplit(f"https://{token}")
    query = parse_qs(parts.query)
    assert parts.netloc == "db.example:9"
    assert (query["Action"], query["DBUser"]) == (["connect"], ["workshop_app"])
    assert query["X-Amz-Expires"] == ["900"]
    assert "/eu-west-1/rds-db/aws4_request" in query["X-Amz-Credential"][0]
    assert len(query["X-Amz-Signature"][0]) == 64


def test_each_connection_signs_in_with_a_token_of_its_own(
    client_of: ClientOf, database: DatabaseSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The embedded database trusts anybody: here it matters that a token is made."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "not-a-secret")
    made: list[str] = []

    def counting(settings: DatabaseSettings) -> object:
        real = token_source(settings)

        def make() -> str:
            made.append(real())
            return made[-1]

        return make

    monkeypatch.setattr("workshop.database.token_source", counting)
    relay = Relay(database.host, None)
    client = client_of(
        relay, DATABASE_SIGN_IN="iam", AWS_REGION="eu-west-1", DATABASE_SSLMODE="prefer"
    )

    assert client.get("/api/v1/modules").status_code == 200
    assert client.get("/api/v1/modules").status_code == 200
    assert client.get("/health/ready").status_code == 200
    assert len(made) == 2, "one for the pool, one for the connection of readiness"
    assert all(token.startswith(f"localhost:{relay.port}/?Action=connect") for token in made)
    relay.close()


def test_a_password_is_handed_over(client_of: ClientOf) -> None:
    given = {"DATABASE_SIGN_IN": "password", "DATABASE_PASSWORD": "not-asked-for"}

    client = client_of(None, **given)

    assert client.get("/api/v1/modules").status_code == 200
