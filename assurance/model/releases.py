"""Steps of a pipeline that change what runs, or how it behaves.

Each is a part of an `Action`. The strategy is one of Harness's; `other` stands for a command that
deploys by itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Strategy(StrEnum):
    """How a deployment replaces the old version."""

    ROLLING = "rolling"
    CANARY = "canary"
    BLUE_GREEN = "blue/green"
    BASIC = "basic"
    OTHER = "other"


class DeploymentPart(StrEnum):
    """What one step of a deployment does."""

    DEPLOY = "deploy"
    CREATE = "create"
    SHIFT = "shift"
    SWAP = "swap"
    DELETE = "delete"
    SCALE = "scale"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Listeners:
    """What a blue/green deployment is told of its load balancer; empty where it is not told."""

    load_balancer: str
    production: str
    production_rule: str
    stage: str
    stage_rule: str
    stage_target_group: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Deployment:
    """A step that changes what runs.

    Attributes:
        tool: The type of step, or the program.
        strategy: One of `Strategy`.
        part: One of `DeploymentPart`.
        weight: Of a shift, the percentage that goes to the new version; else None.
        keeps_old_for: Of a swap or shift, the seconds for which the old version is kept running
            after it; None where that is not its matter.
        listeners: Of a blue/green creation; none for anything else.
    """

    tool: str
    strategy: Strategy
    part: DeploymentPart
    weight: int | None
    keeps_old_for: float | None
    listeners: tuple[Listeners, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Rollback:
    """A step that brings the old version back."""

    tool: str
    strategy: Strategy


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class InfrastructureChange:
    """A change of infrastructure, such as `terraform apply`."""

    tool: str
    directory: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class FlagChange:
    """A change of a feature flag: its name, and the environment, as they are written."""

    feature: str
    environment: str
