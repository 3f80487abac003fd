"""What must hold for what builds keep: layers of images and downloaded dependencies."""

from __future__ import annotations

from collections.abc import Iterable

from assurance.model.actions import ImageBuild
from assurance.model.applications import Application
from assurance.model.build_stages import BuildStage, DependencyCache
from assurance.model.findings import Finding, any_of, each
from assurance.model.pipeline_parts import PlacedPart
from assurance.rules.lists import listing


def reuses_layers(build: PlacedPart[ImageBuild]) -> Finding:
    """Layers of earlier builds are used again."""
    uses = build.part.caches_layers
    return Finding(
        holds=uses,
        expected="layers are cached (caching, or cacheFrom and cacheTo)",
        actual=f"{build.part.tool} {'uses' if uses else 'does not use'} layers of earlier builds",
    )


def follows_lock_files(cache: DependencyCache, applications: Iterable[Application]) -> Finding:
    """The key changes with lock files, and with none that does not exist."""
    locks = frozenset(name for found in applications for name in found.lock_files)
    return each(
        cache.follows,
        lambda name: _is_lock(name, locks),
        expected="a key with the checksum of lock files that exist",
        none=f"the key {cache.key or 'that Harness makes'} follows no file",
    )


def _is_lock(name: str, locks: frozenset[str]) -> Finding:
    said = "exists" if name in locks else "is no lock file of an application"
    return Finding(holds=name in locks, expected="", actual=f"the key follows {name}, which {said}")


def caches_dependencies(application: Application, stages: Iterable[BuildStage]) -> Finding:
    """A cache of CI has a key that changes with every lock file of the application."""
    caches = tuple(cache for stage in stages for cache in stage.caches)
    locks = application.lock_files
    holds = bool(locks) and any_of(caches, lambda cache: set(locks) <= set(cache.follows))
    return Finding(
        holds=holds,
        expected=f"a cache whose key follows {listing(locks) or 'its lock files'}",
        actual=_said(application, caches, holds=holds),
    )


def _said(application: Application, caches: tuple[DependencyCache, ...], *, holds: bool) -> str:
    if not application.lock_files:
        return f"{application.directory} has no lock file"
    return "a cache does" if holds else f"none of {len(caches)} caches does"
