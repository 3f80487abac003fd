"""From the documents of a file to the records of the evidence: one for each entity."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from typing import Any, Final

from assurance.collectors.harness.scopes import scope_of
from assurance.collectors.harness.yaml_documents import Document

TYPES: Final[Mapping[str, str]] = {
    "pipeline": "harness_pipeline",
    "template": "harness_template",
    "trigger": "harness_trigger",
    "inputSet": "harness_input_set",
    "overlayInputSet": "harness_overlay_input_set",
    "service": "harness_service",
    "environment": "harness_environment",
    "infrastructureDefinition": "harness_infrastructure",
    "connector": "harness_connector",
    "secret": "harness_secret",
}
"""The key at the root of a definition, and the type of what stands under it."""

FILE = "harness_file"
_ALIKE = 0.8


def roots_of(document: Document) -> tuple[str, ...]:
    """Return the kinds of entity that a document defines."""
    if not isinstance(document.values, dict):
        return ()
    return tuple(key for key in document.values if key in TYPES)


def misspelt(document: Document) -> tuple[str, str] | None:
    """Return a root key that means one of Harness's but is written differently, and that one."""
    if not isinstance(document.values, dict):
        return None
    by_case = {name.lower(): name for name in TYPES}
    for key, value in document.values.items():
        plain = key.lower().replace("_", "").replace("-", "")
        near = get_close_matches(plain, by_case, n=1, cutoff=_ALIKE)
        if near and isinstance(value, dict) and "identifier" in value:
            return key, by_case[near[0]]
    return None


def entity(document: Document, root: str, file: str) -> dict[str, Any]:
    """Return the record of the entity under a root key."""
    values = document.values[root]
    scope, source = scope_of(values, file)
    identifier = values.get("identifier")
    return {
        "address": f"{TYPES[root]}.{identifier if isinstance(identifier, str) else f'@{file}'}",
        "mode": "managed",
        "type": TYPES[root],
        "name": identifier if isinstance(identifier, str) else "",
        "module": "",
        "provider": "harness",
        "existence": "known",
        "values": values,
        "lines": lines_under(document, f"/{root}"),
        "scope": scope,
        "scope_source": source,
        "file": file,
        "line": document.lines[f"/{root}"],
    }


def lines_under(document: Document, pointer: str) -> dict[str, int]:
    """Return the lines of a value and of all in it, by pointers that start at the value."""
    inside = f"{pointer}/"
    cut = len(pointer)
    found = {"": document.lines[pointer]}
    found.update(
        {place[cut:]: line for place, line in document.lines.items() if place.startswith(inside)}
    )
    return found


def unread_file(file: str, line: int, faults: Iterator[str] | list[str]) -> dict[str, Any]:
    """Return the record of a file, or a document in it, that could not be read."""
    return {
        "address": f"{FILE}.{file}",
        "mode": "managed",
        "type": FILE,
        "name": file,
        "module": "",
        "provider": "harness",
        "existence": "known",
        "values": {"fault": "; ".join(faults)},
        "lines": {"": line},
        "file": file,
        "line": line,
    }


def make_unique(records: list[dict[str, Any]]) -> None:
    """Tell records of the same address apart by their files, and then by their lines."""
    for mark in ("file", "line"):
        seen: dict[str, list[dict[str, Any]]] = {}
        for record in records:
            seen.setdefault(record["address"], []).append(record)
        for same in seen.values():
            for record in same if len(same) > 1 else ():
                separator = "@" if mark == "file" else ":"
                record["address"] += f"{separator}{record[mark]}"
