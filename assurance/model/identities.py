"""Identities: roles, users and groups, what they may do, and who may become them."""

from __future__ import annotations

from dataclasses import dataclass

from assurance.model.subjects import Location, Subject


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Condition:
    """One condition of a statement.

    Attributes:
        operator: Such as `StringEquals`.
        key: Such as `aws:SourceAccount`.
        values: What the key is compared with.
        refers: Ids of the subjects of this configuration that the values name.
    """

    operator: str
    key: str
    values: tuple[str, ...]
    refers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Principal:
    """Who a statement of a trust or resource policy speaks of.

    Attributes:
        kind: `AWS`, `Service`, `Federated` or `CanonicalUser`.
        name: An ARN, an account, a service's principal, a provider; `*` is everybody.
        account: Where it lives: `own`, `other`, empty where it lives in no account, or unknown.
        is_identity: Whether it names one role or user, rather than an account.
    """

    kind: str
    name: str
    account: str
    is_identity: bool


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Target:
    """A resource, or pattern of resources, that a statement names.

    Attributes:
        text: As the document has it.
        name: The same with the names of what it refers to, where they are known.
        is_everything: Whether it is `*`, or an ARN that leaves the whole resource open.
        is_whole_type: Whether it is everything of one type, such as `role/*`.
        refers: Ids of the subjects of this configuration that it names.
        looked_up: Ids of what it names that the configuration looks up and does not manage.
    """

    text: str
    name: str
    is_everything: bool
    is_whole_type: bool
    refers: tuple[str, ...]
    looked_up: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Statement:
    """One statement of a policy document.

    Attributes:
        label: Its Sid, or its place in the document.
        allows: Whether its effect is Allow.
        actions: What it speaks of; empty where it says NotAction.
        other_actions: What its NotAction leaves out.
        resources: On what; empty in a trust policy, and where it says NotResource.
        other_resources: What its NotResource leaves out.
        principals: Who; empty in the policy of an identity.
        other_principals: Whether it says NotPrincipal.
        conditions: When.
    """

    label: str
    allows: bool
    actions: tuple[str, ...]
    other_actions: tuple[str, ...]
    resources: tuple[Target, ...]
    other_resources: tuple[Target, ...]
    principals: tuple[Principal, ...]
    other_principals: bool
    conditions: tuple[Condition, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Policy:
    """A policy that an identity has, whichever way it got it.

    Attributes:
        name: How a message calls it.
        aws_name: Its name where AWS wrote it, such as `AdministratorAccess`, else empty.
        statements: What it says; empty for a policy of AWS.
        location: Where it is written.
    """

    name: str
    aws_name: str
    statements: tuple[Statement, ...]
    location: Location


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Identity:
    """A role, user or group, or a policy that nobody in the configuration holds.

    Attributes:
        noun: `role`, `user`, `group` or `policy`.
        name: As AWS knows it.
        policies: All that it has.
        origin: Where it is kept: the root module, or the account.
        is_boundary: Whether it is a policy that limits others instead of granting anything.
    """

    subject: Subject
    noun: str
    name: str
    policies: tuple[Policy, ...]
    origin: str
    is_boundary: bool = False


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Use:
    """A place where a role is handed to a service of AWS.

    Attributes:
        place: What it is handed to, in words.
        principal: The service principal that takes it there.
    """

    place: str
    principal: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Trust:
    """Who may become a role.

    Attributes:
        subject: The role.
        statements: Its trust policy.
        uses: Where the configuration hands the role to services.
    """

    subject: Subject
    statements: tuple[Statement, ...]
    uses: tuple[Use, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Workload:
    """An ECS service as its roles see it.

    Attributes:
        subject: The service.
        execution_role: Id of the role that starts its tasks; empty where it has none.
        task_role: Id of the role its containers work under; empty where it has none.
        sharers: For each of its roles that another service has as well, the role and that service.
    """

    subject: Subject
    execution_role: str
    task_role: str
    sharers: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ServiceLink:
    """A place where AWS offers a service-linked role.

    Attributes:
        subject: The resource that takes the role.
        offered: The service-linked role, such as `AWSServiceRoleForECS`.
        given: The role that the configuration hands over instead; empty where it hands over none.
        is_linked: Whether what it hands over is the service-linked role.
    """

    subject: Subject
    offered: str
    given: str
    is_linked: bool


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ResourcePolicy:
    """The policy of a thing, which says who may use it; `*` as resource means the thing itself."""

    subject: Subject
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Identities:
    """All that is known of identities in one environment."""

    identities: tuple[Identity, ...]
    trusts: tuple[Trust, ...]
    workloads: tuple[Workload, ...]
    links: tuple[ServiceLink, ...]
    resource_policies: tuple[ResourcePolicy, ...]
