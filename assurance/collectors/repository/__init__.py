"""The repository of a system: the files that it keeps, and the places of its parts."""

from __future__ import annotations

from assurance.collectors.repository.collecting import (
    FORMAT,
    Part,
    RepositoryRequest,
    cache_key,
    collect_repository,
)

__all__ = ["FORMAT", "Part", "RepositoryRequest", "cache_key", "collect_repository"]
