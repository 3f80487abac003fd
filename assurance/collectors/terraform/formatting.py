"""Which files `terraform fmt` would change; it only lists them."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from pathlib import Path

from assurance.collectors.terraform.configuration import relative
from assurance.collectors.terraform.mirror import Terraform, environment
from assurance.collectors.terraform.modules import is_terraform


def unformatted(terraform: Terraform, modules: Sequence[Path], system: Path) -> list[str]:
    """The files of these module directories that are not in canonical form."""
    files = [
        str(path)
        for module in modules
        for path in sorted(module.iterdir())
        if (is_terraform(path.name) and path.suffix == ".tf") or path.suffix == ".tfvars"
    ]
    if not files:
        return []
    run = subprocess.run(  # noqa: S603 - Terraform from the user's own path
        [terraform.path, "fmt", "-check", "-list=true", "-write=false", *files],
        cwd=system,
        capture_output=True,
        text=True,
        env=environment(),
        check=False,
    )
    listed = {system / line for line in run.stdout.splitlines() if line.strip()}
    return sorted(relative(path, system) for path in listed)
