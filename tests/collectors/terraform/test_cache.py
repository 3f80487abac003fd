"""The key of evidence changes with everything that the evidence depends on."""

from __future__ import annotations

from pathlib import Path

import pytest

from assurance.collectors.terraform import TerraformRequest, cache_key

_MAIN = """
resource "aws_ecs_task_definition" "a" {
  container_definitions = templatefile("${path.module}/templates/${var.name}.json", {})
}

module "m" {
  source = "./m"
}
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A root with a module and a template."""
    for name, text in {
        "main.tf": _MAIN,
        "m/main.tf": 'variable "x" {}\n',
        "templates/a.json": "[]",
        "a.auto.tfvars": "name = 1\n",
    }.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    return tmp_path


def test_the_same_tree_has_the_same_key(root: Path) -> None:
    request = TerraformRequest(system=root, root=root)

    assert cache_key(request) == cache_key(request)


@pytest.mark.parametrize("name", ["main.tf", "m/main.tf", "templates/a.json", "a.auto.tfvars"])
def test_any_change_gives_another_key(root: Path, name: str) -> None:
    request = TerraformRequest(system=root, root=root)
    before = cache_key(request)

    (root / name).write_text((root / name).read_text() + "\n")

    assert cache_key(request) != before


def test_variables_and_region_count(root: Path) -> None:
    keys = {
        cache_key(TerraformRequest(system=root, root=root, variables=variables, region=region))
        for variables in ({}, {"name": "b"})
        for region in (None, "eu-west-1")
    }

    assert len(keys) == 4
