"""The environment is checked as a whole before anything starts."""

import pytest

from workshop.errors import SettingsError
from workshop.settings import read_settings


def test_every_missing_name_is_told_in_one_message() -> None:
    with pytest.raises(SettingsError) as caught:
        read_settings({})

    for name in (
        "ENVIRONMENT",
        "DATABASE_HOST",
        "DATABASE_NAME",
        "DATABASE_USER",
        "DATABASE_SSLROOTCERT",
        "AWS_REGION",
        "TOKEN_ISSUER",
        "TOKEN_AUDIENCE",
        "TOKEN_JWKS",
    ):
        assert name in str(caught.value)


def test_a_whole_environment_is_accepted_as_it_is(variables: dict[str, str]) -> None:
    settings = read_settings(variables | {"PORT": "8081", "DRAIN_SECONDS": "12"})

    assert (settings.port, settings.drain_seconds, settings.announce_seconds) == (8081, 12, 0)
    assert settings.trusted_proxies == 0


@pytest.mark.parametrize(
    ("name", "value", "complaint"),
    [
        ("PORT", "http", "PORT must be a whole number"),
        ("PORT", "65536", "PORT must be a whole number from 1 to 65535"),
        ("PORT", "８０８０", "PORT must be a whole number"),
        ("ENVIRONMENT", "prod", "ENVIRONMENT must be one of"),
        ("DATABASE_SSLMODE", "allow", "DATABASE_SSLMODE must be one of"),
        ("DATABASE_SSLMODE", "verify-full", "DATABASE_SSLROOTCERT must name the file"),
        ("DATABASE_SIGN_IN", "iam", "AWS_REGION is missing"),
        ("DATABASE_SIGN_IN", "password", "DATABASE_PASSWORD is missing"),
        ("DATABASE_POOL_SIZE", "3", "DATABASE_POOL_SIZE must give each of the WORKERS"),
        ("TOKEN_ALGORITHM", "none", "TOKEN_ALGORITHM must be one of"),
        ("TOKEN_ALGORITHM", "HS256", "TOKEN_ALGORITHM must be one of"),
        ("TOKEN_JWKS", "http://keys.example/jwks.json", "TOKEN_JWKS must be an https URL"),
        ("TOKEN_JWKS", "ftp://keys.example/jwks.json", "TOKEN_JWKS must be an https URL"),
        ("FLAGS_PROVIDER", "split", "FLAGS_SDK_KEY is missing"),
        ("OTEL_TRACES_EXPORTER", "file", "TRACES_FILE is missing"),
    ],
)
def test_a_wrong_value_is_named(
    variables: dict[str, str], name: str, value: str, complaint: str
) -> None:
    with pytest.raises(SettingsError, match=complaint):
        read_settings(variables | {name: value})


@pytest.mark.parametrize("place", ["staging", "production"])
def test_the_conveniences_of_development_are_refused(variables: dict[str, str], place: str) -> None:
    given = variables | {"ENVIRONMENT": place, "TOKEN_JWKS": "http://127.0.0.1/jwks.json"}

    with pytest.raises(SettingsError) as caught:
        read_settings(given)

    assert len(caught.value.problems) == 3
    assert "DATABASE_SIGN_IN must be one of iam, password, not 'trust'" in str(caught.value)
    assert "DATABASE_SSLMODE must be verify-full" in str(caught.value)
    assert "TOKEN_JWKS must be an https URL" in str(caught.value)


def test_what_terraform_sets_makes_a_production_service(
    variables: dict[str, str], jwks: object
) -> None:
    given = {
        "DATABASE_HOST": "workshop.cluster.eu-west-1.rds.amazonaws.com",
        "DATABASE_NAME": "workshop",
        "DATABASE_POOL_SIZE": "10",
        "DATABASE_PORT": "5432",
        "DATABASE_SSLMODE": "verify-full",
        "DATABASE_USER": "workshop_app",
        "DRAIN_SECONDS": "30",
        "PORT": "8080",
        "AWS_REGION": "eu-west-1",
        "ENVIRONMENT": "production",
        "DATABASE_SSLROOTCERT": str(jwks),  # any file that exists
        "TOKEN_ISSUER": "https://login.example",
        "TOKEN_AUDIENCE": "workshop-api",
        "TOKEN_JWKS": "https://login.example/jwks.json",
    }

    settings = read_settings(given)

    assert settings.database.sign_in == "iam"
    assert settings.announce_seconds == 10
    assert settings.trusted_proxies == 1


def test_secrets_do_not_show_when_settings_are_printed(variables: dict[str, str]) -> None:
    given = {"DATABASE_PASSWORD": "hunter2", "FLAGS_SDK_KEY": "sdk-secret"}

    shown = repr(read_settings(variables | given))

    assert "hunter2" not in shown
    assert "sdk-secret" not in shown
