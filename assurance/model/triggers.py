"""Triggers: what starts pipelines, in Harness's words."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from assurance.model.subjects import Location, Subject


class Source(StrEnum):
    """What a trigger listens to."""

    PUSH = "push"
    PULL_REQUEST = "pull request"
    GIT = "another event of a repository"
    CUSTOM = "custom webhook"
    ARTIFACT = "new artifact"
    COMPLETION = "end of a pipeline"
    SCHEDULE = "schedule"
    OTHER = "something else"


WEBHOOKS = (Source.PUSH, Source.PULL_REQUEST, Source.GIT, Source.CUSTOM)
"""Sources that reach Harness as a request from outside."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Filter:
    """A condition on an event.

    Attributes:
        key: What is compared: `targetBranch`, `changedFiles` or an expression.
        operator: `Equals`, `In`, `Regex` …
        value: With what.
        location: Where it is written.
    """

    key: str
    operator: str
    value: str
    location: Location

    def __str__(self) -> str:
        return f"{self.key} {self.operator} {self.value}"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Build:
    """What the clone of a triggered run is taken from.

    Attributes:
        kind: `branch`, `tag`, `PR`, `commitSha`; empty where nothing is stated.
        value: Of which; may be an expression.
    """

    kind: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Trigger:
    """A trigger.

    Attributes:
        pipelines: Ids of the pipelines that it starts; empty where none of that name is there.
        branch: Of which the definition of the pipeline is taken; empty for the default branch.
        source: What it listens to.
        provider: Of the webhook or artifact, such as `Github` or `Ecr`.
        is_enabled: Whether it does so now.
        actions: What must have happened to a pull request; empty for anything.
        filters: Conditions on the event, all of which must be met.
        headers: Conditions on the headers of the request.
        expression: A further condition; empty for none.
        secret: The secret by which the sender is recognised; empty for none.
        build: What its runs clone; unknown where that cannot be read.
        stages: The only stages that it runs; empty for all.
        image: Of an artifact, the repository in its registry.
        completes: Ids of the pipelines whose end starts it.
        on_success: Whether it is started by a successful end.
    """

    subject: Subject
    pipelines: tuple[str, ...]
    branch: str
    source: Source
    provider: str
    is_enabled: bool
    actions: tuple[str, ...]
    filters: tuple[Filter, ...]
    headers: tuple[Filter, ...]
    expression: str
    secret: str
    build: Build
    stages: tuple[str, ...]
    image: str
    completes: tuple[str, ...]
    on_success: bool
