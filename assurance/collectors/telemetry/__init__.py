"""What an application tells of itself: metrics, traces, logs; and what it must not tell."""

from __future__ import annotations

from assurance.collectors.telemetry.collecting import FORMAT, collect_telemetry
from assurance.collectors.telemetry.request import TelemetryRequest

__all__ = ["FORMAT", "TelemetryRequest", "collect_telemetry"]
