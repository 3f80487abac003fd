"""What questions about paths are asked of: deployments to production, tests of staging, approvals.

What nobody can tell raises `UnknownValue`; the proof then says unknown if it depends on it.
"""

from __future__ import annotations

import re

from assurance.model.actions import Command, HiddenInTemplate, Part, Unrecognised
from assurance.model.checks import Approval, TestKind, TestRun
from assurance.model.findings import all_of, any_of
from assurance.model.pipeline_walks import Placed, reached_stages
from assurance.model.pipelines import Hidden, Stage
from assurance.model.releases import Deployment, DeploymentPart, InfrastructureChange, Strategy
from assurance.model.unknown import UnknownValue, is_unknown

_BRINGS = (
    DeploymentPart.DEPLOY,
    DeploymentPart.CREATE,
    DeploymentPart.SHIFT,
    DeploymentPart.SWAP,
)
_WITHOUT_ENVIRONMENT = ("CI", "Approval", "SecurityTests", "FeatureFlag", "IACM")
_AGAINST = (TestKind.INTEGRATION, TestKind.END_TO_END, TestKind.LOAD)


def brings_version(part: Deployment) -> bool:
    """Whether a step of a deployment makes a new version run, or lets it be used."""
    phase = part.strategy == Strategy.BASIC and part.part == DeploymentPart.SCALE
    return phase or part.part in _BRINGS


def in_production(stage: Stage) -> bool:
    """Whether a stage works in production, among other environments perhaps."""
    return any_of(stage.environments, lambda use: use.is_production)


def outside_production(stage: Stage) -> bool:
    """Whether a stage works in environments of which none is production."""
    return bool(stage.environments) and all_of(
        stage.environments, lambda use: not use.is_production
    )


def changes_production(part: Part, placed: Placed) -> bool:
    """Whether it brings something new to production; taking something away is no such thing."""
    stage = placed.stage
    if isinstance(part, Deployment):
        if not brings_version(part):
            return False
        if not is_unknown(stage.environments) and not stage.environments:
            raise UnknownValue(f"where {placed.step.path} deploys to is not written")
        return in_production(stage)
    if isinstance(part, InfrastructureChange):
        return _has_environment(stage) and in_production(stage)
    if isinstance(part, Command | Unrecognised | HiddenInTemplate):
        return _may_change(part, placed)
    return False


def _has_environment(stage: Stage) -> bool:
    return is_unknown(stage.environments) or bool(stage.environments)


def _may_change(part: Command | Unrecognised | HiddenInTemplate, placed: Placed) -> bool:
    """Tell of what cannot be read that it changes nothing where it has no environment to change."""
    why = _unread(part)
    if why and _has_environment(placed.stage) and in_production(placed.stage):
        raise UnknownValue(f"whether {placed.step.path} deploys is unknown: {why}")
    return False


def _unread(part: Command | Unrecognised | HiddenInTemplate) -> str:
    if isinstance(part, Command):
        return "its command is not known" if is_unknown(part.hides) else part.hides
    return part.what if isinstance(part, Unrecognised) else f"template {part.reference}"


def may_hide_production(hidden: Hidden, stage: Stage | None) -> bool:
    """Whether what cannot be seen may change production: not in a stage that cannot reach it."""
    del hidden
    if stage is None or is_unknown(stage.environments):
        return True
    if not stage.environments:
        return stage.type not in _WITHOUT_ENVIRONMENT
    return any(is_unknown(use.is_production) or use.is_production for use in stage.environments)


def releases_outside(part: Part, placed: Placed) -> bool:
    """Whether its success means that a release runs in an environment that is not production."""
    if not isinstance(part, Deployment) or part.part == DeploymentPart.CREATE:
        return False
    # The single task of a canary is not yet the release.
    if not brings_version(part) or part.strategy == Strategy.CANARY:
        return False
    return outside_production(placed.stage)


def tests_outside(part: Part, placed: Placed) -> bool:
    """Whether it tests what runs in an environment that is not production, and fails if they do.

    The environment is that of its stage, or the one that the address names which it is given.
    """
    if not isinstance(part, TestRun):
        return False
    if part.defeated_by:
        return False
    if _has_environment(placed.stage):
        return outside_production(placed.stage) and bool(part.address or part.kind in _AGAINST)
    return bool(part.address) and names_other_than_production(part.address, placed)


def names_other_than_production(address: str, placed: Placed) -> bool:
    """Whether an address names an environment of this pipeline, and not production."""
    stages = _stages_named_in(address, placed)
    if not stages:
        raise UnknownValue(f"which environment {address} belongs to is not written")
    return all(outside_production(stage) for stage in stages)


def _stages_named_in(address: str, placed: Placed) -> tuple[Stage, ...]:
    words = set(re.split(r"[^\w-]+|_", address))
    return tuple(
        stage
        for stage in reached_stages(placed.pipeline)
        if not is_unknown(stage.environments)
        and any(use.reference.rpartition(".")[2] in words for use in stage.environments)
    )


def approves(part: Part, placed: Placed) -> bool:
    """Whether it is a wait for people to say yes; one that says yes by itself is none."""
    del placed
    return isinstance(part, Approval) and not part.approves_itself
