"""What a step of a pipeline does, whatever way it is written.

Names, paths and tags stay as they are written, Harness's expressions included; what decides and
cannot be known is unknown. Where a step stands, and what happens when it fails, belongs to
`assurance.model.pipelines`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, TypeVar

from assurance.model.checks import (
    Approval,
    Decision,
    DynamicScan,
    PolicyCheck,
    QualityAnalysis,
    Scan,
    SuiteVerification,
    TestRun,
    Verification,
)
from assurance.model.records import record
from assurance.model.releases import Deployment, FlagChange, InfrastructureChange, Rollback


@record(kw_only=True, eq=False)
class Command:
    """A command that is none of the other parts.

    Attributes:
        text: As it is written.
        directory: Where it runs, from the root of the clone.
        hides: Empty where it is known to neither publish, deploy nor check anything; otherwise
            why what it does is not seen, such as `runs ./release.sh`.
    """

    text: str
    directory: str
    hides: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Checkout:
    """A clone of a repository by a step of its own; that of the stage is the stage's."""

    repository: str
    directory: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ImageBuild:
    """The build of an image.

    Attributes:
        tool: The type of step, or the program.
        image: The repository that it is named for, without registry and tag; empty for none.
        tags: As they are written.
        dockerfile: Its path from the root of the clone.
        context: The directory it is built from, likewise; `.` for the root itself.
        archive: The path of the archive that it is written to; empty for none.
        caches_layers: Whether layers of earlier builds are used again.
    """

    tool: str
    image: str
    tags: tuple[str, ...]
    dockerfile: str
    context: str
    archive: str
    caches_layers: bool


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Publication:
    """An image that becomes available to others in a registry.

    Attributes:
        tool: The type of step, or the program.
        registry: Host of the registry, or `ecr` where the step's type says so; may be empty.
        image: The repository in it, without registry and tag.
        tags: As they are written.
        archive: The archive that is published; empty where it is an image of the machine.
        source: The image that is published under this name; empty where it is the same, or new.
        was_published: Whether it only gets another name: it comes from a registry.
        context: Where the same step builds it, the directory it is built from, `.` for the root;
            else empty.
    """

    tool: str
    registry: str
    image: str
    tags: tuple[str, ...]
    archive: str
    source: str
    was_published: bool
    context: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Message:
    """A message to people, through `email`, `jira` and the like."""

    channel: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SharedCache:
    """Files that are kept from one run for another, or fetched again, under a key."""

    key: str
    paths: tuple[str, ...]
    saves: bool


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Upload:
    """Files that are put somewhere, as `S3Upload` does."""

    tool: str
    path: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Pause:
    """A step that only waits, holds a place, or keeps runs apart."""

    kind: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Unrecognised:
    """What a step does is not known: its type, or why its command cannot be read."""

    what: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class HiddenInTemplate:
    """The step is written in a template that is not at hand."""

    reference: str


Part = (
    Command
    | Checkout
    | TestRun
    | ImageBuild
    | Publication
    | Scan
    | QualityAnalysis
    | DynamicScan
    | Approval
    | Verification
    | SuiteVerification
    | Decision
    | Deployment
    | Rollback
    | InfrastructureChange
    | FlagChange
    | Message
    | PolicyCheck
    | SharedCache
    | Upload
    | Pause
    | Unrecognised
    | HiddenInTemplate
)

P = TypeVar("P", bound=Part)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Output:
    """An output variable of a step: its name, and its value as far as the script tells."""

    name: str
    value: str


@record(kw_only=True, eq=False)
class Action:
    """All that one step does.

    Attributes:
        step_type: Harness's type of the step; empty for one that is hidden in a template.
        parts: What it does, in the order in which it does it.
        report_paths: The paths from which the step publishes JUnit reports, as they are written.
        outputs: The output variables.
    """

    step_type: str
    parts: tuple[Part, ...]
    report_paths: tuple[str, ...]
    outputs: tuple[Output, ...]
    _by_kind: dict[type, tuple[Any, ...]] = field(init=False, repr=False, default_factory=dict)

    def of(self, kind: type[P]) -> tuple[P, ...]:
        """Return the parts of one kind, in their order; every question asks for some."""
        found = self._by_kind.get(kind)
        if found is None:
            found = self._by_kind[kind] = tuple([each for each in self.parts if type(each) is kind])
        return found
