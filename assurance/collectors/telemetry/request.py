"""What a caller asks for."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from assurance.collectors.http import HttpRequest


@dataclass(frozen=True, slots=True, kw_only=True)
class TelemetryRequest:
    """A system in one environment, and where it tells of itself.

    Attributes:
        api: How its API is reached.
        logs: The logs of its parts, as JSON lines.
        traces: Its spans, as JSON lines; None where they were not given.
    """

    api: HttpRequest
    logs: tuple[Path, ...]
    traces: Path | None
