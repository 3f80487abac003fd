"""Definitions of Harness as they are written: their files, parts, names, and what does not fit."""

from __future__ import annotations

from dataclasses import dataclass

from assurance.model.records import record
from assurance.model.subjects import Location, Subject


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class DefinitionFile:
    """A file with definitions.

    Attributes:
        faults: Why it, or a document in it, could not be read; none where all of it was.
    """

    subject: Subject
    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Stray:
    """A field that stands where Harness does not look for it.

    Attributes:
        name: Of the field.
        belongs: Where it would have its effect, seen from where it stands.
        location: Where it stands.
    """

    name: str
    belongs: str
    location: Location


@record(kw_only=True, eq=False)
class Part:
    """The whole of a definition, or a stage, group or step in it.

    Attributes:
        label: What to call it in a message: `step 'scan' (AquaTrivy)`.
        path: Identifiers that tell it from all others, as Harness joins them: a group has a name
            space of its own, parallel blocks have none.
        identifier: As it is written; not text where it is a number or a word of YAML.
        name: Likewise.
        is_named: Whether it needs an identifier and a name: the content of a template has none.
        timeout: As it is written; empty for none.
        strays: The fields in it that stand in the wrong place.
        location: Where it starts.
    """

    label: str
    path: str
    identifier: object
    name: object
    is_named: bool
    timeout: str
    strays: tuple[Stray, ...]
    location: Location


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Borrowing:
    """A stage that takes its service or environment from another.

    Attributes:
        what: `service` or `environment`.
        stage: The identifier of the other, as it is written.
        is_earlier: Whether the pipeline has such a stage before it.
        location: Where it is written.
    """

    what: str
    stage: str
    is_earlier: bool
    location: Location


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Input:
    """A value that is given to a pipeline or a template.

    Attributes:
        path: Where in it the value goes.
        given: The value, in words.
        fault: Why it does not take the value; empty where it does.
        location: Where it is written.
    """

    path: str
    given: str
    fault: str
    location: Location


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Definition:
    """One definition.

    Attributes:
        parts: Itself first, then what it holds.
        borrowings: Uses of what other stages deploy, or where to.
        template_inputs: What it gives to the templates that it uses.
        twins: Where the same kind has the same identifier in the same scope.
        circle: Of a template, the templates through which it comes back to itself.
        deviations: What the published schema refuses in it.
        is_compared: Whether it was held against the published schema.
    """

    subject: Subject
    parts: tuple[Part, ...]
    borrowings: tuple[Borrowing, ...]
    template_inputs: tuple[Input, ...]
    twins: tuple[Location, ...]
    circle: tuple[str, ...]
    deviations: tuple[str, ...]
    is_compared: bool


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class InputSet:
    """What an input set, or a trigger, gives to a pipeline.

    Attributes:
        pipeline: The pipeline's identifier.
        inputs: What is given; unknown where the pipeline is not there to be compared with.
    """

    subject: Subject
    pipeline: str
    inputs: tuple[Input, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Definitions:
    """All definitions of a system."""

    files: tuple[DefinitionFile, ...]
    definitions: tuple[Definition, ...]
    input_sets: tuple[InputSet, ...]
