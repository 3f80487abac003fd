"""Every module and root of the reference passes Terraform's own format, validation and tests."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
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


def terraform_says(
    directory: Path, *arguments: str, provider: str | None = None
) -> subprocess.CompletedProcess[str]:
    named = {"TF_REATTACH_PROVIDERS": provider} if provider else {}
    return subprocess.run(
        ["terraform", *arguments, "-no-color"],
        cwd=directory,
        env=environment(HASTE | named),
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


@pytest.fixture(scope="session")
def package(terraform: Terraform) -> Path:
    """The directory of the provider."""
    [found] = find_packages(INFRASTRUCTURE, frozenset({"hashicorp/aws"})).values()
    return found.path


@pytest.fixture(scope="session")
def provider(package: Path) -> Iterator[str]:
    """The provider, started once: where Terraform finds it instead of starting its own.

    Else each test of a module starts it a dozen times, and each start reads all 700 MB of it.
    """
    [program] = package.glob("terraform-provider-aws*")
    with subprocess.Popen(
        [program, "-debug"], env=environment(HASTE), stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        found = (re.search(r"TF_REATTACH_PROVIDERS='(.*)'", line) for line in process.stdout)
        yield next(filter(None, found))[1]
        process.terminate()


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


@pytest.mark.parametrize("root", by_length([path.parent for path in ROOTS]), ids=name)
def test_a_root_is_valid(copy: Path, package: Path, provider: str, root: Path) -> None:
    """With the versions of the provider that it and all of its modules ask for."""
    directory = copy / name(root)
    mirror = f"-plugin-dir={package.parents[4]}"
    made = terraform_says(directory, "init", "-backend=false", "-input=false", mirror)
    assert made.returncode == 0, made.stdout + made.stderr

    done = terraform_says(directory, "validate", provider=provider)

    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("module", by_length(MODULES), ids=name)
def test_its_own_tests_pass(copy: Path, provider: str, module: Path) -> None:
    directory = copy / name(module)
    made = terraform_says(directory, "get")
    assert made.returncode == 0, made.stdout + made.stderr

    done = terraform_says(directory, "test", provider=provider)

    assert done.returncode == 0, done.stdout + done.stderr
