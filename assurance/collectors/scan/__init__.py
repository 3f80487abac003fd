"""Literal credentials in the files of a repository and in its history, found by detect-secrets.

https://github.com/Yelp/detect-secrets; a line is excepted by its `pragma: allowlist secret`.
"""

from __future__ import annotations

from assurance.collectors.scan.collecting import FORMAT, ScanRequest, cache_key, collect_scan

__all__ = ["FORMAT", "ScanRequest", "cache_key", "collect_scan"]
