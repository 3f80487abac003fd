"""Terraform's ECR resources → repositories, with what the registry as a whole sets for them."""

from __future__ import annotations

import json
import re
from typing import Any

from assurance.model.registries import Expiry, Registries, Repository
from assurance.model.secrets import Key
from assurance.model.unknown import is_unknown, unknown
from assurance.readers.documents import read_statements
from assurance.readers.keys import read_key
from assurance.readers.kinds import Kind
from assurance.readers.references import whole
from assurance.readers.regions import region_of
from assurance.readers.state import Block, Resource, State

_SCANNED = ("SCAN_ON_PUSH", "CONTINUOUS_SCAN")


def read_registries(state: State) -> Registries:
    """Return the private and the public repositories."""
    private = tuple(_private(found, state) for found in state.of("aws_ecr_repository"))
    public = tuple(_public(found) for found in state.of("aws_ecrpublic_repository"))
    return Registries(repositories=private + public)


def _private(resource: Resource, state: State) -> Repository:
    policies = _of(resource, state, "aws_ecr_repository_policy")
    lifecycles = _of(resource, state, "aws_ecr_lifecycle_policy")
    name = resource.get("name")
    return Repository(
        subject=resource.subject(*policies, *lifecycles),
        name=name,
        is_public=False,
        statements=tuple(
            statement
            for policy in (*policies, *_same_region(resource, state, "aws_ecr_registry_policy"))
            for statement in _each(read_statements(policy.get("policy", None), policy))
        ),
        # MUTABLE is the default: https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_CreateRepository.html
        mutability=resource.get("image_tag_mutability", "MUTABLE"),
        mutable_tags=_exclusions(resource),
        expiries=tuple(rule for policy in lifecycles for rule in _expiries(policy)),
        is_scanned=_is_scanned(resource, name, state),
        encryption=resource.get("encryption_configuration.encryption_type", "AES256"),
        key=read_key(resource, "encryption_configuration.kms_key"),
        region=region_of(resource),
        replicas=_replicas(resource, name, state),
    )


def _public(resource: Resource) -> Repository:
    return Repository(
        subject=resource.subject(),
        name=resource.get("repository_name"),
        is_public=True,
        statements=(),
        mutability="MUTABLE",
        mutable_tags=(),
        expiries=(),
        is_scanned=False,
        encryption="AES256",
        key=Key(name="", is_customer_managed=False),
        region="us-east-1",
        replicas=(),
    )


def _of(resource: Resource, state: State, type_: str) -> tuple[Resource, ...]:
    """Return the resources of a type that name this repository."""
    return tuple(
        found
        for found in state.of(type_)
        if found.target("repository", "aws_ecr_repository") is resource
    )


def _each(found: Any) -> tuple[Any, ...]:
    return (found,) if is_unknown(found) else found


def _exclusions(resource: Resource) -> Any:
    filters = resource.blocks("image_tag_mutability_exclusion_filter")
    if is_unknown(filters):
        return filters
    return tuple(found if is_unknown(found) else found.get("filter", "*") for found in filters)


def _expiries(policy: Resource) -> tuple[Expiry, ...]:
    document = _decoded(policy.get("policy", None))
    rules = document.get("rules", ()) if isinstance(document, dict) else document
    if is_unknown(rules):
        return (rules,)
    if not isinstance(rules, list | tuple):
        return (unknown(f"the lifecycle policy {policy.id} is not a JSON document"),)
    return tuple(rule if is_unknown(rule) else _expiry(Block(rule, policy)) for rule in rules)


def _decoded(document: Any) -> Any:
    if not isinstance(document, str):
        return document
    try:
        return json.loads(document)
    except ValueError:
        return document


def _expiry(rule: Block) -> Expiry:
    prefixes = rule.listed("selection.tagPrefixList")
    patterns = rule.listed("selection.tagPatternList")
    hidden = [found for found in (prefixes, patterns) if is_unknown(found)]
    tags = hidden[0] if hidden else tuple(_tag(tag) for tag in prefixes + patterns)
    return Expiry(
        priority=rule.get("rulePriority", 0),
        tag_status=rule.get("selection.tagStatus", "any"),
        tags=tags,
        count_type=rule.get("selection.countType"),
        count=whole(rule.get("selection.countNumber", 0)),
    )


