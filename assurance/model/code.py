"""Terraform as code: roots, modules, what they take and give, and what they keep."""

from __future__ import annotations

from dataclasses import dataclass

from assurance.model.subjects import Location, Subject


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Input:
    """A variable of a module.

    Attributes:
        name: Its name.
        type: As it is declared; empty for none.
        description: Empty for none.
    """

    name: str
    type: str
    description: str
    location: Location


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Output:
    """An output of a module."""

    name: str
    description: str
    location: Location


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Module:
    """A directory with Terraform of the system's own.

    Attributes:
        inputs: Its variables.
        outputs: What it gives.
        validations: How many conditions they are validated by.
    """

    subject: Subject
    inputs: tuple[Input, ...]
    outputs: tuple[Output, ...]
    validations: int


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ModuleCall:
    """A use of a module.

    Attributes:
        name: How the caller calls it.
        source: Where it comes from.
        version: The constraint on a registry's version; empty for none.
    """

    name: str
    source: str
    version: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Provider:
    """A provider that a root uses.

    Attributes:
        name: Its local name.
        constraints: All that the modules of the root ask of its version.
    """

    name: str
    constraints: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Backend:
    """Where the state of a root is kept.

    Attributes:
        kind: `s3`, `gcs`, `remote` …; empty for a file beside the code.
        is_encrypted: Whether the state is encrypted at rest.
        is_locked: Whether two runs at once are kept apart.
        place: Bucket and key, or what else tells the state from others.
    """

    kind: str
    is_encrypted: bool
    is_locked: bool
    place: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Root:
    """A root module: what is planned and applied as one.

    Attributes:
        unformatted: Files that `terraform fmt` would change.
        is_valid: Whether Terraform accepts it.
        faults: What it says where it does not.
        calls: The modules that it composes, and the ones that these do.
        composes: How many it composes by itself.
        terraform: The constraint on Terraform's own version; empty for none.
        providers: What it uses.
        locked: Names of the providers in its lock file; none without one.
        backend: Where its state is.
    """

    subject: Subject
    unformatted: tuple[str, ...]
    is_valid: bool
    faults: tuple[str, ...]
    calls: tuple[ModuleCall, ...]
    composes: int
    terraform: str
    providers: tuple[Provider, ...]
    locked: tuple[str, ...]
    backend: Backend


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Stateful:
    """A resource that loses something when it is destroyed.

    Attributes:
        type: Its type.
        guards: What keeps it from being destroyed, in words.
    """

    subject: Subject
    type: str
    guards: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Change:
    """What a plan does to a resource.

    Attributes:
        actions: `no-op`, `create`, `update`, `delete`, `read`; both delete and create replace it.
        forced_by: The attributes that force a replacement.
        is_stateful: Whether it loses something by that.
    """

    subject: Subject
    actions: tuple[str, ...]
    forced_by: tuple[str, ...]
    is_stateful: bool


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Code:
    """All Terraform of one environment."""

    roots: tuple[Root, ...]
    modules: tuple[Module, ...]
    stateful: tuple[Stateful, ...]
    changes: tuple[Change, ...]
