"""What must hold: requirements with their parameters, counterexamples, controls and waivers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from assurance.model.subjects import Location

Limit = int | float | str | tuple[int | float | str, ...]


class Layer(StrEnum):
    """How close to its use the system is looked at."""

    DECLARED = "declared"
    DEPLOYED = "deployed"
    OBSERVED = "observed"
    EXERCISED = "exercised"


class Severity(StrEnum):
    """How much it hurts when a requirement is not met, least first."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    CRITICAL = "critical"


class Change(StrEnum):
    """How a counterexample breaks the evidence."""

    SET = "set"
    REMOVE = "remove"
    COPY = "copy"
    APPEND = "append"
    ADD = "add"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Parameter:
    """A number, word or list in a requirement that the owner of a system may decide.

    Attributes:
        name: How a rule asks for it.
        default: What the catalogue says.
        value: What holds in this run: the default, or what the owner decided.
        unit: What is counted.
        meaning: What it limits, in words.
    """

    name: str
    default: Limit
    value: Limit
    unit: str
    meaning: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Counterexample:
    """A small change of the evidence that must make a requirement fail.

    Attributes:
        layer: Whose evidence is changed.
        change: The kind of change.
        target: The path that is changed, or the type that is added.
        value: What is put there; `None` also for a removal.
        scenario: Title of the only scenario that must catch it, or empty: all of the layer.
        breaks_others: Whether other subjects than the changed resource must fail.
        breaks: Patterns of the subjects that must fail, where the catalogue names them.
        policy: The checkov policy that must catch it, or empty.
        note: Why it is a violation, or empty.
        location: Where the catalogue states it.
    """

    layer: Layer
    change: Change
    target: str
    value: object
    scenario: str
    breaks_others: bool
    breaks: tuple[str, ...]
    policy: str
    note: str
    location: Location


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Control:
    """A control of a published framework that a requirement supports."""

    framework: str
    id: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Framework:
    """A published set of controls, with the ones that requirements map to, by identifier."""

    id: str
    title: str
    source: str
    controls: Mapping[str, Control]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Requirement:
    """A row of the catalogue.

    Attributes:
        id: Its final name, such as `DAT-04`.
        area: The file of the catalogue that holds it, such as `data`.
        title: The wanted state in a few words.
        statement: The whole sentence, with the parameters' values of this run.
        layers: Where it is judged.
        unbuilt: The layers of those whose verifier does not exist yet.
        severity: How much a violation hurts.
        parameters: What the owner of a system may decide, by name.
        when_empty: `fail` or `notapplicable`: the verdict when there is nothing to judge.
        may_be_absent: Reasons, by kind of subject, why there may be none of it: then a scenario
            about that kind is not applicable, whatever `when_empty` says.
        notapplicable: Reasons, by case, why a subject may not be concerned.
        controls: What it supports in published frameworks.
        policies: Checkov policies that verify it.
        remedy: What to do about a violation.
        counterexamples: What must make it fail.
        location: Where the catalogue states it.
    """

    id: str
    area: str
    title: str
    statement: str
    layers: tuple[Layer, ...]
    unbuilt: tuple[Layer, ...]
    severity: Severity
    parameters: Mapping[str, Parameter]
    when_empty: str
    notapplicable: Mapping[str, str]
    controls: tuple[Control, ...]
    policies: tuple[str, ...]
    remedy: str
    counterexamples: tuple[Counterexample, ...]
    location: Location
    may_be_absent: Mapping[str, str] = field(default_factory=dict)

    @property
    def area_title(self) -> str:
        """The area as a heading says it."""
        words = self.area.replace("_", " ").capitalize().split(" ")
        return " ".join(word.upper() if word in {"Ci", "Cd"} else word for word in words)

    @property
    def built(self) -> tuple[Layer, ...]:
        """The layers that have a verifier."""
        return tuple(layer for layer in self.layers if layer not in self.unbuilt)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Waiver:
    """A dated, owned exception to a requirement.

    Attributes:
        requirement: Id of the requirement.
        subject: Pattern of the subjects concerned, with `*` and `?`.
        environments: Names of the environments concerned; empty where it concerns all.
        reason: Why the exception is right for now.
        owner: Who answers for it.
        approver: Who allowed it.
        approved: When it was allowed.
        expires: The last day on which it counts.
        location: Where it is written.
    """

    requirement: str
    subject: str
    environments: tuple[str, ...]
    reason: str
    owner: str
    approver: str
    approved: date
    expires: date
    location: Location

    def concerns(self, environment: str) -> bool:
        """Whether it counts in an environment."""
        return not self.environments or environment in self.environments
