"""Finds the comments in Terraform that skip a policy, `#checkov:skip=CKV_AWS_1:reason`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

_COMMENT = re.compile(r"(?:#|//)\s*(?:checkov|bridgecrew):skip=\s*([A-Za-z_\d]+)(?::(.*))?")


@dataclass(slots=True)
class Skips:
    """The skips of a system's files, each read once."""

    system: Path
    _lines: dict[str, list[str]] = field(default_factory=dict)

    def of(self, resource: Mapping[str, Any]) -> dict[str, str]:
        """Policy → reason, for a resource of the evidence: within its block and its module calls.

        A comment in the call of a module counts for all that is in it, as it does for checkov.
        """
        found: dict[str, str] = {}
        for call in resource.get("calls") or ():
            found |= self._between(call.get("file") or "", call.get("line") or 0, None)
        line = resource.get("line") or 0
        return found | self._between(resource.get("file") or "", line, resource.get("end_line"))

    def _between(self, file: str, first: int, last: int | None) -> dict[str, str]:
        lines = self._read(file)
        if not first or first > len(lines):
            return {}
        end = last or _end(lines, first)
        comments = (_COMMENT.search(line) for line in lines[first - 1 : end])
        return {match[1]: (match[2] or "").strip() for match in comments if match}

    def _read(self, file: str) -> list[str]:
        if file not in self._lines:
            try:
                text = (self.system / file).read_text(encoding="utf-8", errors="replace")
            except OSError:
                text = ""
            self._lines[file] = text.splitlines()
        return self._lines[file]


def _end(lines: list[str], first: int) -> int:
    """The line that closes the block: the first brace as far left as the block's beginning."""
    indent = len(lines[first - 1]) - len(lines[first - 1].lstrip())
    for number, line in enumerate(lines[first:], start=first + 1):
        if line.startswith(" " * indent + "}"):
            return number
    return first
