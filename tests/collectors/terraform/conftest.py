"""Fixtures for the Terraform collector: sample roots, and the real Terraform where it is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from assurance.collectors.terraform import TerraformRequest, collect_terraform
from assurance.collectors.terraform.mirror import Terraform, find_packages, find_terraform

SAMPLES = Path(__file__).parents[2] / "fixtures/terraform"

Body = dict[str, Any]
Collect = Callable[..., Body]


@pytest.fixture(scope="session")
def terraform() -> Terraform:
    """Terraform with the AWS provider; the test is skipped where they are missing."""
    found = find_terraform()
    if found is None or not found.evaluates_at_plan:
        pytest.skip("tool missing: terraform 1.11 or newer")
    if not find_packages(SAMPLES, frozenset({"hashicorp/aws"})):
        pytest.skip("tool missing: the provider hashicorp/aws")
    return found


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


def resource(body: Body, address: str) -> dict[str, Any]:
    """The one resource with an address."""
    return next(entry for entry in body["resources"] if entry["address"] == address)


def values(body: Body, address: str) -> dict[str, Any]:
    """The values of one resource."""
    found: dict[str, Any] = resource(body, address)["values"]
    return found
