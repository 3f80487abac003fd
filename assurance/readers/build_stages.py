"""Reads what stages of Harness CI do by themselves: clone and cache.

Cache Intelligence needs key and paths for what it does not detect, such as pip and npm
(https://developer.harness.io/docs/continuous-integration/use-ci/caching-ci-data/cache-intelligence).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from assurance.model.actions import SharedCache
from assurance.model.build_stages import BuildStage, DependencyCache
from assurance.model.pipeline_walks import stages_of, steps_of
from assurance.model.pipelines import Pipeline, Stage
from assurance.model.subjects import Subject
from assurance.model.unknown import is_unknown, unknown
from assurance.readers.command_context import path_from
from assurance.readers.kinds import Kind
from assurance.readers.shell_state import CLONE
from assurance.readers.written_values import at, text, texts, truth

_CHECKSUM = re.compile(r"checksum\s+[\"']?([^\"'}\s]+)[\"']?")


def read_build_stages(pipelines: Iterable[Pipeline]) -> tuple[BuildStage, ...]:
    """Return every stage of Harness CI."""
    return tuple(
        BuildStage(
            subject=stage.subject,
            pipeline=pipeline,
            stage=stage,
            clones=_clones(stage),
            caches=tuple(_caches(pipeline, stage)),
        )
        for pipeline in pipelines
        for stage in stages_of(pipeline)
        if stage.type == "CI"
    )


def _clones(stage: Stage) -> bool:
    written = at(stage.values, "spec", "cloneCodebase")
    if written is None:
        found: bool = unknown("cloneCodebase is not written")
        return found
    return truth(written, "cloneCodebase")


def _caches(pipeline: Pipeline, stage: Stage) -> Iterator[DependencyCache]:
    caching: Any = at(stage.values, "spec", "caching")
    if caching is not None:
        enabled = truth(at(caching, "enabled"), "caching")
        if is_unknown(enabled) or enabled:
            subject = replace(stage.subject, id=f"{stage.subject.id}/caching")
            yield _cache(subject, at(caching, "key"), at(caching, "paths"), enabled)
    for placed in steps_of(pipeline):
        for part in placed.step.action.of(SharedCache) if placed.stage is stage else ():
            yield _cache(placed.step.subject, part.key, part.paths, True)


def _cache(subject: Subject, key: Any, paths: Any, enabled: Any) -> DependencyCache:
    written = enabled if is_unknown(enabled) else text(key)
    follows: Any = written
    if not is_unknown(written):
        found = (path_from(CLONE, name) for name in _CHECKSUM.findall(written))
        follows = tuple(found)
    return DependencyCache(subject=subject, key=written, follows=follows, paths=texts(paths))


KINDS: tuple[Kind, ...] = (
    Kind(
        noun="dependency cache",
        plural="dependency caches",
        population=lambda view: tuple(
            cache for stage in view.delivery.build_stages for cache in stage.caches
        ),
        made_of=("harness_pipeline",),
    ),
)
