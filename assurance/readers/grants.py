"""Every way in which Terraform gives a policy to a role, a user or a group."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from assurance.model.identities import Policy
from assurance.model.unknown import is_unknown, unknown
from assurance.readers.documents import read_statements
from assurance.readers.state import TOKEN, Block, Resource, State

HOLDERS = {"aws_iam_role": "role", "aws_iam_user": "user", "aws_iam_group": "group"}

INLINE = {
    "aws_iam_role_policy": "role",
    "aws_iam_user_policy": "user",
    "aws_iam_group_policy": "group",
}

ATTACHMENTS = {
    "aws_iam_role_policy_attachment": ("role", "policy_arn"),
    "aws_iam_user_policy_attachment": ("user", "policy_arn"),
    "aws_iam_group_policy_attachment": ("group", "policy_arn"),
    "aws_iam_role_policy_attachments_exclusive": ("role_name", "policy_arns"),
    "aws_iam_user_policy_attachments_exclusive": ("user_name", "policy_arns"),
    "aws_iam_group_policy_attachments_exclusive": ("group_name", "policy_arns"),
}

TO_MANY = "aws_iam_policy_attachment"

_OF_AWS = ":iam::aws:policy/"

_NAMES_OF_AWS = (
    "AWS",
    "AdministratorAccess",
    "Amazon",
    "CloudWatch",
    "PowerUserAccess",
    "ReadOnly",
)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Grant:
    """A policy that a resource gives to somebody.

    Attributes:
        source: The resource that gives it.
        holder: Who gets it; None where they are kept elsewhere.
        policy: What is given.
        parts: The source, and the resource that writes the policy.
    """

    source: Resource
    holder: Resource | None
    policy: Policy
    parts: tuple[Resource, ...]


def read_grants(state: State) -> Iterator[Grant]:
    """Yield what separate resources give."""
    for resource in state.of(*INLINE):
        yield Grant(
            source=resource,
            holder=resource.target(INLINE[resource.type], *HOLDERS),
            policy=written(resource, resource.get("policy", None)),
            parts=(resource,),
        )
    for resource in state.of(*ATTACHMENTS):
        holds, names = ATTACHMENTS[resource.type]
        yield from _attached(resource, resource.target(holds, *HOLDERS), names)
    for resource in state.of(TO_MANY):
        named = ("roles", "users", "groups")
        holders = [found for name in named for found in resource.targets(name, *HOLDERS)]
        for holder in holders or [None]:
            yield from _attached(resource, holder, "policy_arn")


def may_be_given(state: State, holder: str) -> tuple[Policy, ...]:
    """Return what any holder of a type may have: policies given to one that is not known."""
    kind = HOLDERS[holder]
    places = INLINE | {type_: holds for type_, (holds, _) in ATTACHMENTS.items()}
    return tuple(
        _undisclosed(each, unknown(f"whether {each.id} gives it a policy is not known"))
        for type_, path in places.items()
        if type_.startswith(f"aws_iam_{kind}_")
        for each in state.of(type_)
        if is_unknown(each.get(path))
    )


def _attached(resource: Resource, holder: Resource | None, names: str) -> Iterator[Grant]:
    arns = resource.listed(names)
    for arn in (arns,) if is_unknown(arns) else arns:
        policy, parts = _referred(resource, arn)
        yield Grant(source=resource, holder=holder, policy=policy, parts=(resource, *parts))


def own_policies(resource: Resource) -> Iterator[Policy]:
    """Yield what stands in the resource of the holder itself."""
    blocks = resource.blocks("inline_policy")
    for block in (blocks,) if is_unknown(blocks) else blocks:
        if is_unknown(block):
            yield _undisclosed(resource, block)
        elif block.is_set("policy"):
            yield written(resource, block.get("policy"), f"inline policy {_label(block)}")
    arns = resource.listed("managed_policy_arns")
    for arn in (arns,) if is_unknown(arns) else arns:
        yield _referred(resource, arn)[0]


def _label(block: Block) -> str:
    name = block.get("name")
    return "" if is_unknown(name) else str(name)


def written(resource: Resource, document: object, name: str = "") -> Policy:
    """Return a policy whose document stands in a resource."""
    if _doubt(resource) and resource.type not in HOLDERS:
        return _undisclosed(resource, unknown(_doubt(resource)))
    return Policy(
        name=name.strip() or resource.address,
        aws_name="",
        statements=read_statements(document, resource),
        location=resource.location,
    )


def _doubt(resource: Resource) -> str:
    """Return why it cannot be known whether a resource exists; nothing where it does."""
    why = resource.subject().existence
    return f"whether {resource.id} exists: {why}" if why else ""


def _undisclosed(resource: Resource, reason: Any) -> Policy:
    return Policy(name=resource.address, aws_name="", statements=reason, location=resource.location)


def _referred(resource: Resource, arn: Any) -> tuple[Policy, tuple[Resource, ...]]:
    """Return the policy that an ARN names, with the resource that writes it."""
    doubt = "" if resource.type in HOLDERS else _doubt(resource)
    if is_unknown(arn) or doubt:
        return _undisclosed(resource, unknown(doubt) if doubt else arn), ()
    text = str(arn)
    found = resource.resolve(text)
    if found is not None and found.type == "aws_iam_policy":
        if found.is_managed:
            return written(found, found.get("policy", None)), (found,)
        text = _looked_up_arn(found)
    # The partition is often a reference: arn:${data.aws_partition.current.partition}:iam::aws:…
    if _OF_AWS in TOKEN.sub("*", text):
        return _of_aws(resource, text.rpartition("/")[2]), ()
    return _undisclosed(resource, unknown(f"policy {text} is not part of this configuration")), ()


def _looked_up_arn(data: Resource) -> str:
    """Return the ARN of a policy looked up; one looked up by name is AWS's if only AWS names so."""
    arn, name = data.get("arn"), data.get("name")
    if not is_unknown(arn) and arn:
        return str(arn)
    if not is_unknown(name) and str(name).startswith(_NAMES_OF_AWS):
        return f"arn:aws{_OF_AWS}{name}"
    return data.address


def _of_aws(resource: Resource, name: str) -> Policy:
    return Policy(
        name=f"AWS's policy {name}", aws_name=name, statements=(), location=resource.location
    )
