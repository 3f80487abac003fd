"""One source: where a document comes from, and how its body is collected."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assurance.model.judgements import Layer


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a document comes from.

    Attributes:
        kind: Of the document.
        path: What is read.
        name: The same relative to the system's directory.
        environment: Whose it is, or empty where it belongs to the whole system.
        layer: On which it shows the system.
        key: Changes with everything that the body depends on; sources with one key have one body.
            Empty where nobody can know that: such a body is never kept for another run.
        collect: Returns the body.
    """

    kind: str
    path: Path
    name: str
    environment: str
    layer: Layer
    key: str
    collect: Callable[[], Any]

    @property
    def identity(self) -> str:
        """What tells apart the bodies of one run."""
        return self.key or f"{self.kind} {self.environment} {self.name}"


def relative(path: Path, directory: Path) -> str:
    """Return a path as documents name it: relative to the system's directory if it is inside."""
    return path.relative_to(directory).as_posix() if path.is_relative_to(directory) else str(path)
