"""Reads S3 buckets from evaluated Terraform: settings in separate resources, or inline as of old.

What is set nowhere is not stated: S3 encrypts new objects and blocks public access by default
since 2023, but a configuration that is silent does not notice when somebody turns it off.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from assurance.model.buckets import Bucket, Buckets, LifecycleRule, PublicAccessBlock
from assurance.model.identities import Statement
from assurance.model.unknown import is_unknown, unknown, why_unknown
from assurance.readers.attachments import attached, known_parts
from assurance.readers.documents import read_statements
from assurance.readers.kinds import Kind
from assurance.readers.references import flag
from assurance.readers.state import Block, Resource, State

_SSE = "rule.apply_server_side_encryption_by_default.sse_algorithm"
_INLINE_SSE = f"server_side_encryption_configuration.{_SSE}"


def read_buckets(state: State) -> Buckets:
    """Return every bucket of the configuration."""
    account = tuple(_block(found) for found in state.of("aws_s3_account_public_access_block"))
    return Buckets(buckets=tuple(_bucket(found, account) for found in state.of("aws_s3_bucket")))


def _of(bucket: Resource, setting: str) -> tuple[Any, ...]:
    return attached(bucket, "bucket", f"aws_s3_bucket_{setting}")


def _bucket(resource: Resource, account: tuple[PublicAccessBlock, ...]) -> Bucket:
    blocks = _of(resource, "public_access_block")
    encryptions = _of(resource, "server_side_encryption_configuration")
    versionings = _of(resource, "versioning")
    policies = _of(resource, "policy")
    lifecycles = _of(resource, "lifecycle_configuration")
    parts = known_parts(blocks, encryptions, versionings, policies, lifecycles)
    return Bucket(
        subject=resource.subject(*parts),
        name=resource.get("bucket"),
        # A block of its own shows what is meant; the account's stands in where there is none.
        access_blocks=tuple(_block(found) for found in blocks) or account,
        algorithms=_algorithms(resource, encryptions),
        versioning=_versioning(resource, versionings),
        statements=tuple(_statements(resource, policies)),
        lifecycle=tuple(_lifecycle(resource, lifecycles)),
    )


def _block(found: Any) -> PublicAccessBlock:
    """Return a public access block; each of its settings is off unless it is set."""
    if is_unknown(found):
        return unknown(why_unknown(found))
    return PublicAccessBlock(
        blocks_acls=flag(found.get("block_public_acls", False)),
        ignores_acls=flag(found.get("ignore_public_acls", False)),
        blocks_policies=flag(found.get("block_public_policy", False)),
        restricts_buckets=flag(found.get("restrict_public_buckets", False)),
    )


def _algorithms(resource: Resource, encryptions: Iterable[Any]) -> tuple[str, ...]:
    inline = (resource.get(_INLINE_SSE),) if resource.is_set(_INLINE_SSE) else ()
    separate = (
        found if is_unknown(found) else found.get(_SSE)
        for found in encryptions
        if is_unknown(found) or found.is_set(_SSE)
    )
    return (*inline, *separate)


def _versioning(resource: Resource, versionings: tuple[Any, ...]) -> str:
    for found in versionings:
        if not is_unknown(found):
            return found.get("versioning_configuration.status")
    enabled = flag(resource.get("versioning.enabled", False))
    if versionings:
        return unknown(why_unknown(versionings[0]))
    if is_unknown(enabled):
        return unknown(why_unknown(enabled))
    return "Enabled" if enabled else ""


def _statements(resource: Resource, policies: Iterable[Any]) -> Iterator[Statement]:
    """Yield the statements of all policies; one that stands for a policy nobody can see."""
    holders = [found for found in policies if not is_unknown(found)]
    if resource.is_set("policy"):
        holders.append(resource)
    for holder in holders:
        statements = read_statements(holder.get("policy", None), holder)
        yield from (unknown(why_unknown(statements)),) if is_unknown(statements) else statements
    yield from (unknown(why_unknown(found)) for found in policies if is_unknown(found))


def _lifecycle(resource: Resource, lifecycles: Iterable[Any]) -> Iterator[LifecycleRule]:
    for block in _blocks(resource, "lifecycle_rule"):
        yield _rule(block, lambda found: flag(found.get("enabled", False)))
    for separate in lifecycles:
        if is_unknown(separate):
            yield unknown(why_unknown(separate))
        else:
            for block in _blocks(separate, "rule"):
                yield _rule(block, _has_status)


def _has_status(block: Block) -> bool:
    status = block.get("status")
    return unknown(why_unknown(status)) if is_unknown(status) else bool(status == "Enabled")


def _blocks(resource: Resource, path: str) -> tuple[Any, ...]:
    found = resource.blocks(path)
    return (found,) if is_unknown(found) else tuple(found)


def _rule(block: Any, is_enabled: Any) -> LifecycleRule:
    if is_unknown(block):
        return unknown(why_unknown(block))
    return LifecycleRule(name=block.get("id"), is_enabled=is_enabled(block))


KINDS: tuple[Kind, ...] = (
    Kind(
        noun="bucket",
        plural="buckets",
        population=lambda view: view.buckets.buckets,
        inventory=("aws_s3_bucket",),
    ),
)
