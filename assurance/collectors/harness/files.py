"""The files of definitions: which they are, and their text."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

_SUFFIXES = (".yaml", ".yml")
_PASSED_OVER = frozenset({".git", "node_modules", ".terraform", ".venv", "__pycache__"})


class Unreadable(Exception):
    """A file that is not text.

    Attributes:
        reason: Why.
        line: Where, when a line can be told.
        remedy: What to do.
    """

    def __init__(self, reason: str, *, remedy: str, line: int = 1) -> None:
        super().__init__(reason)
        self.reason = reason
        self.remedy = remedy
        self.line = line


def definition_files(directory: Path) -> Iterator[Path]:
    """Yield the YAML files under a directory in order; of nothing, where it does not exist."""
    for folder, names, files in os.walk(directory):
        names[:] = sorted(name for name in names if name not in _PASSED_OVER)
        for name in sorted(files):
            if name.lower().endswith(_SUFFIXES):
                yield Path(folder, name)


def text_of(path: Path) -> str:
    """Return the text of a file.

    Raises:
        Unreadable: It cannot be opened, or is not UTF-8.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        remedy = "Check that the file exists and may be read."
        raise Unreadable(f"cannot be opened: {error.strerror}", remedy=remedy) from error
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unreadable(
            f"not UTF-8 text: byte 0x{content[error.start]:02x} at offset {error.start}",
            line=content.count(b"\n", 0, error.start) + 1,
            remedy="Save the file as UTF-8.",
        ) from error


def diagnostic(severity: str, file: str, line: int, summary: str, detail: str) -> dict[str, Any]:
    """Return what the evidence says about a file that is not as it should be."""
    return {
        "severity": severity,
        "summary": summary,
        "detail": detail,
        "file": file,
        "line": line,
    }
