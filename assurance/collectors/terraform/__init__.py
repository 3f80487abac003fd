"""Terraform, evaluated: one root with its variables becomes the body of an evidence document.

Three engines give the same form: Terraform's test engine, a plan as JSON, and tfparse where
Terraform or the provider cannot be had.
"""

from __future__ import annotations

from typing import Any

from assurance.collectors.terraform.cache import cache_key
from assurance.collectors.terraform.collecting import FORMAT, collect
from assurance.collectors.terraform.request import TerraformRequest

__all__ = ["FORMAT", "TerraformRequest", "cache_key", "collect_terraform"]


def collect_terraform(request: TerraformRequest) -> dict[str, Any]:
    """The evidence body of kind "terraform"; the user's tree is only read.

    Raises:
        EvidenceError: One sentence with file, line and remedy.
    """
    return collect(request.absolute())
