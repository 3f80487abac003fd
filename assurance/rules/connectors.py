"""What must hold of connectors, and of the secrets that they lead to."""

from __future__ import annotations

from assurance.model.connectors import Connector, KeptSecret, Sign, Use
from assurance.model.findings import Finding, NotApplicable, Verdict, all_of, any_of, each

_MANAGER = "AwsSecretManager"
_ROLES = ("AssumeSTSRole", "AssumeIAMRole", "OidcAuthentication")
_GATHERED = ("SSHKey", "WinRmCredentials")
"""Types of secrets that only put others together."""


def signs_in_safely(connector: Connector) -> Verdict:
    """A role or a reference to a secret, no keys and nothing written down."""
    expected = "it signs in by a role or by reference to a secret"
    if connector.literals:
        found = connector.literals[0]
        names = ", ".join(literal.name for literal in connector.literals)
        actual = f"a credential stands in its file: {names}"
        return Finding(holds=False, expected=expected, actual=actual, location=found.location)
    if connector.signs and all_of(connector.signs, lambda sign: sign == Sign.NOTHING):
        return NotApplicable("anonymous")
    return each(
        connector.signs,
        lambda sign: Finding(
            holds=sign in (Sign.ROLE, Sign.SECRET, Sign.NOTHING),
            expected="",
            actual=f"it signs in by {sign} ({connector.way})",
        ),
        expected=expected,
        none="its file does not say how it signs in",
    )


def runs_on_delegates(connector: Connector) -> Verdict:
    """It works from inside, on delegates that are named."""
    expected = "it runs on delegates that it names"
    if connector.uses and all(use.is_hosted for use in connector.uses):
        return NotApplicable("hosted_builds")
    if not connector.is_delegated:
        return Finding(holds=False, expected=expected, actual="it runs on Harness's platform")
    names = ", ".join(connector.selectors)
    actual = f"it runs on delegates tagged {names}" if names else "any delegate may run it"
    return Finding(holds=bool(names), expected=expected, actual=actual)


def is_scoped_to_its_uses(connector: Connector) -> Finding:
    """It belongs to the project that uses it, or to what several of its users share."""
    expected = "it belongs to the project or organisation that uses it, and is used"
    scope = _scope(connector.org, connector.project)
    users = sorted({_scope(use.org, use.project) for use in connector.uses})
    if not users:
        return Finding(holds=False, expected=expected, actual="nothing uses it")
    actual = f"it belongs to {scope} and is used by {', '.join(users)}"
    return Finding(holds=_fits(connector, users), expected=expected, actual=actual)


def _fits(connector: Connector, users: list[str]) -> bool:
    if connector.project:
        return True
    orgs = {use.org for use in connector.uses}
    return len(users) > 1 if connector.org else len(orgs) > 1 or "" in orgs


def _scope(org: str, project: str) -> str:
    if project:
        return f"the project {org}/{project}"
    return f"the organisation {org}" if org else "the account"


def serves_one_side_of_production(connector: Connector) -> Verdict:
    """What reaches production reaches nothing else."""
    targets = tuple(use for use in connector.uses if use.is_infrastructure)
    if not targets:
        return NotApplicable("no_infrastructure")
    production = any_of(targets, lambda use: use.is_production)
    others = any_of(targets, lambda use: not use.is_production)
    names = ", ".join(sorted({_place(use) for use in targets}))
    return Finding(
        holds=not (production and others),
        expected="it reaches production or other environments, never both",
        actual=f"it reaches {names}",
    )


def _place(use: Use) -> str:
    return f"{use.subject} ({'production' if use.is_production else 'not production'})"


def is_secrets_manager_by_role(connector: Connector) -> Finding:
    """Secrets come from AWS Secrets Manager, by a role."""
    way = connector.way
    return Finding(
        holds=connector.type == _MANAGER and way in _ROLES,
        expected="an AwsSecretManager connector that assumes a role",
        actual=f"a connector of type {connector.type} that signs in by {way}",
    )


def is_kept_in_secrets_manager(secret: KeptSecret) -> Verdict:
    """Harness knows its name only; AWS Secrets Manager keeps it and gives it to a role."""
    expected = "it is kept in AWS Secrets Manager, and read through an assumed role"
    if secret.type in _GATHERED:
        return NotApplicable("gathers_secrets")
    if secret.keeper != _MANAGER:
        keeper = "Harness's built-in store" if secret.keeper == "built in" else secret.keeper
        return Finding(holds=False, expected=expected, actual=f"it is kept in {keeper}")
    if secret.way not in _ROLES:
        actual = f"its secret manager signs in by {secret.way}"
        return Finding(holds=False, expected=expected, actual=actual)
    actual = f"it is kept in {_MANAGER}, read through {secret.way}"
    if not secret.is_reference:
        actual = "its value is handed over by Harness (valueType is not Reference)"
    return Finding(holds=secret.is_reference, expected=expected, actual=actual)
