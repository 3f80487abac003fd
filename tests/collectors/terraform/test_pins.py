"""Terraform's version constraints."""

from __future__ import annotations

import pytest

from assurance.collectors.terraform.pins import satisfies


@pytest.mark.parametrize(
    ("version", "constraint", "expected"),
    [
        ("5.100.0", "~> 5.1", True),
        ("6.0.0", "~> 5.1", False),
        ("1.2.9", "~> 1.2.0", True),
        ("1.3.0", "~> 1.2.0", False),
        ("1.11.4", ">= 1.9, < 2.0", True),
        ("1.11.4", "1.11.4", True),
        ("1.11.4", "!= 1.11.4", False),
        ("5.0.0", "~> 5", True),
    ],
)
def test_constraints_are_read_as_terraform_reads_them(
    version: str, constraint: str, expected: bool
) -> None:
    assert satisfies(version, constraint) is expected
