"""Keeps the bodies of evidence between runs, by the content of what they were made from."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from assurance.evidence import canonical


@dataclass(slots=True)
class Cache:
    """Bodies of documents by the content of what they were made from."""

    directory: Path = field(default_factory=lambda: _cache_home() / "evidence")

    def get(self, key: str) -> tuple[Any, str] | None:
        """Return the body and the time of its collection, or None."""
        try:
            kept = json.loads((self.directory / f"{key}.json").read_text(encoding="utf-8"))
            return kept["body"], kept["collected_at"]
        except (OSError, ValueError, KeyError):
            return None

    def has(self, key: str) -> bool:
        """Whether a body is kept."""
        return (self.directory / f"{key}.json").is_file()

    def put(self, key: str, body: Any, collected_at: str) -> None:
        """Keep a body; another process may read or write at the same time."""
        self.directory.mkdir(parents=True, exist_ok=True)
        draft = self.directory / f".{key}.{os.getpid()}"
        draft.write_bytes(canonical({"body": body, "collected_at": collected_at}))
        draft.replace(self.directory / f"{key}.json")


def _cache_home() -> Path:
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "delivery-assurance"