def _tag(tag: Any) -> Any:
    return tag if is_unknown(tag) or isinstance(tag, str) else unknown(f"{tag} is not a tag")


def _is_scanned(resource: Resource, name: Any, state: State) -> Any:
    """Tell whether pushes are scanned.

    A registry's configuration takes the place of the repositories' own settings.
    https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-scanning.html
    """
    registries = _same_region(resource, state, "aws_ecr_registry_scanning_configuration")
    if not registries:
        return resource.get("image_scanning_configuration.scan_on_push", False)
    # There can be one configuration a region; of several, any may be the one that is left.
    answers = [_registry_scans(found, name) for found in registries]
    if any(answer is False for answer in answers):
        return False
    return next((answer for answer in answers if is_unknown(answer)), True)


def _registry_scans(registry: Resource, name: Any) -> Any:
    rules = _each(registry.blocks("rule"))
    found = [rule if is_unknown(rule) else _scans(rule, name) for rule in rules]
    if any(scans is True for scans in found):
        return True
    return next((scans for scans in found if is_unknown(scans)), False)


def _scans(rule: Block, name: Any) -> Any:
    frequency = rule.get("scan_frequency")
    if is_unknown(frequency) or is_unknown(name):
        return unknown("the scanning rules of the registry are not known")
    filters = rule.blocks("repository_filter")
    if is_unknown(filters):
        return filters
    texts = [item.get("filter") for item in filters if not is_unknown(item)]
    return frequency in _SCANNED and any(
        not is_unknown(text) and _like(str(text), str(name)) for text in texts
    )


def _like(pattern: str, name: str) -> bool:
    """Match as scanning filters do: without a wildcard, a part of the name is enough.

    https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-scanning-filters.html
    """
    parts = (re.escape(part) for part in pattern.split("*"))
    text = ".*".join(parts)
    return re.fullmatch(text if "*" in pattern else f".*{text}.*", name) is not None


def _same_region(resource: Resource, state: State, type_: str) -> tuple[Resource, ...]:
    return tuple(
        found
        for found in state.of(type_)
        if is_unknown(found.region)
        or is_unknown(resource.region)
        or found.region in ("", resource.region)
    )


def _replicas(resource: Resource, name: Any, state: State) -> tuple[str, ...]:
    found: list[Any] = []
    for registry in _same_region(resource, state, "aws_ecr_replication_configuration"):
        rules = registry.blocks("replication_configuration.rule")
        for rule in _each(rules):
            found += [rule] if is_unknown(rule) else _destinations(rule, name)
    return tuple(found)


def _destinations(rule: Block, name: Any) -> list[Any]:
    """Return the regions of one replication rule, where its filters let the repository through."""
    filters = rule.blocks("repository_filter")
    destinations = rule.blocks("destination")
    if is_unknown(filters) or is_unknown(destinations):
        return [next(item for item in (filters, destinations) if is_unknown(item))]
    prefixes = [item if is_unknown(item) else item.get("filter") for item in filters]
    regions = [item if is_unknown(item) else item.get("region") for item in destinations]
    if not prefixes or any(_begins(name, prefix) is True for prefix in prefixes):
        return regions
    doubts = [_begins(name, prefix) for prefix in prefixes]
    return [doubt for doubt in doubts if is_unknown(doubt)]


def _begins(name: Any, prefix: Any) -> Any:
    for value in (name, prefix):
        if is_unknown(value):
            return value
    return str(name).startswith(str(prefix))


KINDS = (
    Kind(
        noun="repository",
        plural="repositories",
        population=lambda view: view.registries.repositories,
        inventory=(
            "aws_ecr_repository",
            "aws_ecr_repository_policy",
            "aws_ecrpublic_repository",
        ),
    ),
    Kind(
        noun="private repository",
        plural="private repositories",
        population=lambda view: tuple(
            found for found in view.registries.repositories if not found.is_public
        ),
        inventory=("aws_ecr_repository", "aws_ecr_lifecycle_policy"),
    ),
)
