"""What was written to files of JSON lines since somebody began to look: log lines and spans."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

_MOST = 64 * 2**20
"""Bytes of each file that are read."""

_WAIT = 6.0
"""Seconds that an application may take to write down what it did."""


class Written:
    """Files, from where they ended when this was made."""

    def __init__(self, files: Iterable[Path]) -> None:
        self._ends = {file: file.stat().st_size if file.is_file() else 0 for file in files}

    @property
    def any(self) -> bool:
        """Whether there is anything to read."""
        return bool(self._ends)

    def lines(self) -> Iterator[tuple[Path, str]]:
        """Yield every new line with its file."""
        for file, end in self._ends.items():
            if file.is_file():
                with file.open("rb") as opened:
                    opened.seek(end)
                    text = opened.read(_MOST).decode("utf-8", "replace")
                yield from ((file, line) for line in text.splitlines())

    def holding(self, text: str) -> list[tuple[Path, str]]:
        """Return the new lines that hold a text."""
        return [(file, line) for file, line in self.lines() if text in line]

    def wait_for(self, found: Callable[[], bool]) -> None:
        """Wait until something is written, but not for ever; then a moment for what follows it."""
        until = time.monotonic() + _WAIT
        while time.monotonic() < until and not found():
            time.sleep(0.2)
        time.sleep(1.0)


def parsed(line: str) -> dict[str, Any] | None:
    """Return the object that a line holds; None where it holds none."""
    with suppress(ValueError):
        found = json.loads(line)
        if isinstance(found, dict):
            return found
    return None


def spans(lines: Iterable[str]) -> Iterator[dict[str, Any]]:
    """Yield spans in one shape: as OpenTelemetry's SDK prints them, or in OTLP's JSON.

    https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding
    """
    for line in lines:
        found = parsed(line)
        if found is None:
            continue
        for resource in found.get("resourceSpans", ()):
            for scope in resource.get("scopeSpans", ()):
                yield from (_of_otlp(span) for span in scope.get("spans", ()))
        if "context" in found:
            yield _of_sdk(found)


def _of_sdk(span: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "name": span.get("name", ""),
        "kind": str(span.get("kind", "")).rpartition(".")[2].lower(),
        "trace_id": str(span["context"].get("trace_id", "")).removeprefix("0x"),
        "span_id": str(span["context"].get("span_id", "")).removeprefix("0x"),
        "parent_id": str(span.get("parent_id") or "").removeprefix("0x"),
        "attributes": dict(span.get("attributes") or {}),
        "events": [
            {"name": each.get("name", ""), "attributes": dict(each.get("attributes") or {})}
            for each in span.get("events") or ()
        ],
    }


_KINDS = ("unspecified", "internal", "server", "client", "producer", "consumer")


def _of_otlp(span: Mapping[str, Any]) -> dict[str, Any]:
    kind = span.get("kind", 0)
    return {
        "name": span.get("name", ""),
        "kind": _KINDS[kind] if isinstance(kind, int) else str(kind).rpartition("_")[2].lower(),
        "trace_id": span.get("traceId", ""),
        "span_id": span.get("spanId", ""),
        "parent_id": span.get("parentSpanId", ""),
        "attributes": _attributes(span),
        "events": [
            {"name": each.get("name", ""), "attributes": _attributes(each)}
            for each in span.get("events", ())
        ],
    }


def _attributes(part: Mapping[str, Any]) -> dict[str, Any]:
    return {
        each["key"]: next(iter(each.get("value", {}).values()), None)
        for each in part.get("attributes", ())
    }
