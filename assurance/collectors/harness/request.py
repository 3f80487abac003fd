"""What a caller asks for."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class HarnessRequest:
    """The definitions of one system.

    Attributes:
        system: The directory that paths in the evidence are relative to: the root of the
            repository, from which services name their manifests.
        directories: Where the definitions are; relative ones are taken from `system`.
        schema: A directory with Harness's published schema, when the user has one.
    """

    system: Path
    directories: tuple[Path, ...]
    schema: Path | None = None

    def absolute(self) -> HarnessRequest:
        """The same request with absolute paths."""
        system = self.system.resolve()
        return HarnessRequest(
            system=system,
            directories=tuple((system / path).resolve() for path in self.directories),
            schema=self.schema.resolve() if self.schema else None,
        )
