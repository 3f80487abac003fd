"""The repository is listed as git keeps it; without git, as it lies there."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

from assurance.collectors.repository import Part, RepositoryRequest, cache_key, collect_repository


def request(system: Path) -> RepositoryRequest:
    return RepositoryRequest(
        system=system,
        description=system / "assurance.toml",
        parts=(Part(kind="tests", name="tests", directories=(system / "tests",)),),
    )


def tree(system: Path) -> dict[str, Any]:
    body = collect_repository(request(system))
    return next(r["values"] for r in body["resources"] if r["type"] == "repository_tree")


def write(directory: Path, *names: str) -> None:
    for name in names:
        file = directory / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("x")


def git(directory: Path, *arguments: str) -> None:
    subprocess.run(["git", "-C", str(directory), *arguments], check=True, capture_output=True)


def test_only_what_git_keeps_is_in_the_repository(tmp_path: Path) -> None:
    write(tmp_path, "kept.py", "new.py")
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", "kept.py")

    assert tree(tmp_path)["files"] == ["kept.py"]
    assert tree(tmp_path)["is_git"]


def test_a_system_below_the_root_of_its_repository_sees_its_own_files(tmp_path: Path) -> None:
    write(tmp_path, "outside.py", "system/inside é.py")
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", ".")

    assert tree(tmp_path / "system")["files"] == ["inside é.py"]


def test_without_git_what_was_made_or_fetched_is_passed_over(tmp_path: Path) -> None:
    write(tmp_path, "own.py", "a/b.tf", "node_modules/x.js", ".venv/y.py")
    (tmp_path / "round").symlink_to(tmp_path)

    found = tree(tmp_path)

    assert found["files"] == ["a/b.tf", "own.py"]
    assert not found["is_git"]


def test_parts_stand_as_the_description_places_them(tmp_path: Path) -> None:
    body = collect_repository(request(tmp_path))

    part = next(r for r in body["resources"] if r["type"] == "repository_part")
    assert part["values"] == {"kind": "tests", "name": "tests", "directories": ["tests"]}
    assert part["file"] == "assurance.toml"


def test_the_key_follows_the_files(tmp_path: Path) -> None:
    before = cache_key(request(tmp_path))
    write(tmp_path, "new.py")

    assert cache_key(request(tmp_path)) != before
