"""Terraform's version constraints."""

from __future__ import annotations

from pathlib import Path

import pytest

from assurance.collectors.terraform import TerraformRequest, collect_terraform
from assurance.collectors.terraform.mirror import Terraform
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


def test_what_another_version_of_a_provider_accepts_is_not_held_against_a_configuration(
    terraform: Terraform, tmp_path: Path
) -> None:
    assert terraform
    text = (
        "terraform {\n  required_providers {\n    aws = {\n"
        '      source  = "hashicorp/aws"\n      version = "VERSION"\n    }\n  }\n}\n'
        'resource "aws_ecs_cluster" "app" {\n'
        '  name               = "app"\n  capacity_providers = ["FARGATE"]\n}\n'
    )
    found: dict[str, tuple[str, bool]] = {}
    for version in ("~> 3.0", ">= 5.0"):
        root = tmp_path / str(len(found))
        root.mkdir()
        (root / "main.tf").write_text(text.replace("VERSION", version))
        body = collect_terraform(TerraformRequest(system=root, root=root))
        severity = next(
            entry["severity"]
            for entry in body["diagnostics"]
            if entry["summary"] == "Unsupported argument"
        )
        found[version] = (severity, body["configuration"]["valid"])

    assert found == {"~> 3.0": ("warning", True), ">= 5.0": ("error", False)}
