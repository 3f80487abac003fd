"""Fixtures for what several tests need from outside; without it they skip, and say so."""

from __future__ import annotations

import pytest

from assurance.collectors.terraform.mirror import Terraform, find_packages, find_terraform
from tests.terraform_samples import SAMPLES


@pytest.fixture(scope="session")
def terraform() -> Terraform:
    """Terraform with the AWS provider; the test is skipped where they are missing."""
    found = find_terraform()
    if found is None or not found.evaluates_at_plan:
        pytest.skip("tool missing: terraform 1.11 or newer")
    if not find_packages(SAMPLES, frozenset({"hashicorp/aws"})):
        pytest.skip("tool missing: the provider hashicorp/aws")
    return found
