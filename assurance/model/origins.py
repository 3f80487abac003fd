"""Where the things that services depend on come from: Terraform, a look-up, a hand or a script."""

from __future__ import annotations

from dataclasses import dataclass

from assurance.model.subjects import Subject


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Dependence:
    """One thing of AWS that a service cannot do without.

    Attributes:
        noun: What it is to the service, such as `subnet`.
        name: As the configuration names it.
        is_declared: Whether the configuration makes it or looks it up; a literal does neither.
    """

    noun: str
    name: str
    is_declared: bool


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Dependent:
    """A service with all that it depends on."""

    subject: Subject
    dependences: tuple[Dependence, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Script:
    """A resource through which Terraform runs something else, or hands over to it.

    Attributes:
        means: What runs: `local-exec`, `CloudFormation`; empty where the resource runs nothing.
        commands: What it is told, as written.
    """

    subject: Subject
    means: str
    commands: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Origins:
    """What is known of where things come from, in one environment."""

    dependents: tuple[Dependent, ...]
    scripts: tuple[Script, ...]
