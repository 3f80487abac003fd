"""What a caller asks for."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class TerraformRequest:
    """One root with its variables.

    Attributes:
        system: The directory that paths in the evidence are relative to.
        root: The Terraform root.
        variable_files: In the order of `-var-file`.
        variables: Values that win over every file.
        plan: A plan as JSON (`terraform show -json`), when the user has one.
        region: The environment's region, where the configuration does not tell it.
    """

    system: Path
    root: Path
    variable_files: tuple[Path, ...] = ()
    variables: Mapping[str, object] = field(default_factory=dict)
    plan: Path | None = None
    region: str | None = None

    def absolute(self) -> TerraformRequest:
        """The same request with absolute paths; links are kept as they are."""
        return TerraformRequest(
            system=_plain(self.system),
            root=_plain(self.root),
            variable_files=tuple(_plain(path) for path in self.variable_files),
            variables=self.variables,
            plan=_plain(self.plan) if self.plan else None,
            region=self.region,
        )


def _plain(path: Path) -> Path:
    # Path.resolve() would follow links, and module paths are compared as they are written.
    return Path(os.path.normpath(path.absolute()))
