"""Pipelines as trees of what runs one after another and side by side, templates filled in.

What cannot be seen, such as a template that is not in the repository, is `Hidden`; nothing is
assumed of it. `values` of a record is what is written for it, with templates filled in.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from assurance.model.actions import Action
from assurance.model.flow import Condition, FailureStrategy, Loop
from assurance.model.records import record
from assurance.model.subjects import Subject

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Studied:
    """Something large that many rules ask the same of; it never changes, so one answer will do."""

    _found: dict[Callable[[Any], Any], Any] = field(default_factory=dict, init=False, repr=False)

    def once(self, study: Callable[[Any], T]) -> T:
        """Return what a function finds out about it, asked the first time only."""
        if study not in self._found:
            self._found[study] = study(self)
        found: T = self._found[study]
        return found


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Hidden:
    """Something that runs here and cannot be seen.

    Attributes:
        path: Where it stands, such as `workshop_cd/production/checks`.
        level: What it stands for: `pipeline`, `stage`, `group`, `step` or `steps`.
        reason: Why it cannot be seen.
    """

    subject: Subject
    path: str
    level: str
    reason: str


@record(kw_only=True, eq=False)
class Sequence:
    """Nodes that run one after another."""

    nodes: tuple[Node, ...]


@record(kw_only=True, eq=False)
class Parallel:
    """Nodes that run side by side; what follows waits for all of them."""

    nodes: tuple[Node, ...]


@record(kw_only=True, eq=False)
class Step:
    """One step.

    Attributes:
        path: Identifiers from the pipeline down: `workshop_cd/production/approve/release_board`.
        identifier: Its identifier.
        name: What people see.
        type: Harness's type, such as `Run`.
        action: What it does.
        condition: When it runs.
        failure_strategies: Its own.
        inherited: Those of its groups, nearest first, then those of its stage.
        loops: Its own repetition; none or one.
        timeout: Its own, in seconds; None where it states none.
        bound: The shortest timeout that it, or what it stands in, states; None for none.
        selectors: Tags of the delegates that it runs on: its own, or those of what it stands in.
        is_rollback: Whether it is among the rollback steps of a stage or group.
        template: The template that it comes from, `identifier@version`; empty for none.
        values: What is written under `step`.
    """

    subject: Subject
    path: str
    identifier: str
    name: str
    type: str
    action: Action
    condition: Condition
    failure_strategies: tuple[FailureStrategy, ...]
    inherited: tuple[FailureStrategy, ...]
    loops: tuple[Loop, ...]
    timeout: float | None
    bound: float | None
    selectors: tuple[str, ...]
    is_rollback: bool
    template: str
    values: Mapping[str, Any]

    @property
    def strategies(self) -> tuple[FailureStrategy, ...]:
        """All that apply to it, in the order in which they are tried."""
        return (*self.failure_strategies, *self.inherited)


@record(kw_only=True, eq=False)
class StepGroup:
    """Steps that are kept together; the attributes are those of `Step` and `Stage`."""

    subject: Subject
    path: str
    identifier: str
    name: str
    body: Sequence
    rollback: Sequence
    condition: Condition
    failure_strategies: tuple[FailureStrategy, ...]
    loops: tuple[Loop, ...]
    timeout: float | None
    selectors: tuple[str, ...]
    is_rollback: bool
    template: str
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class EnvironmentUse:
    """An environment of Harness that a stage deploys to.

    Attributes:
        reference: As it is written, such as `production` or `org.production`.
        is_production: Whether its file says `type: Production`; unknown where there is no file.
        infrastructures: Identifiers of the infrastructures in it.
    """

    reference: str
    is_production: bool
    infrastructures: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Stage(Studied):
    """One stage.

    Attributes:
        path: `workshop_cd/production`.
        type: `CI`, `Deployment`, `Approval`, `Custom`, `SecurityTests`, `Pipeline` …
        deployment_type: Of a deployment stage, such as `ECS`; else empty.
        environments: What it deploys to; unknown where an expression decides it.
        services: What it deploys, as it is written; unknown where an expression decides it.
        body: What it runs; of a `Pipeline` stage, the stages of the other pipeline.
        rollback: What it runs when it rolls back.
        condition: When it runs.
        failure_strategies: For all its steps that have none of their own.
        loops: Its repetition; none or one.
        timeout: Its own, in seconds; None where it states none.
        selectors: Tags of the delegates that it runs on: its own, or those of the pipeline.
        chained: Of a `Pipeline` stage, the identifier of the other pipeline; else empty.
        template: The template that it comes from, `identifier@version`; empty for none.
        values: What is written under `stage`.
    """

    subject: Subject
    path: str
    identifier: str
    name: str
    type: str
    deployment_type: str
    environments: tuple[EnvironmentUse, ...]
    services: tuple[str, ...]
    body: Sequence
    rollback: Sequence
    condition: Condition
    failure_strategies: tuple[FailureStrategy, ...]
    loops: tuple[Loop, ...]
    timeout: float | None
    selectors: tuple[str, ...]
    chained: str
    template: str
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Pipeline(Studied):
    """One pipeline.

    Attributes:
        org: Identifier of its organization; empty where the file does not say.
        project: Identifier of its project, likewise.
        stages: What it runs.
        allows_selected_stages: Whether a run may leave out any of its stages.
        timeout: In seconds; None where it states none.
        selectors: Tags of the delegates that it runs on.
        tags: What it is labelled with.
        template: The template that it comes from, `identifier@version`; empty for none.
        values: What is written under `pipeline`.
    """

    subject: Subject
    path: str
    identifier: str
    name: str
    org: str
    project: str
    stages: Sequence
    allows_selected_stages: bool
    timeout: float | None
    selectors: tuple[str, ...]
    tags: Mapping[str, str]
    template: str
    values: Mapping[str, Any]


Node = Step | StepGroup | Stage | Sequence | Parallel | Hidden
