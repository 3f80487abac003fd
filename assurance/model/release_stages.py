"""Stages that release by a strategy, with their steps in the order in which they are written."""

from __future__ import annotations

from dataclasses import dataclass

from assurance.model.pipeline_walks import Placed
from assurance.model.pipelines import Pipeline, Stage
from assurance.model.releases import Deployment
from assurance.model.subjects import Subject


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class DeploymentStep:
    """A step that deploys, with what it does."""

    placed: Placed
    part: Deployment


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ReleaseStage:
    """A stage that deploys.

    Attributes:
        steps: Its steps, those of its rollback left out.
        deployments: Those that deploy.
        rollback: The steps of its rollback.
    """

    subject: Subject
    pipeline: Pipeline
    stage: Stage
    steps: tuple[Placed, ...]
    deployments: tuple[DeploymentStep, ...]
    rollback: tuple[Placed, ...]
