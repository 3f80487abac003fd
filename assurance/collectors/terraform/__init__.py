"""Terraform, evaluated: one root with its variables becomes the body of an evidence document."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from assurance.collectors.terraform.cache import cache_key
from assurance.collectors.terraform.configuration import lock_entry
from assurance.collectors.terraform.evaluation import beside, check_format, prepare
from assurance.collectors.terraform.mirror import find_terraform
from assurance.collectors.terraform.modules import load_tree
from assurance.collectors.terraform.request import TerraformRequest
from assurance.errors import NotCollected

FORMAT = "terraform-state/1"

__all__ = ["FORMAT", "TerraformRequest", "cache_key", "collect_terraform"]


def collect_terraform(request: TerraformRequest) -> dict[str, Any]:
    """The evidence body of kind "terraform"; the user's tree is only read.

    Raises:
        EvidenceError: One sentence with file, line and remedy.
    """
    request = request.absolute()
    tree = load_tree(request.root)
    terraform = find_terraform()
    if terraform is None:
        raise NotCollected("terraform is not installed", remedy="install Terraform 1.11 or newer")
    with beside() as pool:
        formatted = pool.submit(check_format, terraform, tree, request.system)
        evaluating = prepare(request, terraform, tree)
        assembly = evaluating.run()
        return {
            "format": FORMAT,
            "engine": "terraform-test",
            "engine_version": terraform.version,
            "root": Path(os.path.relpath(request.root, request.system)).as_posix(),
            "diagnostics": evaluating.diagnostics,
            "resources": assembly.resources(),
            "configuration": {
                "modules": assembly.modules(frozenset(evaluating.valueless)),
                "lock": lock_entry(request.root, request.system),
                "unformatted": formatted.result(),
                "valid": evaluating.valid,
            },
        }
