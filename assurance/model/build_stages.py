"""Stages that build, and the caches that they keep dependencies in."""

from __future__ import annotations

from dataclasses import dataclass

from assurance.model.pipelines import Pipeline, Stage
from assurance.model.subjects import Subject


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class DependencyCache:
    """Files that a build finds again in the next run, under a key.

    Attributes:
        key: As it is written; empty where Harness makes one of its own.
        follows: The files whose checksums are part of the key, from the root of the clone.
        paths: What it keeps.
    """

    subject: Subject
    key: str
    follows: tuple[str, ...]
    paths: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class BuildStage:
    """A stage of Harness CI.

    Attributes:
        pipeline: Of which.
        stage: It.
        clones: Whether it clones the code before its first step.
        caches: What it keeps of dependencies, by itself and by its steps.
    """

    subject: Subject
    pipeline: Pipeline
    stage: Stage
    clones: bool
    caches: tuple[DependencyCache, ...]
