"""The source of each application: the files that its commands read, its locks, its flags."""

from __future__ import annotations

from assurance.collectors.source.collecting import FORMAT, collect_source
from assurance.collectors.source.request import ApplicationRequest, SourceRequest, cache_key

__all__ = ["FORMAT", "ApplicationRequest", "SourceRequest", "cache_key", "collect_source"]
