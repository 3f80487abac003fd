"""Distributions with their origins, and how these are guarded.

Without a certificate of its own a distribution is served under CloudFront's name, where the oldest
TLS version cannot be chosen (docs.aws.amazon.com/AmazonCloudFront/latest/APIReference/
API_ViewerCertificate.html).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from assurance.model.distributions import Behaviour, Distribution, Origin, OriginKind
from assurance.model.unknown import is_unknown, unknown
from assurance.readers.admissions import read_admissions
from assurance.readers.kinds import Kind
from assurance.readers.load_balancers import LOAD_BALANCER_TYPES, LoadBalancerReading
from assurance.readers.state import Block, Resource, State

DISTRIBUTION_TYPES = ("aws_cloudfront_distribution",)
_WEBSITES = ("aws_s3_bucket_website_configuration",)


def read_distributions(state: State, balancers: LoadBalancerReading) -> tuple[Distribution, ...]:
    """Read the distributions of a state."""
    return tuple(_distribution(each, state, balancers) for each in state.of(*DISTRIBUTION_TYPES))


def _distribution(resource: Resource, state: State, balancers: LoadBalancerReading) -> Distribution:
    default = resource.get("viewer_certificate.cloudfront_default_certificate", False)
    oldest = resource.get("viewer_certificate.minimum_protocol_version", "TLSv1")
    return Distribution(
        subject=resource.subject(),
        behaviours=tuple(_behaviours(resource)),
        origins=_origins(resource, state, balancers),
        oldest_tls=oldest,
        has_default_certificate=default,
    )


def _behaviours(resource: Resource) -> Iterator[Behaviour]:
    for path in ("default_cache_behavior", "ordered_cache_behavior"):
        blocks = resource.blocks(path)
        for block in (blocks,) if is_unknown(blocks) else blocks:
            if is_unknown(block):
                yield block
            else:
                yield Behaviour(
                    path=block.get("path_pattern", "*"),
                    viewer_protocol=block.get("viewer_protocol_policy", "allow-all"),
                )


def _origins(resource: Resource, state: State, balancers: LoadBalancerReading) -> Any:
    blocks = resource.blocks("origin")
    if is_unknown(blocks):
        return blocks
    return tuple(
        block if is_unknown(block) else _origin(block, state, balancers) for block in blocks
    )


def _origin(block: Block, state: State, balancers: LoadBalancerReading) -> Origin:
    name = block.get("domain_name", None)
    target = _behind(block, name)
    internal = block.is_set("vpc_origin_config")
    is_bucket = target is not None and target.type == "aws_s3_bucket" and target.is_managed
    return Origin(
        kind=_kind_of(block, name, target, internal=internal),
        text=target.id if target else ("an unknown name" if is_unknown(name) else str(name)),
        is_signed=_is_signed(block),
        admissions=read_admissions(state, target) if is_bucket and target else (),
        load_balancers=_balancers(target, balancers),
        secret_headers=_headers(block),
        is_internal=internal,
        location=block.resource.location,
    )


def _behind(block: Block, name: Any) -> Resource | None:
    target = block.target("domain_name")
    if target is not None or is_unknown(name) or not isinstance(name, str):
        return target
    bucket, _, rest = name.partition(".s3")
    return block.resource.resolve(bucket, "aws_s3_bucket") if rest else None


def _kind_of(block: Block, name: Any, target: Resource | None, *, internal: bool) -> Any:
    if internal or is_unknown(name):
        return OriginKind.LOAD_BALANCER if internal else name
    type_ = target.type if target is not None else ""
    is_bucket = type_ == "aws_s3_bucket"
    as_website = is_bucket and block.is_set("custom_origin_config")
    if "website" in str(name) or type_ in _WEBSITES or as_website:
        return OriginKind.WEBSITE
    if type_ in LOAD_BALANCER_TYPES:
        return OriginKind.LOAD_BALANCER
    if is_bucket or ".s3." in str(name) or ".s3-" in str(name):
        return OriginKind.BUCKET
    return unknown(f"what stands behind {name} is not written here")


def _is_signed(block: Block) -> Any:
    control = block.get("origin_access_control_id", None)
    if control is not None:
        target = block.target("origin_access_control_id", "aws_cloudfront_origin_access_control")
        if target is None or not target.is_managed:
            return unknown(f"origin access control {control!r} is not written here")
        behaviour = target.get("signing_behavior", None)
        return behaviour if is_unknown(behaviour) else behaviour == "always"
    identity = block.get("s3_origin_config.origin_access_identity", "")
    return identity if is_unknown(identity) else bool(identity)


def _balancers(target: Resource | None, reading: LoadBalancerReading) -> Any:
    if target is None:
        return ()
    return tuple(each for each in reading.records.load_balancers if each.subject.id == target.id)


def _headers(block: Block) -> Any:
    blocks = block.blocks("custom_header")
    if is_unknown(blocks):
        return blocks
    return tuple(each if is_unknown(each) else each.get("name", "") for each in blocks)


KINDS: tuple[Kind, ...] = (
    Kind(
        noun="distribution",
        plural="distributions",
        population=lambda view: view.distributions,
        inventory=DISTRIBUTION_TYPES,
    ),
)
