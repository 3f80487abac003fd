"""What must hold for buckets."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from assurance.model.buckets import Bucket, LifecycleRule
from assurance.model.findings import Finding, all_of, any_of
from assurance.model.identities import Condition, Principal, Statement, Target
from assurance.rules.lists import listing

_SETTINGS = {
    "block_public_acls": "blocks_acls",
    "ignore_public_acls": "ignores_acls",
    "block_public_policy": "blocks_policies",
    "restrict_public_buckets": "restricts_buckets",
}


def is_private(bucket: Bucket) -> Finding:
    """Each of the four settings against public access is on, its own or else its account's."""
    missing = tuple(name for name, field in _SETTINGS.items() if not _is_on(bucket, field))
    stated = "" if bucket.access_blocks else " (no public access block is declared)"
    return Finding(
        holds=not missing,
        expected="all four settings of a public access block are on",
        actual=f"without {listing(missing)}{stated}" if missing else "all four are on",
    )


def _is_on(bucket: Bucket, field: str) -> bool:
    return any_of(bucket.access_blocks, lambda found: bool(getattr(found, field)))


def is_encrypted(bucket: Bucket) -> Finding:
    """It is stated how objects are encrypted."""
    return Finding(
        holds=any_of(bucket.algorithms, bool),
        expected="its encryption is stated",
        actual=f"encrypted with {listing(bucket.algorithms)}"
        if bucket.algorithms
        else "no encryption is stated (S3 applies a key of its own until somebody changes it)",
    )


def is_versioned(bucket: Bucket) -> Finding:
    """Versioning is on."""
    return Finding(
        holds=bucket.versioning == "Enabled",
        expected="versioning is enabled",
        actual=f"versioning is {bucket.versioning or 'not enabled'}",
    )


def refuses_plain_transport(bucket: Bucket) -> Finding:
    """Its policy denies everybody everything, on bucket and objects, when not sent over TLS."""
    missing = tuple(
        part
        for part, covers in (("the bucket", _is_bucket), ("its objects", _is_object))
        if not any_of(bucket.statements, partial(_denies_plain_transport, covers=covers))
    )
    actual = f"plain requests to {listing(missing)} are not denied"
    return Finding(
        holds=not missing,
        expected="a policy that denies aws:SecureTransport = false on the bucket and its objects",
        actual=actual if missing else "plain requests are denied",
    )


def _denies_plain_transport(statement: Statement, *, covers: Callable[[Target], bool]) -> bool:
    return (
        not statement.allows
        and any_of(statement.actions, lambda action: action.lower() in ("s3:*", "*"))
        and any_of(statement.resources, covers)
        and any_of(statement.principals, _is_everybody)
        and len(statement.conditions) == 1
        and all_of(statement.conditions, _is_plain)
    )


def _is_everybody(principal: Principal) -> bool:
    return principal.kind in ("AWS", "*") and principal.name == "*"


def _is_plain(condition: Condition) -> bool:
    operator = condition.operator.removesuffix("IfExists").rpartition(":")[2]
    return (
        operator == "Bool"
        and condition.key.lower() == "aws:securetransport"
        and any_of(condition.values, lambda value: str(value).lower() == "false")
    )


def _is_object(target: Target) -> bool:
    return target.is_everything or target.text.endswith("*")


def _is_bucket(target: Target) -> bool:
    return "/" not in target.text.rpartition(":::")[2]


def has_lifecycle(bucket: Bucket) -> Finding:
    """One rule at least is enabled."""
    holds = any_of(bucket.lifecycle, _is_enabled)
    stated = "no lifecycle rule" if not bucket.lifecycle else "no lifecycle rule is enabled"
    return Finding(
        holds=holds,
        expected="an enabled lifecycle rule",
        actual="a lifecycle rule is enabled" if holds else stated,
    )


def _is_enabled(rule: LifecycleRule) -> bool:
    return rule.is_enabled
