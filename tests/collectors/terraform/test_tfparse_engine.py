"""What is read without Terraform."""

from __future__ import annotations

from pathlib import Path

import pytest

from assurance.collectors.terraform import TerraformRequest
from assurance.collectors.terraform.tfparse_engine import parse
from assurance.errors import NotCollected

ROOT = """
variable "name" {}
variable "size" {}
resource "aws_db_instance" "main" {
  identifier        = var.name
  allocated_storage = var.size
}
"""


def test_values_come_from_files_wherever_they_lie_and_from_the_caller(tmp_path: Path) -> None:
    root = tmp_path / "root"
    root.mkdir()
    (root / "main.tf").write_text(ROOT)
    values = tmp_path / "environments" / "production.tfvars"
    values.parent.mkdir()
    values.write_text('name = "shop"\n')

    found = parse(
        TerraformRequest(
            system=tmp_path, root=root, variable_files=(values,), variables={"size": 20}
        )
    )

    (database,) = found["aws_db_instance"]
    assert (database["identifier"], database["allocated_storage"]) == ("shop", 20)


def test_what_tfparse_refuses_was_not_collected(tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_text(ROOT)
    request = TerraformRequest(
        system=tmp_path, root=tmp_path, variable_files=(tmp_path / "missing.tfvars",), variables={}
    )

    with pytest.raises(NotCollected, match="tfparse cannot read the root"):
        parse(request)
