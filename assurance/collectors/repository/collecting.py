"""Lists the files that git keeps under a system's directory, and the places of its parts."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FORMAT = "repository/1"

_MADE = frozenset(
    {
        *(".git", "node_modules", "__pycache__", ".venv", "venv", ".tox", ".terraform", ".next"),
        *(".pytest_cache", ".mypy_cache", ".ruff_cache", "build", "dist", "reports"),
    }
)
"""Directories that hold what was made or fetched; passed over where git cannot tell."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of the system as its description places it.

    Attributes:
        kind: `application`, `infrastructure`, `pipelines` or `tests`.
        name: Of an application; else the kind.
        directories: Where it is; none where the description does not say.
    """

    kind: str
    name: str
    directories: tuple[Path, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RepositoryRequest:
    """What is listed.

    Attributes:
        system: The system's directory, which paths in the evidence are relative to.
        description: The file that says where the parts are.
        parts: The parts.
    """

    system: Path
    description: Path
    parts: tuple[Part, ...]


def cache_key(request: RepositoryRequest) -> str:
    """A key that changes with everything that the body depends on."""
    body = collect_repository(request)
    return "repository-" + hashlib.sha256(repr(body).encode()).hexdigest()


def collect_repository(request: RepositoryRequest) -> dict[str, Any]:
    """Return the body of kind `repository`: one `repository_tree`, a `repository_part` a part."""
    kept = _kept(request.system)
    files = sorted(_walked(request.system, request.system)) if kept is None else kept
    description = _relative(request.description, request.system)
    tree = {"files": files, "is_git": kept is not None, "description": description}
    return {
        "format": FORMAT,
        "root": ".",
        "tools": {},
        "diagnostics": [],
        "resources": [
            *(_part(part, request, description) for part in request.parts),
            _resource("repository_tree", "tree", tree, description),
        ],
    }


def _part(part: Part, request: RepositoryRequest, description: str) -> dict[str, Any]:
    places = sorted({_relative(path, request.system) for path in part.directories})
    values = {"kind": part.kind, "name": part.name, "directories": places}
    return _resource("repository_part", part.name, values, description)


def _resource(type_: str, name: str, values: dict[str, Any], file: str) -> dict[str, Any]:
    return {
        "address": f"{type_}.{name}",
        "mode": "managed",
        "type": type_,
        "name": name,
        "module": "",
        "provider": "repository",
        "existence": "known",
        "values": values,
        "file": file,
        "line": None,
    }


def _kept(directory: Path) -> list[str] | None:
    """Return the files that git keeps; None where there is no git, or no repository of it."""
    program = shutil.which("git")
    if program is None:
        return None
    done = subprocess.run(  # noqa: S603  git itself, with our own arguments
        [program, "-C", str(directory), "ls-files", "-z", "--cached"],
        capture_output=True,
        check=False,
    )
    if done.returncode != 0:
        return None
    names = done.stdout.decode("utf-8", "surrogateescape").split("\0")
    return sorted(_printable(name) for name in set(names) - {""})


def _printable(name: str) -> str:
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _walked(directory: Path, system: Path) -> Iterator[str]:
    for path in sorted(directory.iterdir()):
        if path.is_symlink() or path.name in _MADE:
            continue
        if path.is_dir():
            yield from _walked(path, system)
        elif path.is_file():
            yield _relative(path, system)


def _relative(path: Path, system: Path) -> str:
    return path.relative_to(system).as_posix() if path.is_relative_to(system) else str(path)
