"""Structured logs: one JSON object a line on standard output.

No message holds personal data: exceptions are told by class and place, never by their text,
because the text of a database error quotes values.
"""

import json
import logging
import logging.config
import traceback
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from flask import has_request_context, request

from workshop import telemetry

log = logging.getLogger("workshop")
ENCODER = json.JSONEncoder(default=str, separators=(",", ":"))


class JsonFormatter(logging.Formatter):
    """Formats a record as one JSON object; fields come from `extra={"fields": {...}}`."""

    def format(self, record: logging.LogRecord) -> str:
        """The line of a record."""
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            "trace_id": telemetry.current_trace_id(),
            "span_id": telemetry.current_span_id(),
        }
        line.update(getattr(record, "fields", {}))
        if record.exc_info and record.exc_info[1] is not None:
            line.update(describe(record.exc_info[1]))
        return ENCODER.encode(line)


def configuration(level: str) -> dict[str, Any]:
    """Logging configuration for `logging.config.dictConfig` and for gunicorn."""
    handler = {"class": "logging.StreamHandler", "stream": "ext://sys.stdout", "formatter": "json"}
    quiet = {"level": "WARNING", "propagate": True}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"json": {"()": "workshop.logs.JsonFormatter"}},
        "handlers": {"stdout": handler},
        "root": {"level": level, "handlers": ["stdout"]},
        "loggers": {
            "gunicorn.error": {"level": level, "handlers": [], "propagate": True},
            "gunicorn.access": quiet,
            "alembic": {"level": level, "propagate": True},
        },
    }


def configure(level: str) -> None:
    """Send this process's logs to standard output as JSON."""
    logging.config.dictConfig(configuration(level))


def describe(error: BaseException) -> dict[str, Any]:
    """Class, cause and place of an exception, without its text."""
    frames = traceback.extract_tb(error.__traceback__)[-8:]
    cause = getattr(error, "orig", None) or error.__cause__
    return {
        "error": f"{type(error).__module__}.{type(error).__qualname__}",
        "cause": f"{type(cause).__module__}.{type(cause).__qualname__}" if cause else None,
        "stack": [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames],
    }


def log_failure(error: BaseException, status: int) -> None:
    """Track a failure of the service: level, trace id, route and error class."""
    fields: Mapping[str, Any] = {"status": status, **_request_fields(), **describe(error)}
    log.error("request failed", extra={"fields": fields})


def log_request(status: int, seconds: float) -> None:
    """One line a request; probes are left out unless they fail."""
    fields = _request_fields()
    if fields["route"].startswith(("/health", "/metrics")) and status < 400:
        return
    fields |= {"status": status, "duration_ms": round(seconds * 1000, 2)}
    log.info("request", extra={"fields": fields})


def _request_fields() -> dict[str, Any]:
    if not has_request_context():
        return {}
    return {"method": request.method, "route": route_of_request()}


def route_of_request() -> str:
    """The route's pattern, so that identifiers of people and things stay out of logs and labels."""
    return request.url_rule.rule if request.url_rule else "unmatched"
