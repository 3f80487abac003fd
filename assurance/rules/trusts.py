"""Who may become a role: the statements of its trust policy."""

from __future__ import annotations

from assurance.model.findings import Finding, NotApplicable, Verdict, all_of, any_of, each
from assurance.model.identities import Condition, Principal, Statement, Trust

_NARROW = (
    "only the service that uses the role, or a named identity, under a condition on its source "
    "account, source ARN or an external id"
)

_SOURCE_KEYS = ("aws:sourceaccount", "aws:sourcearn", "sts:externalid")
"""What ties a service to one account; some, such as Firehose, send the account as external id.

https://docs.aws.amazon.com/firehose/latest/dev/controlling-access.html
"""

_OWN_AUDIENCES = ("cognito-identity.amazonaws.com:aud", "accounts.google.com:aud", "saml:aud")

_SILENT = ("ec2.amazonaws.com", "cloudtrail.amazonaws.com")
"""Services that send no source account when they take a role: an instance takes the role of its
profile by itself, and CloudTrail cannot write to a log group under such a condition. Their roles
can be handed to them only from the same account.
https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/iam-roles-for-amazon-ec2.html
https://docs.aws.amazon.com/awscloudtrail/latest/userguide/send-cloudtrail-events-to-cloudwatch-logs.html
"""


def is_trusted_narrowly(trust: Trust) -> Verdict:
    """The right principal, under a condition that ties it to this account or to one caller."""
    statements = tuple(found for found in trust.statements if _allows(found))
    finding = each(
        statements,
        lambda statement: _is_narrow(statement, trust),
        expected=_NARROW,
        none="nobody may become this role",
    )
    if finding.holds and statements and all_of(statements, _is_silent):
        return NotApplicable("no_condition_supported")
    return finding


def _allows(statement: Statement) -> bool:
    return bool(statement.allows)


def _is_silent(statement: Statement) -> bool:
    """Whether all principals are services that send no source, and no condition stands there."""
    return all_of(statement.principals, lambda found: found.name in _SILENT) and not _has(
        statement, _SOURCE_KEYS
    )


def _is_narrow(statement: Statement, trust: Trust) -> Finding:
    if statement.other_principals:
        return _wide(f"{statement.label} trusts everybody but some (NotPrincipal)")
    return each(
        statement.principals,
        lambda principal: _principal_is_narrow(principal, statement, trust),
        expected=_NARROW,
        none=f"{statement.label} names no principal",
    )


def _principal_is_narrow(principal: Principal, statement: Statement, trust: Trust) -> Finding:
    if principal.kind == "Service":
        return _service(principal.name, statement, trust)
    if principal.kind == "Federated":
        return _federated(principal.name, statement)
    return _identity(principal, statement)


def _service(name: str, statement: Statement, trust: Trust) -> Finding:
    wrong = [use for use in trust.uses if not _fits(name, use.principal)]
    if trust.uses and len(wrong) == len(trust.uses):
        return _wide(f"trusts {name}, but {wrong[0].place} hands it to {wrong[0].principal}")
    if _has(statement, _SOURCE_KEYS):
        return _narrow(f"trusts {name} for one source account, ARN or external id only")
    if name in _SILENT:
        return _narrow(f"trusts {name}, which sends no source account")
    return _wide(f"trusts {name} without a condition on aws:SourceAccount or aws:SourceArn")


def _fits(name: str, principal: str) -> bool:
    """Whether a principal is the expected one, its regional and partition forms included."""
    wanted = principal.split(".amazonaws.com", maxsplit=1)[0]
    return name.split(".amazonaws.com", maxsplit=1)[0] in (wanted, *_regional(name, wanted))


def _regional(name: str, wanted: str) -> tuple[str, ...]:
    found = name.split(".amazonaws.com", maxsplit=1)[0]
    return (found,) if found.startswith(f"{wanted}.") else ()


def _federated(name: str, statement: Statement) -> Finding:
    if any_of(statement.conditions, _names_the_subject):
        return _narrow(f"trusts {name} for named subjects only")
    return _wide(f"trusts everybody whom {name} vouches for: no condition on the subject")


def _identity(principal: Principal, statement: Statement) -> Finding:
    if principal.name == "*":
        if _has(statement, ("aws:principalarn",)):
            return _narrow("trusts identities whose ARN a condition names")
        return _wide('trusts everybody ("*")')
    if _has(statement, ("sts:externalid",)):
        return _narrow(f"trusts {principal.name} with an external id")
    if not principal.is_identity:
        return _account(principal, statement)
    if principal.account == "own":
        return _narrow(f"trusts {principal.name}")
    return _wide(f"trusts {principal.name} of another account without an external id")


def _account(principal: Principal, statement: Statement) -> Finding:
    if _has(statement, ("aws:principalarn", "aws:multifactorauthpresent")):
        return _narrow(f"trusts account {principal.name} under a condition on the caller")
    return _wide(f"trusts all of account {principal.name} without an external id")


def _has(statement: Statement, keys: tuple[str, ...]) -> bool:
    return any_of(statement.conditions, lambda condition: _binds(condition, keys))


def _binds(condition: Condition, keys: tuple[str, ...]) -> bool:
    """Whether a condition demands one of the keys, with a value that is not open."""
    operator = condition.operator.lower()
    if condition.key.lower() not in keys or "not" in operator:
        return False
    if operator == "null" or operator.endswith("ifexists"):
        return False
    return all_of(condition.values, _is_bounded)


def _is_bounded(value: str) -> bool:
    """Whether a value leaves neither itself nor, in an ARN, the account open."""
    fields = value.split(":")
    in_any_account = fields[0] == "arn" and fields[4:5] == ["*"]
    return value.strip("*") != "" and not in_any_account


def _names_the_subject(condition: Condition) -> bool:
    """Whether a condition picks callers of an identity provider that others use as well.

    The audience does so only where it is one's own: GitHub's is the same for every repository.
    """
    key = condition.key.lower()
    if key in _OWN_AUDIENCES:
        return _binds(condition, (key,))
    open_subjects = any_of(condition.values, lambda value: value.startswith(("repo:*", "*")))
    return key.endswith(":sub") and _binds(condition, (key,)) and not open_subjects


def _narrow(actual: str) -> Finding:
    return Finding(holds=True, expected=_NARROW, actual=actual)


def _wide(actual: str) -> Finding:
    return Finding(holds=False, expected=_NARROW, actual=actual)
