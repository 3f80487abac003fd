"""Terraform's IAM resources → identities with all their policies, whichever way they got them."""

from __future__ import annotations

from collections.abc import Iterator

from assurance.model.identities import Identities, Identity, Policy, Trust
from assurance.model.unknown import is_unknown, unknown
from assurance.readers.documents import read_statements
from assurance.readers.kinds import Kind
from assurance.readers.role_uses import read_links, read_uses, read_workloads
from assurance.readers.state import TOKEN, Block, Resource, State

_HOLDERS = {"aws_iam_role": "role", "aws_iam_user": "user", "aws_iam_group": "group"}

_INLINE = {
    "aws_iam_role_policy": "role",
    "aws_iam_user_policy": "user",
    "aws_iam_group_policy": "group",
}

_ATTACHMENTS = {
    "aws_iam_role_policy_attachment": ("role", "policy_arn"),
    "aws_iam_user_policy_attachment": ("user", "policy_arn"),
    "aws_iam_group_policy_attachment": ("group", "policy_arn"),
    "aws_iam_role_policy_attachments_exclusive": ("role_name", "policy_arns"),
    "aws_iam_user_policy_attachments_exclusive": ("user_name", "policy_arns"),
    "aws_iam_group_policy_attachments_exclusive": ("group_name", "policy_arns"),
}

_TO_MANY = ("roles", "users", "groups")
"""Where `aws_iam_policy_attachment` names identities."""

_AWS_POLICY = ":iam::aws:policy/"


def read_identities(state: State) -> Identities:
    """Return roles, users and groups, and the policies that nobody here holds."""
    return Identities(
        identities=tuple(_identities(state)),
        trusts=tuple(_trusts(state)),
        workloads=read_workloads(state),
        links=read_links(state),
    )


def _identities(state: State) -> Iterator[Identity]:
    held: dict[str, list[tuple[Policy, tuple[Resource, ...]]]] = {}
    homeless: list[tuple[Resource, Policy, tuple[Resource, ...]]] = []
    for source, holder, policy, parts in _grants(state):
        if holder is not None and holder.is_managed:
            held.setdefault(holder.id, []).append((policy, parts))
        else:
            homeless.append((source, policy, parts))
    for resource in state.of(*_HOLDERS):
        yield _holder(resource, held.get(resource.id, []))
    owned = {part.id for grants in held.values() for _, parts in grants for part in parts}
    yield from _homeless(state, homeless, owned)


def _holder(resource: Resource, grants: list[tuple[Policy, tuple[Resource, ...]]]) -> Identity:
    parts = {part.id: part for _, found in grants for part in found}
    return Identity(
        subject=resource.subject(*parts.values()),
        noun=_HOLDERS[resource.type],
        name=_name(resource),
        policies=tuple(_inline_blocks(resource))
        + tuple(_managed_arns(resource))
        + tuple(policy for policy, _ in grants),
        origin=resource.root,
    )


def _name(resource: Resource) -> str:
    name = resource.get("name")
    if is_unknown(name) or name:
        return name if is_unknown(name) else str(name)
    prefix = resource.get("name_prefix")
    return prefix if is_unknown(prefix) else str(prefix)


def _homeless(
    state: State,
    grants: list[tuple[Resource, Policy, tuple[Resource, ...]]],
    owned: set[str],
) -> Iterator[Identity]:
    """Yield the policies of identities from elsewhere, and the ones that are not attached."""
    seen = set(owned)
    boundaries = _boundaries(state)
    for source, policy, parts in grants:
        seen.update(part.id for part in parts)
        yield Identity(
            subject=source.subject(*(part for part in parts if part is not source)),
            noun="policy",
            name=policy.name,
            policies=(policy,),
            origin=source.root,
        )
    for resource in state.of("aws_iam_policy"):
        if resource.id not in seen:
            yield _alone(resource, boundaries)


