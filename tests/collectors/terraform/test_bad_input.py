"""Bad input: one message with file, line and remedy; the user's tree is never touched."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from assurance.collectors.terraform import TerraformRequest, collect_terraform
from assurance.collectors.terraform.mirror import Terraform
from assurance.errors import EvidenceError
from tests.terraform_samples import SAMPLES


def refused(root: Path, **more: object) -> EvidenceError:
    """The error that collecting a root ends with."""
    with pytest.raises(EvidenceError) as caught:
        collect_terraform(TerraformRequest(system=root, root=root, **more))  # type: ignore[arg-type]
    assert caught.value.message
    assert caught.value.file
    assert caught.value.remedy
    return caught.value


def test_broken_syntax(tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_text('resource "aws_vpc" "x" {\n  cidr_block = \n}\n')

    assert refused(tmp_path).line == 2


def test_missing_module(tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_text('\nmodule "net" {\n  source = "./gone"\n}\n')

    error = refused(tmp_path)

    assert error.line == 2
    assert "net" in error.message


def test_circle_of_modules(tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_text('module "me" {\n  source = "./a"\n}\n')
    (tmp_path / "a").mkdir()
    (tmp_path / "a/main.tf").write_text('module "you" {\n  source = "../a"\n}\n')

    assert "calls itself" in refused(tmp_path).message


def test_empty_directory(tmp_path: Path) -> None:
    assert "no Terraform file" in refused(tmp_path).message


def test_missing_directory(tmp_path: Path) -> None:
    assert "cannot read" in refused(tmp_path / "gone").message


def test_text_that_is_not_utf8(tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_bytes(b"# fine\n# \xff\n")

    assert refused(tmp_path).line == 2


def test_file_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_text('variable "a" {}\n')
    (tmp_path / "gone.tf").symlink_to(tmp_path / "nowhere.tf")

    error = refused(tmp_path)

    assert error.file == str(tmp_path / "gone.tf")
    assert "cannot read the file" in error.message


def test_file_without_the_right_to_read_it(tmp_path: Path) -> None:
    file = tmp_path / "main.tf"
    file.write_text('variable "a" {}\n')
    file.chmod(0)
    if os.access(file, os.R_OK):
        pytest.skip("this user may read every file")

    assert refused(tmp_path).file == str(file)


def test_plan_that_is_not_there(tmp_path: Path) -> None:
    (tmp_path / "main.tf").write_text('variable "a" {}\n')

    assert "cannot read the plan" in refused(tmp_path, plan=tmp_path / "plan.json").message


def test_missing_variable_file(tmp_path: Path, terraform: Terraform) -> None:
    (tmp_path / "main.tf").write_text('variable "a" {}\n')

    error = refused(tmp_path, variable_files=(tmp_path / "gone.tfvars",))

    assert "gone.tfvars" in error.message


def test_unknown_variable(tmp_path: Path, terraform: Terraform) -> None:
    (tmp_path / "main.tf").write_text('variable "a" {}\n')

    assert "no variable 'b'" in refused(tmp_path, variables={"b": 1}).message


def test_cyclic_references(tmp_path: Path, terraform: Terraform) -> None:
    (tmp_path / "main.tf").write_text("locals {\n  a = local.b\n  b = local.a\n}\n")

    assert "Cycle" in refused(tmp_path).message


@pytest.mark.parametrize(
    "text",
    ["no json", "[]", "{}", json.dumps({"format_version": "0.1", "resource_changes": []})],
)
def test_plan_of_another_form(tmp_path: Path, text: str) -> None:
    (tmp_path / "main.tf").write_text('variable "a" {}\n')
    (tmp_path / "plan.json").write_text(text)

    assert refused(tmp_path, plan=tmp_path / "plan.json").file == str(tmp_path / "plan.json")


def test_without_terraform_tfparse_reads(without_terraform: None) -> None:
    body = collect_terraform(TerraformRequest(system=SAMPLES, root=SAMPLES / "spread"))

    assert body["engine"] == "tfparse"
    assert body["diagnostics"][0]["detail"] == "Terraform is not on this machine"
    listener = next(e for e in body["resources"] if e["address"] == "aws_lb_listener.https")
    assert listener["values"]["load_balancer_arn"] == '${module.web["green"].aws_lb.web.arn}'


def test_what_is_refused_as_written_is_invalid_whatever_variables_may_hold(
    terraform: Terraform, tmp_path: Path
) -> None:
    assert terraform
    (tmp_path / "main.tf").write_text(
        'variable "cluster" {}\n'
        'resource "aws_cloudwatch_metric_alarm" "cpu" {\n'
        '  alarm_name          = "cpu-${var.cluster}"\n'
        '  comparison_operator = "GreaterThanThreshold"\n'
        "  evaluation_periods  = 1\n"
        "  dimensions {\n    ClusterName = var.cluster\n  }\n"
        "}\n"
    )

    body = collect_terraform(TerraformRequest(system=tmp_path, root=tmp_path))

    assert not body["configuration"]["valid"]
    assert [
        (entry["severity"], entry["summary"], entry["line"])
        for entry in body["diagnostics"]
        if entry["summary"].startswith("Unsupported")
    ] == [("error", "Unsupported block type", 6)]
