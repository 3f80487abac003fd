"""Harness definitions, from the YAML that is kept in Git: entities, and the manifests they name."""

from assurance.collectors.harness.cache import cache_key
from assurance.collectors.harness.collecting import collect_harness
from assurance.collectors.harness.request import HarnessRequest

__all__ = ["HarnessRequest", "cache_key", "collect_harness"]
