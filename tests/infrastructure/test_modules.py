"""Every module and root of the reference passes Terraform's own format, validation and tests."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from assurance.collectors.terraform.mirror import Terraform, environment, find_packages

INFRASTRUCTURE = Path(__file__).parents[2] / "infrastructure"
MODULES = sorted(path.parent.parent for path in INFRASTRUCTURE.glob("*/*/tests/*.tftest.hcl"))
ROOTS = sorted((INFRASTRUCTURE / "environments").glob("*/versions.tf"))
HASTE = {"GOGC": "400", "GOMEMLIMIT": "6GiB"}
"""A third of the time went into collecting garbage of processes that end in seconds."""


def name(path: Path) -> str:
    return path.relative_to(INFRASTRUCTURE).as_posix()


def terraform_says(directory: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["terraform", *arguments, "-no-color"],
        cwd=directory,
        env=environment(HASTE),
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )


@pytest.fixture(scope="session")
def copy(terraform: Terraform, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy to initialise in, so that the tree stays as it is."""
    target = tmp_path_factory.mktemp("infrastructure") / "infrastructure"
    shutil.copytree(INFRASTRUCTURE, target, ignore=shutil.ignore_patterns(".terraform"))
    return target


@pytest.fixture
def initialised(copy: Path, request: pytest.FixtureRequest) -> Path:
    """A directory of the copy with its provider linked, without any network."""
    [package] = find_packages(INFRASTRUCTURE, frozenset({"hashicorp/aws"})).values()
    mirror = package.path.parents[4]
    directory = copy / name(request.param)
    done = terraform_says(
        directory, "init", "-backend=false", "-input=false", f"-plugin-dir={mirror}"
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return directory


def by_length(directories: list[Path]) -> list[object]:
    """Parameters that say how long each directory takes: a whole environment, or one module."""
    return [
        pytest.param(path, marks=pytest.mark.takes(30 if path.parent.name == "environments" else 7))
        for path in directories
    ]


def test_there_is_a_test_for_each_module() -> None:
    modules = {path.parent for path in INFRASTRUCTURE.glob("modules/*/versions.tf")}

    assert modules <= {path for path in MODULES if path.parent.name == "modules"}


def test_everything_is_formatted(terraform: Terraform) -> None:
    done = terraform_says(INFRASTRUCTURE, "fmt", "-check", "-recursive")

    assert done.stdout == ""


@pytest.mark.parametrize(
    "initialised", by_length([path.parent for path in ROOTS]), indirect=True, ids=name
)
def test_a_root_is_valid(initialised: Path) -> None:
    done = terraform_says(initialised, "validate")

    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("initialised", by_length(MODULES), indirect=True, ids=name)
def test_its_own_tests_pass(initialised: Path) -> None:
    done = terraform_says(initialised, "test")

    assert done.returncode == 0, done.stdout + done.stderr
