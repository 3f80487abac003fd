"""The key under which evidence of definitions may be used again."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path

from assurance.collectors.harness.files import Unreadable, definition_files, text_of
from assurance.collectors.harness.manifests import mentioned
from assurance.collectors.harness.request import HarnessRequest


def cache_key(request: HarnessRequest) -> str:
    """SHA-256 over everything that the evidence body depends on."""
    request = request.absolute()
    digest = hashlib.sha256()
    for path in _files(request):
        digest.update(str(path).removeprefix(str(request.system)).encode() + b"\0")
        digest.update(_content(path) + b"\0")
    return digest.hexdigest()


def _files(request: HarnessRequest) -> Iterator[Path]:
    yield from request.directories
    found = {path for directory in request.directories for path in definition_files(directory)}
    found |= {manifest for path in found for manifest in _named_in(path, request)}
    yield from sorted(found)
    if request.schema is not None:
        yield from sorted(request.schema.glob("*.json"))
    # Another version of the collector may read the same files differently.
    yield from sorted(Path(__file__).parent.glob("*.py"))


def _named_in(path: Path, request: HarnessRequest) -> tuple[Path, ...]:
    try:
        return tuple(mentioned(text_of(path), path, request))
    except Unreadable:
        return ()


def _content(path: Path) -> bytes:
    try:
        return hashlib.sha256(path.read_bytes()).digest()
    except OSError:
        return b"directory" if path.is_dir() else b"absent"
