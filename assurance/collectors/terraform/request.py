"""What a caller asks for."""

from __future__ import annotations

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