def _alone(resource: Resource, boundaries: frozenset[str]) -> Identity:
    """Return a policy that nobody here holds, or that limits what others hold."""
    policy = _written(resource, resource.get("policy", None))
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


def _grants(
    state: State,
) -> Iterator[tuple[Resource, Resource | None, Policy, tuple[Resource, ...]]]:
    """Yield source, holder, policy and the resources that it is made of."""
    for resource in state.of(*_INLINE):
        holder = resource.target(_INLINE[resource.type], *_HOLDERS)
        yield resource, holder, _written(resource, resource.get("policy", None)), (resource,)
    for resource in state.of(*_ATTACHMENTS):
        holds, names = _ATTACHMENTS[resource.type]
        holder = resource.target(holds, *_HOLDERS)
        yield from _attached(resource, holder, names)
    for resource in state.of("aws_iam_policy_attachment"):
        holders = [found for name in _TO_MANY for found in resource.targets(name, *_HOLDERS)]
        for holder in holders or [None]:
            yield from _attached(resource, holder, "policy_arn")


def _attached(
    resource: Resource, holder: Resource | None, names: str
) -> Iterator[tuple[Resource, Resource | None, Policy, tuple[Resource, ...]]]:
    arns = resource.listed(names)
    for arn in (arns,) if is_unknown(arns) else arns:
        policy, parts = _referred(resource, arn)
        yield resource, holder, policy, (resource, *parts)


def _managed_arns(resource: Resource) -> Iterator[Policy]:
    arns = resource.listed("managed_policy_arns")
    for arn in (arns,) if is_unknown(arns) else arns:
        yield _referred(resource, arn)[0]


def _inline_blocks(resource: Resource) -> Iterator[Policy]:
    blocks = resource.blocks("inline_policy")
    for block in (blocks,) if is_unknown(blocks) else blocks:
        if is_unknown(block):
            yield _undisclosed(resource, block)
        elif block.is_set("policy"):
            yield _written(resource, block.get("policy"), f"inline policy {_label(block)}")


def _label(block: Block) -> str:
    name = block.get("name")
    return "" if is_unknown(name) else str(name)


def _written(resource: Resource, document: object, name: str = "") -> Policy:
    """Return a policy whose document stands in a resource."""
    return Policy(
        name=name.strip() or resource.address,
        aws_name="",
        statements=read_statements(document, resource),
        location=resource.location,
    )


def _undisclosed(resource: Resource, reason: object) -> Policy:
    return Policy(
        name=resource.address,
        aws_name="",
        statements=reason,  # type: ignore[arg-type]
        location=resource.location,
    )


def _referred(resource: Resource, arn: object) -> tuple[Policy, tuple[Resource, ...]]:
    """Return the policy that an ARN names, with the resource that writes it."""
    if is_unknown(arn):
        return _undisclosed(resource, arn), ()
    text = str(arn)
    found = resource.resolve(text)
    if found is not None and found.type == "aws_iam_policy":
        if found.is_managed:
            return _written(found, found.get("policy", None)), (found,)
        text = _looked_up_arn(found)
    # The partition is often a reference: arn:${data.aws_partition.current.partition}:iam::aws:…
    if _AWS_POLICY in TOKEN.sub("*", text):
        name = text.rpartition("/")[2]
        return _of_aws(resource, name), ()
    return _undisclosed(resource, unknown(f"policy {text} is not part of this configuration")), ()


def _looked_up_arn(data: Resource) -> str:
    """Return the ARN of a policy looked up; one looked up by name may be AWS's or the account's."""
    arn = data.get("arn")
    return data.address if is_unknown(arn) or not arn else str(arn)


def _of_aws(resource: Resource, name: str) -> Policy:
    return Policy(
        name=f"AWS's policy {name}", aws_name=name, statements=(), location=resource.location
    )


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
        inventory=(*_HOLDERS, "aws_iam_policy", *_INLINE, *_ATTACHMENTS),
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
    ),
)
