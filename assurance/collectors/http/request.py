"""What a caller asks for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class HttpRequest:
    """An API in one environment, and what was given to reach it; URLs end without a slash.

    Attributes:
        base_url: Where clients are.
        openapi: Path of the document that describes the API.
        live: Path of liveness; empty where nobody said.
        ready: Path of readiness; empty where nobody said.
        backend: Base URL of the backend itself; empty where it was not given.
        without_database: Base URL of a twin whose database is away; empty where it was not given.
        without_flags: Base URL of one whose flag service is away; empty where it was not given.
        metrics: URL of the metrics; empty where it was not given.
        issuer: Base URL of what mints tokens; empty where it was not given.
        audience: What good tokens name.
        tokens: Role → environment variable with a token; `role/2` for another person of the role.
        oversight: Roles that may act on what is somebody else's.
        bodies: Operation → a body that it accepts.
        parameters: Operation → values of its path and query with which it succeeds.
        requests_per_minute: What one address may ask; 0 where going beyond may not be tried.
        trust: Certificates of authorities in PEM that vouch for any of these URLs, beside those
            that every client knows.
    """

    base_url: str
    openapi: str
    live: str = ""
    ready: str = ""
    backend: str = ""
    without_database: str = ""
    without_flags: str = ""
    metrics: str = ""
    issuer: str = ""
    audience: str = ""
    tokens: Mapping[str, str] = field(default_factory=dict)
    oversight: tuple[str, ...] = ()
    bodies: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    parameters: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    requests_per_minute: int = 0
    trust: Path | None = None
