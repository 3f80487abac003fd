"""Fixtures for the Terraform collector: sample roots, and the real Terraform where it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from assurance.collectors.terraform import TerraformRequest, collect_terraform
from assurance.collectors.terraform.mirror import Terraform
from tests.terraform_samples import SAMPLES, Body, Collect


@pytest.fixture(scope="session")
def collect(terraform: Terraform) -> Collect:
    """Collects a sample root; each root and its variables are collected once."""
    known: dict[str, Body] = {}

    def collected(name: str, /, **variables: object) -> Body:
        key = f"{name} {sorted(variables.items())}"
        if key not in known:
            known[key] = collect_terraform(
                TerraformRequest(system=SAMPLES, root=SAMPLES / name, variables=variables)
            )
        return known[key]

    return collected


@pytest.fixture
def without_terraform(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A machine without Terraform."""
    monkeypatch.setenv("PATH", str(tmp_path))
