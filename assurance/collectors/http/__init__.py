"""What a client of an API sees: its document, its operations, its refusals, its limits."""

from __future__ import annotations

from assurance.collectors.http.collecting import FORMAT, collect_http
from assurance.collectors.http.request import HttpRequest

__all__ = ["FORMAT", "HttpRequest", "collect_http"]
