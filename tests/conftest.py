"""Fixtures for what several tests need from outside, and the order in which tests start.

Without what they need tests skip, and say so.
"""

from __future__ import annotations

import pytest

from assurance.collectors.terraform.mirror import Terraform, find_packages, find_terraform
from tests.terraform_samples import SAMPLES


def pytest_configure(config: pytest.Config) -> None:
    """Register what orders the tests."""
    config.addinivalue_line(
        "markers", "takes(seconds): about how long; what takes long starts first"
    )


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Start with what takes long, lest one process end minutes after the others."""
    items.sort(key=_seconds, reverse=True)


def _seconds(item: pytest.Item) -> float:
    marker = item.get_closest_marker("takes")
    return float(marker.args[0]) if marker else 0.0


@pytest.fixture(scope="session")
def terraform() -> Terraform:
    """Terraform with the AWS provider; the test is skipped where they are missing."""
    found = find_terraform()
    if found is None or not found.evaluates_at_plan:
        pytest.skip("tool missing: terraform 1.11 or newer")
    if not find_packages(SAMPLES, frozenset({"hashicorp/aws"})):
        pytest.skip("tool missing: the provider hashicorp/aws")
    return found
