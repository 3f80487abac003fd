"""Small states of what was observed, in the shape that collectors leave it."""

from __future__ import annotations

from typing import Any

from assurance.collectors.http.collecting import resource
from assurance.readers.state import State

ROOT = "https://shop.example.com"


def seen(type_: str, name: str = "it", **values: Any) -> dict[str, Any]:
    """Return a resource of the evidence."""
    return resource(type_, name, values)


def observed(*resources: dict[str, Any], root: str = ROOT) -> State:
    """Return the state of one document with these resources."""
    body = {
        "format": "http/1",
        "root": root,
        "tools": {},
        "diagnostics": [],
        "resources": list(resources),
    }
    return State([(body, "sha256:x")])
