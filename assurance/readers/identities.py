"""Terraform's IAM resources → identities with all their policies, and who may become them."""

from __future__ import annotations

from collections.abc import Iterator

from assurance.model.identities import Identities, Identity, Policy, Trust
from assurance.model.unknown import is_unknown
from assurance.readers.documents import read_statements
from assurance.readers.grants import (
    ATTACHMENTS,
    HOLDERS,
    INLINE,
    TO_MANY,
    Grant,
    may_be_given,
    own_policies,
    read_grants,
    written,
)
from assurance.readers.kinds import Kind
from assurance.readers.resource_policies import SEPARATE, read_resource_policies
from assurance.readers.role_uses import read_links, read_uses, read_workloads
from assurance.readers.state import Resource, State


def read_identities(state: State) -> Identities:
    """Return roles, users and groups, and the policies that nobody here holds."""
    return Identities(
        identities=tuple(_identities(state)),
        trusts=tuple(_trusts(state)),
        workloads=read_workloads(state),
        links=read_links(state),
        resource_policies=read_resource_policies(state),
    )


def _identities(state: State) -> Iterator[Identity]:
    held: dict[str, list[Grant]] = {}
    homeless: dict[str, list[Grant]] = {}
    for grant in read_grants(state):
        if grant.holder is not None and grant.holder.is_managed:
            held.setdefault(grant.holder.id, []).append(grant)
        else:
            homeless.setdefault(grant.source.id, []).append(grant)
    for type_ in HOLDERS:
        doubts = may_be_given(state, type_)
        for resource in state.of(type_):
            yield _holder(resource, held.get(resource.id, []), doubts)
    for grants in homeless.values():
        yield _given_away(grants)
    everything = [*held.values(), *homeless.values()]
    known = {part.id for grants in everything for grant in grants for part in grant.parts}
    boundaries = _boundaries(state)
    for resource in state.of("aws_iam_policy"):
        if resource.id not in known:
            yield _alone(resource, boundaries)


def _parts(grants: list[Grant], *but: Resource) -> tuple[Resource, ...]:
    parts = {part.id: part for grant in grants for part in grant.parts if part not in but}
    return tuple(parts.values())


def _holder(resource: Resource, grants: list[Grant], doubts: tuple[Policy, ...]) -> Identity:
    return Identity(
        subject=resource.subject(*_parts(grants)),
        noun=HOLDERS[resource.type],
        name=_name(resource),
        policies=(*own_policies(resource), *(grant.policy for grant in grants), *doubts),
        origin=resource.root,
    )


def _name(resource: Resource) -> str:
    name = resource.get("name")
    if is_unknown(name) or name:
        return name if is_unknown(name) else str(name)
    prefix = resource.get("name_prefix")
    return prefix if is_unknown(prefix) else str(prefix)


def _given_away(grants: list[Grant]) -> Identity:
    """Return what one resource gives to an identity from elsewhere."""
    source = grants[0].source
    return Identity(
        subject=source.subject(*_parts(grants, source)),
        noun="policy",
        name=source.address,
        policies=tuple(grant.policy for grant in grants),
        origin=source.root,
    )


def _alone(resource: Resource, boundaries: frozenset[str]) -> Identity:
    """Return a policy that nobody here holds, or that limits what others hold."""
    policy = written(resource, resource.get("policy", None))
    return Identity(
        subject=resource.subject(),
        noun="policy",
        name=policy.name,
        policies=(policy,),
        origin=resource.root,
        is_boundary=_place(resource) in boundaries or _is_named_in(boundaries, resource),
    )


def _is_named_in(boundaries: frozenset[str], resource: Resource) -> bool:
    name = _name(resource)
    return not is_unknown(name) and name in boundaries


def _boundaries(state: State) -> frozenset[str]:
    """Return the places, or names where they live elsewhere, of the policies that limit roles."""
    found = set()
    for resource in state.of("aws_iam_role", "aws_iam_user"):
        value = resource.get("permissions_boundary")
        if is_unknown(value) or not value:
            continue
        policy = resource.resolve(value, "aws_iam_policy")
        found.add(_place(policy) if policy is not None else str(value).rpartition("/")[2])
    return frozenset(found)


def _place(resource: Resource) -> str:
    """Return what the instances of one block have in common: all limit, or all grant."""
    return f"{resource.root}:{resource.module}.{resource.raw['name']}"


def _trusts(state: State) -> Iterator[Trust]:
    uses = read_uses(state)
    for resource in state.of("aws_iam_role"):
        yield Trust(
            subject=resource.subject(),
            statements=read_statements(resource.get("assume_role_policy", None), resource),
            uses=uses.get(resource.id, ()),
        )


KINDS = (
    Kind(
        noun="identity",
        plural="identities",
        population=lambda view: view.identities.identities,
        inventory=(*HOLDERS, "aws_iam_policy", *INLINE, *ATTACHMENTS, TO_MANY),
    ),
    Kind(
        noun="role",
        plural="roles",
        population=lambda view: view.identities.trusts,
        inventory=("aws_iam_role",),
    ),
    Kind(
        noun="service with roles",
        plural="services with roles",
        population=lambda view: view.identities.workloads,
        inventory=("aws_ecs_service",),
    ),
    Kind(
        noun="place for a service-linked role",
        plural="places for a service-linked role",
        population=lambda view: view.identities.links,
        made_of=("aws_autoscaling_group", "aws_ecs_service"),
    ),
    Kind(
        noun="policy of a resource",
        plural="policies of resources",
        population=lambda view: view.identities.resource_policies,
        inventory=SEPARATE,
    ),
)
