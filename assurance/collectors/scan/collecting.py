"""Searches a working tree and its history for credentials, and says how much was searched."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from assurance.collectors.scan.detectors import hits
from assurance.collectors.scan.repository import added_lines, files, git, text_of

FORMAT = "scan/1"


@dataclass(frozen=True, slots=True, kw_only=True)
class ScanRequest:
    """What is searched.

    Attributes:
        system: The system's directory, with everything under it.
    """

    system: Path


def cache_key(request: ScanRequest) -> str:
    """A key that changes with every file and every commit."""
    digest = hashlib.sha256((git(request.system, "rev-parse", "HEAD") or "").encode())
    for file in (*files(request.system), *sorted(Path(__file__).parent.glob("*.py"))):
        state = file.stat()
        digest.update(f"{file}\0{state.st_size}\0{state.st_mtime_ns}\n".encode())
    return "scan-" + digest.hexdigest()


def collect_scan(request: ScanRequest) -> dict[str, Any]:
    """Return the evidence body of kind `scan`: one `scan_place` a directory, one `scan_history`.

    A finding tells where it stands and of what kind it is, never the credential itself.
    """
    places = _places(request.system)
    marks = {
        finding["mark"]
        for place in places.values()
        for finding in place["findings"]
        if finding["excepted"]
    }
    resources = [_resource("scan_place", name, place) for name, place in sorted(places.items())]
    history = _history(request.system, marks)
    return {
        "format": FORMAT,
        "root": ".",
        "tools": {"detect-secrets": version("bc-detect-secrets")},
        "diagnostics": [],
        "resources": [*resources, _resource("scan_history", "history", history)],
    }


def _resource(type_: str, name: str, values: dict[str, Any]) -> dict[str, Any]:
    return {
        "address": f"{type_}.{name}",
        "mode": "managed",
        "type": type_,
        "name": name,
        "module": "",
        "provider": "scan",
        "existence": "known",
        "values": values,
        "file": name,
        "line": None,
    }


def _places(system: Path) -> dict[str, dict[str, Any]]:
    """Return what was found under each directory of the first level, by its name."""
    found: dict[str, dict[str, Any]] = {}
    for file in files(system):
        path = file.relative_to(system)
        name = path.parts[0] if len(path.parts) > 1 else "."
        place = found.setdefault(name, {"read": 0, "not_read": [], "findings": []})
        text = text_of(file)
        if text is None:
            place["not_read"].append(path.as_posix())
        else:
            place["read"] += 1
            place["findings"].extend(_findings(text, path.as_posix()))
    return found


def _findings(text: str, file: str) -> Iterator[dict[str, Any]]:
    for hit in hits(text):
        yield {
            "file": file,
            "line": hit.line,
            "what": hit.what,
            "mark": hit.mark,
            "excepted": hit.excepted,
        }


def _history(system: Path, excepted: set[str]) -> dict[str, Any]:
    """Return what the commits added; what the tree excepts today is excepted in the past, too."""
    findings = [
        {
            "file": file,
            "commit": commit,
            "what": hit.what,
            "mark": hit.mark,
            "excepted": hit.excepted or hit.mark in excepted,
        }
        for commit, file, text in added_lines(system)
        for hit in hits(text)
    ]
    return {
        "commits": int(git(system, "rev-list", "--count", "HEAD") or 0),
        "shallow": (git(system, "rev-parse", "--is-shallow-repository") or "").strip() != "false",
        "findings": findings,
    }
