"""A secret among plain settings is found by source, form or name, and nothing else is."""

from __future__ import annotations

from typing import Any

import pytest

from assurance.model.unknown import UnknownValue
from assurance.rules.plain_secrets import gets_secrets_by_reference
from tests.running import container, task, view
from tests.states import unknown_because


def judged(*settings: Any) -> Any:
    found = view(task(container(environment=[{"name": n, "value": v} for n, v in settings])))
    return gets_secrets_by_reference(found.services.task_definitions[0].containers[0])


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DB_PASSWORD", "hunter2"),
        ("DATABASE_URL", "postgres://app:hunter2@db:5432/app"),  # pragma: allowlist secret
        ("SETTING", "${random_password.db.result}"),
        ("SETTING", "${aws_db_instance.main.password}"),
        ("SETTING", "${data.aws_secretsmanager_secret_version.db.secret_string}"),
        ("SETTING", "${data.aws_ssm_parameter.db.value}"),
        ("SETTING", "(sensitive)"),
        ("SETTING", "AKIAABCDEFGHIJKLMNOP"),  # pragma: allowlist secret
        ("STRIPE_SECRET_KEY", "x"),
        ("GITHUB_TOKEN", "x"),
        ("JWT_SECRET", "x"),
        ("AWS_ACCESS_KEY_ID", "x"),
        ("SECRET_KEY_BASE", "x"),
        ("db_password", unknown_because("var.db_password has no value")),
    ],
)
def test_a_secret_as_plain_setting_fails(name: Any, value: Any) -> None:
    """One beside a harmless one is enough, and it is named."""
    finding = judged(("PORT", "8080"), (name, value))

    assert not finding.holds
    assert name in finding.actual


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DB_PASSWORD", ""),
        ("DB_PASSWORD_FILE", "/run/secrets/db"),
        ("SECRET_ARN", "arn:aws:secretsmanager:eu-west-1:1:secret:x"),
        ("DB_SECRET", "arn:aws:secretsmanager:eu-west-1:1:secret:x"),
        ("DB_SECRET", "${aws_secretsmanager_secret.db.arn}"),
        ("TOKEN_URL", "https://id.example.com/token"),
        ("TOKEN_EXPIRY", "3600"),
        ("NEXT_PUBLIC_API_KEY", "x"),
        ("USE_TOKEN", "true"),
        ("DATABASE_URL", "postgres://db:5432/app"),
        ("DATABASE_HOST", "${aws_db_instance.main.address}"),
    ],
)
def test_harmless_settings_pass(name: Any, value: Any) -> None:
    """Names of places, references and switches are no secrets."""
    assert judged((name, value)).holds


def test_no_settings_pass() -> None:
    """There is nothing to be a secret."""
    assert judged().actual == "no plain settings"


def test_a_file_of_settings_is_unknown_unless_another_setting_decides() -> None:
    """Nobody can see what stands in it."""
    files = [{"type": "s3", "value": "arn:aws:s3:::settings/app.env"}]
    harmless = container(environment=[{"name": "PORT", "value": "1"}], environmentFiles=files)
    secret = container(environment=[{"name": "API_KEY", "value": "x"}], environmentFiles=files)

    with pytest.raises(UnknownValue, match=r"app\.env"):
        gets_secrets_by_reference(view(task(harmless)).services.task_definitions[0].containers[0])
    assert not gets_secrets_by_reference(
        view(task(secret)).services.task_definitions[0].containers[0]
    ).holds


def test_a_value_that_nobody_knows_under_a_harmless_name_is_unknown() -> None:
    """It could be anything."""
    with pytest.raises(UnknownValue, match=r"var\.host"):
        judged(("HOST", unknown_because("var.host has no value")))
