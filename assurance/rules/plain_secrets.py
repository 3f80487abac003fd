"""Tells a secret among plain settings: by what it is taken from, by its form, by its name."""

from __future__ import annotations

import re

from assurance.model.containers import Container, Variable
from assurance.model.findings import Finding, any_of, each
from assurance.model.unknown import UnknownValue

_SOURCES = re.compile(
    r"data\.aws_secretsmanager_(secret_version|random_password)\.(secret_string|random_password)"
    r"|aws_secretsmanager_secret_version\.secret_string"
    r"|(data\.)?aws_ssm_parameter\.(value|insecure_value)|random_password\.\w+"
    r"|aws_iam_access_key\.(secret|ses_smtp_password_v4)|tls_private_key\.private_key\w*"
    r"|aws_(db_instance|rds_cluster|redshift_cluster)\.(master_)?password"
    r"|aws_elasticache_\w+\.auth_token|data\.vault_\w+\.\w+"
)
_FORM = re.compile(
    r"AKIA[0-9A-Z]{16}|-----BEGIN [A-Z ]*PRIVATE KEY|\bgh[pousr]_\w{36}|\bxox[abp]-\w+"
    r"|eyJ[\w-]{8,}\.eyJ[\w-]{8,}\.|\bsk_live_\w+|//[^/\s:@$]+:[^@/\s$]+@"
    r"|hooks\.slack\.com/services/"
)
_NAME = re.compile(
    r"(^|_)(PASSWORD|PASSWD|PASSPHRASE|PWD|SECRET|TOKEN|CREDENTIALS?|APIKEY"
    r"|(API|SECRET|ACCESS|PRIVATE|SIGNING|ENCRYPTION|MASTER|JWT)_KEY(_ID|_BASE)?)$"
)
_REFERENCES = re.compile(r"arn:|\$\{.*\.(arn|id|name)\}$|^/[\w./-]+$")
_HARMLESS = ("", "true", "false")
_PUBLIC = ("PUBLIC_", "NEXT_PUBLIC_", "VITE_", "REACT_APP_")


def gets_secrets_by_reference(container: Container) -> Finding:
    """No plain setting is a secret."""
    expected = "secrets come by reference (valueFrom), none as a plain setting"
    if not container.variables:
        return Finding(holds=True, expected=expected, actual="no plain settings")
    return each(container.variables, _is_no_secret, expected=expected, none="no plain settings")


def _is_no_secret(variable: Variable) -> Finding:
    fault = _fault(variable)
    return Finding(
        holds=not fault, expected="", actual=fault or "no plain setting looks like a secret"
    )


def _fault(variable: Variable) -> str:
    """Say what makes a setting a secret; empty where nothing does.

    A setting named like a secret is one even where its value is not known yet: whatever comes
    there comes as plain text.
    """
    name = variable.name.upper()
    named = _NAME.search(name) is not None and not name.startswith(_PUBLIC)
    try:
        return _content(variable) or _by_name(variable, named=named)
    except UnknownValue:
        if named:
            return f"{variable.name} is a secret by its name, given as a plain setting"
        raise


def _content(variable: Variable) -> str:
    """Say what makes its value a secret, whatever its name."""
    if any_of(variable.sources, lambda source: _SOURCES.fullmatch(source) is not None):
        return f"{variable.name} is taken from {', '.join(variable.sources)}"
    if variable.value == "(sensitive)":
        return f"{variable.name} holds a sensitive value"
    if _FORM.search(str(variable.value)):
        return f"{variable.name} holds a value with the form of a credential"
    return ""


def _by_name(variable: Variable, *, named: bool) -> str:
    value = variable.value
    harmless = value.lower() in _HARMLESS or _REFERENCES.search(value) is not None
    return f"{variable.name} is a secret by its name" if named and not harmless else ""
